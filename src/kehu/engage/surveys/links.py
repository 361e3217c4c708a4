"""Links to a questionnaire: a kind, an id and a mark. No personal value stands in them; they come in bodies, never in paths.

A ticket lets one form be handed in once. It is drawn when a form is opened, and tells nothing of who did.
"""

import base64
import hmac
import os
import struct
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal
from uuid import UUID

from kehu.platform.errors import NotFound
from kehu.platform.installation.secret_keys import derive
from kehu.platform.text import Text

Kind = Literal["p", "o"]
MARK = 16
TICKET_DAYS = 7
_TICKET = struct.Struct(">16sI16s")


class SurveyLinkNotValid(NotFound):
    """The link was not made here, has ended, or leads to nothing any more; which of these is not told."""

    code = "survey_link_not_valid"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "链接无效或已过期。如需参与，请联系给您链接的人。",
                "This link is not valid or has ended. Ask whoever gave it to you for a new one.",
            )
        )


def make_token(kind: Kind, identity: UUID) -> str:
    """Return the token of an invitation (`p`) or of a survey that is open to all (`o`)."""
    head = kind.encode() + identity.bytes
    return _text(head + _mark(b"link", head))


def read_token(token: str) -> tuple[Kind, UUID]:
    """Return what a token names. Raises SurveyLinkNotValid."""
    raw = _bytes(token)
    head, mark = raw[:17], raw[17:]
    if len(head) != 17 or not hmac.compare_digest(mark, _mark(b"link", head)):  # noqa: PLR2004 (kind and id)
        raise SurveyLinkNotValid
    return ("p" if head[:1] == b"p" else "o"), UUID(bytes=head[1:])


def make_ticket(survey_id: UUID, now: datetime) -> str:
    """Return a ticket for one form of a survey."""
    ends = int((now + timedelta(days=TICKET_DAYS)).timestamp())
    head = _TICKET.pack(survey_id.bytes, ends, os.urandom(16))
    return _text(head + _mark(b"ticket", head))


def read_ticket(ticket: str, survey_id: UUID, now: datetime) -> tuple[bytes, datetime]:
    """Return the mark that a ticket leaves once it is used, and when it ends. Raises SurveyLinkNotValid."""
    raw = _bytes(ticket)
    head, mark = raw[: _TICKET.size], raw[_TICKET.size :]
    if len(head) != _TICKET.size or not hmac.compare_digest(mark, _mark(b"ticket", head)):
        raise SurveyLinkNotValid
    survey, ends, nonce = _TICKET.unpack(head)
    if UUID(bytes=survey) != survey_id or ends <= now.timestamp():
        raise SurveyLinkNotValid
    return _mark(b"used", nonce), datetime.fromtimestamp(ends, UTC)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(token: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        raise SurveyLinkNotValid from None


def _mark(use: bytes, head: bytes) -> bytes:
    return hmac.digest(_key(), use + b"|" + head, "sha256")[:MARK]


@cache
def _key() -> bytes:
    return derive("survey-link")
