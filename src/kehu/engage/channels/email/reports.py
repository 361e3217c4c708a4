"""What a provider reports of sends by a signed webhook: a list of kind, Message-ID, address and reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from kehu.engage.channels.email.bounces import Bounce, read_sent
from kehu.engage.channels.email.replies import NO_SUCH_ADDRESS
from kehu.engage.channels.webhook.signing import is_signed
from kehu.platform.errors import Invalid, NotFound
from kehu.platform.text import Text

MOST = 1000


class SignatureNotValid(NotFound):
    """The report is not signed with the account's secret, or too old; which of these is not told."""

    code = "signature_not_valid"

    def __init__(self) -> None:
        super().__init__(
            Text("签名无效，或没有这个渠道。", "The signature is not valid, or there is no such channel.")
        )


class Report(msgspec.Struct, frozen=True):
    """One report; `reason` `no_such_address` puts the address on the suppression list."""

    kind: Literal["delivered", "bounced", "soft_bounced", "complained"]
    message_id: str
    address: str
    reason: str = ""


_decode = msgspec.json.Decoder(list[Report]).decode


def read_reports(body: bytes, headers: Mapping[str, str], *, secret: str, now: datetime) -> list[Bounce]:
    """Return reports of mails of ours. Raises SignatureNotValid, or Invalid for a body that cannot be read."""
    is_ours = bool(secret) and is_signed(
        [secret], event_id=headers["webhook-id"], at=headers["webhook-timestamp"], body=body,
        marks=headers["webhook-signature"], now=now.timestamp(),
    )  # fmt: skip
    if not is_ours:
        raise SignatureNotValid
    try:
        reports = _decode(body)
    except msgspec.DecodeError as error:
        raise Invalid(Text("内容读不懂。", "The body cannot be read.")) from error
    if len(reports) > MOST:
        raise Invalid(Text(f"一次最多 {MOST} 条。", f"{MOST} reports at most."))
    made = []
    for one in reports:
        sent = read_sent(one.message_id, one.address)
        if sent is not None:
            is_nobody = one.kind == "bounced" and one.reason == NO_SUCH_ADDRESS
            made.append(Bounce(*sent, one.kind, one.reason[:64], is_nobody))
    return made
