"""Events as rows: properties parted into what may lie clear and what is sealed, written once per message, for ever.

Nested properties are flattened (`context.os.name`), so that one leaf can be sealed beside a clear one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from kehu.govern.sealing.blobs import seal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.ids import new_id
from kehu.standardize.detect import looks_sealed

PLACE = "collect_event.sealed"
# Figures are analysed, so they lie clear under row scope, however many digits they have.
_FIGURE_WORDS = (
    "amount revenue price value total subtotal discount tax shipping quantity balance seconds duration count fee "
    "金额 余额 数量 价格 手续费"
)
_FIGURES = frozenset(_FIGURE_WORDS.split())
# What people write freely may name anybody.
_FREE_WORDS = "content note notes memo remark comment comments message description text feedback 内容 备注 附言 描述 留言 说明"
_FREE_TEXT = frozenset(_FREE_WORDS.split())
# Names of events and of properties lie clear; a number or an address of e-mail in one is somebody's.
_SOMEBODYS = re.compile(r"\d{7,}|\S+@\S+\.\S+")
_DEPTH = 6
_COLUMNS = (
    "id", "source_id", "message_index", "record_id", "kind", "name", "happened_at", "received_at", "import_id",
    "plain", "sealed",
)  # fmt: skip


@dataclass(slots=True)
class Happening:
    """An event that is ready to be written; `details` may be nested."""

    message_id: str
    record_id: UUID
    kind: str
    name: str
    happened_at: datetime
    received_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)


def write_events(
    happenings: Sequence[Happening], *, source_id: int, import_id: UUID | None = None
) -> tuple[int, list[Happening]]:
    """Write events; one whose message is known already is left as it is.

    Returns how many were new, and those that could not be sealed because the key of their subject is destroyed.
    """
    ring = keyring()
    parted = [(event, *part(event.details)) for event in happenings]
    keys = get_data_keys({event.record_id for event, _, secret in parted if secret})
    kind = f"message|{source_id}"
    rows, lost = [], []
    for event, plain, secret in parted:
        if secret and event.record_id not in keys:
            lost.append(event)
            continue
        event_id = new_id()
        sealed = seal(ring.suite, keys[event.record_id], secret, PLACE, event_id) if secret else None
        rows.append(
            (
                event_id, source_id, ring.stable(kind, event.message_id), event.record_id, event.kind,
                _SOMEBODYS.sub("#", event.name), event.happened_at, event.received_at, import_id, Jsonb(plain), sealed,
            )
        )  # fmt: skip
    return bulk.insert("collect_event", _COLUMNS, rows, conflict="ON CONFLICT DO NOTHING"), lost


def part(details: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Flatten details and part them into clear and secret leaves; what looks personal is secret."""
    plain: dict[str, Any] = {}
    secret: dict[str, Any] = {}
    for name, key, value in _leaves(details, "", 0):
        (secret if _is_secret(key, value) or _SOMEBODYS.search(name) else plain)[name] = value
    return plain, secret


def _leaves(details: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    for raw_key, value in details.items():
        key = _clean(str(raw_key))
        if value is None:
            continue
        if isinstance(value, Mapping) and depth < _DEPTH:
            yield from _leaves(value, f"{before}{key}.", depth + 1)
        else:
            yield before + key, key, _clean(value)


def _clean(value: Any) -> Any:
    """Return a value without NUL, which PostgreSQL's JSON cannot hold."""
    if isinstance(value, str):
        return value.replace("\0", "") if "\0" in value else value
    if isinstance(value, Mapping):
        return {_clean(str(k)): _clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(v) for v in value]
    return value


def _is_secret(key: str, value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return _text_is_secret(key, value)
    if isinstance(value, (int, float)):
        return _text_is_secret(key, str(value))
    if isinstance(value, Mapping):
        return any(_is_secret(str(k), v) for k, v in value.items())
    return any(_is_secret(key, each) for each in value)


@lru_cache(maxsize=16_384)
def _text_is_secret(key: str, text: str) -> bool:
    if key.lower() in _FIGURES and _is_figure(text):
        return False
    return key.lower() in _FREE_TEXT or looks_sealed(key, text)


def _is_figure(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as the live view lists it, its personal properties still sealed."""

    id: UUID
    kind: str
    name: str
    happened_at: datetime
    received_at: datetime
    plain: str
    sealed: bytes | None
    record_id: UUID


_NEWEST = """
SELECT id, kind, name, happened_at, received_at, plain, sealed, record_id
FROM collect_event WHERE {source} ORDER BY id DESC LIMIT %(limit)s
"""
_PER_MINUTE = """
SELECT date_trunc('minute', received_at) AS minute, count(*) FROM collect_event
WHERE {source} AND id >= %(since)s GROUP BY 1 ORDER BY 1
"""


def _of(source_id: int | None) -> str:
    return "true" if source_id is None else "source_id = %(source)s"


def list_newest(source_id: int | None, limit: int) -> list[Seen]:
    """Return the newest events of a source, or of all, within the open scope, latest arrival first."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(source=_of(source_id)), {"source": source_id, "limit": limit})
        return [Seen(*row) for row in cursor.fetchall()]


def count_per_minute(
    source_id: int | None, *, now: datetime, minutes: int = 30
) -> list[tuple[datetime, int]]:
    """Count the events that arrived in each of the last minutes; minutes without any are left out."""
    since = UUID(int=int((now - timedelta(minutes=minutes)).timestamp() * 1000) << 80)
    with connection.cursor() as cursor:
        cursor.execute(_PER_MINUTE.format(source=_of(source_id)), {"source": source_id, "since": since})
        return [(row[0], int(row[1])) for row in cursor.fetchall()]
