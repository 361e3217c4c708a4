"""Keyset cursors: the place in a list, sealed, since the sort value may be a name and cursors stand in addresses."""

import base64
import binascii
from typing import Any
from uuid import UUID

import msgspec

from kehu.govern.sealing.keyring import keyring
from kehu.govern.sealing.suites import SealBroken
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

PLACE = "cursor"


class CursorNotValid(Invalid):
    """The cursor is not one that was given out."""

    code = "cursor_not_valid"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "翻页位置无效，从第一页重新打开。",
                "This page position is not valid. Start from the first page.",
            )
        )


def encode(sort: str, value: Any, row: UUID) -> str:
    """Return an opaque cursor behind one row."""
    blob = keyring().stage(msgspec.msgpack.encode([sort, value, row.hex]), PLACE)
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def decode(text: str, sort: str) -> tuple[Any, UUID]:
    """Return sort value and id of the row before the page. Raises CursorNotValid, also for another sort's cursor."""
    try:
        blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        told, value, row = msgspec.msgpack.decode(keyring().unstage(blob, PLACE))
    except (binascii.Error, SealBroken, msgspec.DecodeError, ValueError, TypeError) as error:
        raise CursorNotValid from error
    if told != sort:
        raise CursorNotValid
    return value, UUID(row)
