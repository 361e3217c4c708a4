"""The keys in memory: root → wrapping keys → a data key for each record and customer; index, staging and audit keys beside.

A process opens them once and looks for new versions every few seconds, so a rotation elsewhere is followed without a
restart. Within one transaction the keyring stays the same: everything it writes carries the same index version.
"""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from kehu.govern.models.keys import KeyVersion
from kehu.govern.sealing.blobs import binding, key_version, open_bytes, seal_bytes
from kehu.govern.sealing.suites import BY_NAME, Marker, SealBroken, Suite
from kehu.platform.db.base import DatabaseWrapper
from kehu.platform.installation.environment import BadSetting, environment
from kehu.platform.installation.secret_keys import derive
from kehu.platform.text import Text

PURPOSES = ("wrap", "index", "staging", "audit", "dedup")
REFRESH_SECONDS = 2.0
WRAPPED = "govern_data_key.wrapped"
_STAMP = "SELECT count(*), count(activated_at), count(retired_at) FROM govern_key_version"


class DataKey(NamedTuple):
    """The key of one row: clear, the version of the key that it is wrapped with, and the wrapped form to store."""

    clear: bytes
    version: int
    wrapped: bytes


@dataclass
class Keyring:
    """Opened keys by purpose and version; `suite` seals what is new, old blobs name their own."""

    suite: Suite
    keys: dict[tuple[str, int], bytes] = field(default_factory=dict)
    latest: Mapping[str, int] = field(default_factory=dict)
    index_versions: tuple[int, ...] = ()
    _markers: dict[tuple[str, str, int], Marker] = field(default_factory=dict)

    def key(self, purpose: str, version: int) -> bytes:
        """Return one key. Raises SealBroken when no such version is known, even after looking again."""
        found = self.keys.get((purpose, version))
        if found is None:
            self.keys.update(load().keys)
            found = self.keys.get((purpose, version))
        if found is None:
            raise SealBroken
        return found

    def new_data_key(self, owner: UUID) -> DataKey:
        """Make a data key for a row."""
        data_key = os.urandom(32)
        version = self.latest["wrap"]
        return DataKey(data_key, version, self.wrap(data_key, owner, version))

    def wrap(self, data_key: bytes, owner: UUID, version: int) -> bytes:
        """Wrap a data key for its owner."""
        return seal_bytes(
            self.suite, self.key("wrap", version), data_key, binding(WRAPPED, owner), version=version
        )

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        """Open a wrapped data key. Raises SealBroken."""
        wrapped = bytes(wrapped)
        return open_bytes(self.key("wrap", key_version(wrapped)), wrapped, binding(WRAPPED, owner))

    def stage(self, data: bytes, place: str) -> bytes:
        """Seal bytes that wait to be applied (inbox, idempotent answers)."""
        version = self.latest["staging"]
        return seal_bytes(self.suite, self.key("staging", version), data, place.encode(), version=version)

    def unstage(self, blob: bytes, place: str) -> bytes:
        """Open staged bytes. Raises SealBroken."""
        blob = bytes(blob)
        return open_bytes(self.key("staging", key_version(blob)), blob, place.encode())

    def blind(self, kind: str, value: str) -> bytes:
        """Return the 16-byte blind index of a standard value under the index key in use: what is written."""
        return self._mark("index", kind, self.latest["index"], value.encode())

    def blinds(self, kind: str, value: str) -> list[bytes]:
        """Return the blind index under every living index key: what is looked for. During a rotation nothing is missed."""
        return [self._mark("index", kind, version, value.encode()) for version in self.index_versions]

    @property
    def is_rotating(self) -> bool:
        """Whether more than one index key lives, so that what is looked for is more than what is written."""
        return len(self.index_versions) > 1

    def stable(self, kind: str, value: str | bytes) -> bytes:
        """Return a 16-byte keyed mark that no rotation changes, for what is compared for ever and never holds personal values.

        Message ids, digests of statements, references of the audit trail: they could not be computed again later.
        """
        data = value.encode() if isinstance(value, str) else value
        return self._mark("dedup", kind, self.latest["dedup"], data)

    def under(self, index_version: int) -> "Keyring":
        """Return this keyring as if another index version were the one in use."""
        return replace(self, latest={**self.latest, "index": index_version})

    def _mark(self, purpose: str, kind: str, version: int, data: bytes) -> bytes:
        marker = self._markers.get((purpose, kind, version))
        if marker is None:
            field_key = self.suite.marker(self.key(purpose, version))(b"field|" + kind.encode())
            marker = self._markers[purpose, kind, version] = self.suite.marker(field_key)
        return marker(b"\x02" + data)[:16]


