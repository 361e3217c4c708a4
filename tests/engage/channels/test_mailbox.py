"""The mailbox of returned mails, over real IMAP on loopback: each mail is read once, and a dead address is not used again."""

import re
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.engage.channels.test_bounces import ADDRESS, SEND, report
from tests.world import NOW

from kehu.engage.channels.email.mailbox import MailboxNotOpen, read_mails
from kehu.engage.channels.suppression import address_index, suppressed
from kehu.engage.channels.terms import EmailSettings
from kehu.engage.models.channels import ChannelAccount, Receipt
from kehu.flows.engage.channels.read_bounces import read_bounces
from kehu.govern.sealing.keyring import keyring
from kehu.platform.scope import SYSTEM, acting


class Mailbox(socketserver.ThreadingTCPServer):
    """As much of IMAP4rev1 as reading a mailbox takes."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = mails
        self.read: set[int] = set()
        self.password = "right"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            verdict = self.answer(rest)
            self.wfile.write(f"{tag} {verdict}\r\n".encode())
            if rest.upper().startswith("LOGOUT"):
                return

    def answer(self, command: str) -> str:
        box: Any = self.server
        verb = command.upper()
        if verb.startswith("CAPABILITY"):
            self.wfile.write(b"* CAPABILITY IMAP4REV1\r\n")
        elif verb.startswith("LOGIN") and f'"{box.password}"' not in command:
            return "NO wrong"
        elif verb.startswith("SELECT"):
            if '"INBOX"' not in command:
                return "NO no such folder"
            self.wfile.write(f"* {len(box.mails)} EXISTS\r\n".encode())
        elif verb.startswith("UID SEARCH"):
            found = [str(n) for n in range(1, len(box.mails) + 1) if n not in box.read]
            self.wfile.write(f"* SEARCH {' '.join(found)}\r\n".encode())
        elif match := re.match(r"UID FETCH (\d+)", verb):
            mail = box.mails[int(match[1]) - 1]
            self.wfile.write(f"* 1 FETCH (BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")
        elif match := re.match(r"UID STORE (\d+)", verb):
            box.read.add(int(match[1]))
        return "OK done"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with Mailbox(
        [report(), b"Subject: hello\r\n\r\nhow are you", report(final="boss@bank.example")]
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def settings(box: Mailbox, folder: str = "INBOX") -> EmailSettings:
    return EmailSettings(
        host="mail.example.com", from_address="a@b.example", imap_host="127.0.0.1", imap_port=box.server_address[1],
        imap_security="none", imap_username="bounces", imap_folder=folder,
    )  # fmt: skip


def test_each_mail_is_read_once(box: Mailbox) -> None:
    assert list(read_mails(settings(box), "right")) == box.mails
    assert list(read_mails(settings(box), "right")) == []


def test_a_mail_whose_reading_failed_is_read_again(box: Mailbox) -> None:
    stream = read_mails(settings(box), "right")
    next(stream)
    del stream

    assert len(list(read_mails(settings(box), "right"))) == 3


def test_a_mailbox_that_does_not_let_in_is_told(box: Mailbox) -> None:
    with pytest.raises(MailboxNotOpen):
        list(read_mails(settings(box), "wrong"))
    with pytest.raises(MailboxNotOpen):
        list(read_mails(settings(box, folder="nowhere"), "right"))


def test_the_job_suppresses_the_dead_address_and_no_other(db: None, box: Mailbox) -> None:
    import msgspec

    from kehu.engage.channels.accounts import PLACE

    sealed = keyring().stage(msgspec.msgpack.encode({"imap_password": "right"}), PLACE)
    with acting(SYSTEM):
        ChannelAccount.objects.create(
            key="mail", name="x", kind="email", settings=msgspec.structs.asdict(settings(box)), secrets_sealed=sealed,
            created_at=NOW, changed_at=NOW,
        )  # fmt: skip

    assert read_bounces(now=NOW) == 1
    assert read_bounces(now=NOW) == 0
    marks = [address_index("email", one) for one in (ADDRESS, "boss@bank.example")]
    assert suppressed("email", marks) == {marks[0]}
    assert list(Receipt.objects.values_list("send_id", "kind", "reason")) == [
        (SEND, "bounced", "no_such_address")
    ]
