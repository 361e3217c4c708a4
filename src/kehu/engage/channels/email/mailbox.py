"""The mailbox that returned mails come to, read by IMAP. What was read is marked there, so that it is read once."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import suppress

from kehu.engage.channels.terms import EmailSettings

SECONDS = 30.0
MOST_AT_ONCE = 200
MOST_SIZE = 1024 * 1024
READ = "KehuRead"


class MailboxNotOpen(Exception):
    """The mailbox cannot be opened: no server, wrong password, no such folder."""


def read_mails(settings: EmailSettings, password: str) -> Iterator[bytes]:
    """Yield mails that were not read before, at most 200; each is marked when the next one is asked for.

    Raises MailboxNotOpen.
    """
    try:
        box = _open(settings, password)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxNotOpen(str(type(error).__name__)) from error
    try:
        yield from _unread(box)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def _open(settings: EmailSettings, password: str) -> imaplib.IMAP4:
    box: imaplib.IMAP4
    if settings.imap_security == "tls":
        context = ssl.create_default_context()
        if not settings.is_certificate_checked:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        box = imaplib.IMAP4_SSL(settings.imap_host, settings.imap_port, ssl_context=context, timeout=SECONDS)
    else:
        box = imaplib.IMAP4(settings.imap_host, settings.imap_port, timeout=SECONDS)
    try:
        box.login(settings.imap_username, password)
        folder = '"' + settings.imap_folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
        is_open = box.select(folder)[0] == "OK"
    except BaseException:
        with suppress(OSError, imaplib.IMAP4.error):
            box.shutdown()
        raise
    if not is_open:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
        raise MailboxNotOpen(settings.imap_folder)
    return box


def _unread(box: imaplib.IMAP4) -> Iterator[bytes]:
    _, found = box.uid("SEARCH", "UNSEEN", "UNKEYWORD", READ)
    for uid in (found[0] or b"").split()[:MOST_AT_ONCE]:
        _, answer = box.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{MOST_SIZE}>)")
        for piece in answer:
            if isinstance(piece, tuple):
                yield piece[1]
        box.uid("STORE", uid.decode(), "+FLAGS", f"({READ})")