def chosen_suite(using: str = "default") -> Suite:
    """Return the suite that the installation was made with; the setting decides only while there are no keys yet.

    Raises BadSetting when the setting names another one: indexes of the two cannot find each other's values.
    """
    stored = KeyVersion.objects.using(using).order_by("pk").values_list("suite", flat=True).first()
    wanted = environment().suite
    if stored is not None and wanted and wanted != stored:
        raise BadSetting(
            Text(
                f"KEHU_SUITE={wanted}，但这套安装建立时选的是 {stored}，不能更换。去掉这个设置即可。",
                f"KEHU_SUITE={wanted}, but this installation was made with {stored} and cannot change. Leave the setting out.",
            )
        )
    return BY_NAME[stored or wanted or "aes"]


def load() -> Keyring:
    """Open all stored key versions with the root key; retired ones too, for what they sealed can still be read."""
    root = derive("root-wrap")
    ring = Keyring(chosen_suite())
    latest: dict[str, int] = {}
    living: list[int] = []
    for row in KeyVersion.objects.order_by("version"):
        bound = f"govern_key_version|{row.purpose}|{row.version}".encode()
        ring.keys[row.purpose, row.version] = open_bytes(root, bytes(row.wrapped), bound)
        if row.activated_at is not None:
            latest[row.purpose] = row.version
        if row.purpose == "index" and row.retired_at is None:
            living.append(row.version)
    ring.latest, ring.index_versions = latest, tuple(living)
    return ring


def add_version(*, purpose: str, now: datetime, is_active: bool = True) -> int:
    """Make and store the next version of a key. Run by the owner of the schema, in its transaction.

    One that is not active yet is looked for by searches and not written with: see `kehu.govern.sealing.rotation`.
    """
    suite = chosen_suite("owner")
    version = 1 + KeyVersion.objects.using("owner").filter(purpose=purpose).count()
    bound = f"govern_key_version|{purpose}|{version}".encode()
    wrapped = seal_bytes(suite, derive("root-wrap"), os.urandom(32), bound)
    KeyVersion.objects.using("owner").create(
        purpose=purpose, version=version, suite=suite.name, wrapped=wrapped,
        created_at=now, activated_at=now if is_active else None,
    )  # fmt: skip
    return version


@dataclass
class _Known:
    """What this process knows of one database's keys, and when it last looked."""

    ring: Keyring
    stamp: tuple[int, ...]
    looked_at: float


_lock = threading.Lock()
_pinned = threading.local()


@cache
def _ring(database: str) -> _Known:
    del database  # the cache's key only
    stamp = _stamp()
    return _Known(load(), stamp, time.monotonic())


def forget() -> None:
    """Forget every opened key: another database may have come under the same name."""
    with _lock:
        _ring.cache_clear()
        _pinned.transaction = None


def _stamp() -> tuple[int, ...]:
    """Count versions by the driver itself: this look must not show among the statements of a page."""
    wrapper = _wrapper()
    wrapper.ensure_connection()
    row = wrapper.connection.execute(_STAMP).fetchone()
    return tuple(map(int, row))


def _wrapper() -> DatabaseWrapper:
    from django.db import connections

    found = connections["default"]
    if not isinstance(found, DatabaseWrapper):
        raise TypeError(type(found))
    return found


def keyring() -> Keyring:
    """Return the keyring of the open transaction; outside of one, as it was at most a few seconds ago."""
    database, wrapper = str(connection.settings_dict["NAME"]), _wrapper()
    transaction = (database, wrapper.begun)
    if wrapper.in_atomic_block and getattr(_pinned, "transaction", None) == transaction:
        ring: Keyring = _pinned.ring
        return ring
    with _lock:
        known = _ring(database)
        if time.monotonic() - known.looked_at > REFRESH_SECONDS and wrapper.is_usable_now():
            stamp = _stamp()
            if stamp != known.stamp:
                known.ring, known.stamp = load(), stamp
            known.looked_at = time.monotonic()
    _pinned.transaction, _pinned.ring = transaction, known.ring
    return known.ring
