"""Values of raw rows, fast: JSON comes as text and goes in a wrapper, arrays of thousands go as the text of an array."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def from_json(text: str | None) -> Any:
    """Decode a JSON column; an absent one is an empty map."""
    return {} if text is None else _decode(text)


def to_json(value: Any) -> Jsonb:
    """Return a value as psycopg writes it to a JSON column."""
    return Jsonb(value, _encode)


def uuid_array(ids: Iterable[UUID]) -> str:
    """Return ids for `%s::uuid[]`; the driver's own way through lists takes three times as long."""
    return "{" + ",".join([one.hex for one in ids]) + "}"


def bytea_array(values: Iterable[bytes]) -> str:
    """Return byte strings for `%s::bytea[]`; the driver's own way through lists takes a hundred times as long."""
    return "{" + ",".join([f'"\\\\x{bytes(value).hex()}"' for value in values]) + "}"
