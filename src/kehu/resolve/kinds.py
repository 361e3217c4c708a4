"""Kinds of identifiers: how strongly each tells people apart, and how many of them a customer may have.

`strong` joins by itself; `named` joins only records of the same name (a phone is shared in a family and given to
somebody new); `scoped` is strong within one source and `named` across sources (two systems may both count from 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Conflict, NotFound
from kehu.platform.text import Text
from kehu.resolve.blocked import ANY_KIND, Blocklist, arrange, list_blocked
from kehu.resolve.models import BlockedValue, IdentifierKind
from kehu.standardize.junk import DEFAULT_BLOCKED

Strength = Literal["strong", "scoped", "named"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind; `limit` values a customer (0: any number) within `window_days` (None: ever)."""

    id: int
    key: str
    priority: int
    strength: Strength
    limit: int
    window_days: int | None


DEFAULT_KINDS: tuple[Kind, ...] = (
    Kind(1, "resident_id", 1, "strong", 1, None),
    Kind(2, "uscc", 1, "strong", 1, None),
    Kind(3, "passport", 2, "strong", 3, None),
    Kind(4, "hk_macau_permit", 2, "strong", 2, None),
    Kind(5, "taiwan_permit", 2, "strong", 2, None),
    Kind(6, "foreigner_card", 2, "strong", 2, None),
    Kind(7, "user_id", 3, "strong", 5, None),
    Kind(8, "wechat_union_id", 3, "strong", 2, None),
    Kind(9, "customer_no", 4, "scoped", 10, None),
    Kind(10, "bank_card", 5, "named", 20, None),
    Kind(11, "account_no", 5, "named", 20, None),
    Kind(12, "mobile", 6, "named", 6, 730),
    Kind(13, "email", 7, "named", 6, 730),
    Kind(14, "anonymous_id", 9, "strong", 50, 90),
)
SHARED_BY_TOO_MANY = 50


DEVICE = "anonymous_id"


class KindNotFound(NotFound):
    """No kind of identifier of this key."""

    code = "identifier_kind_not_found"


class DeviceIsShared(Conflict):
    """How far a device tells people apart is a rule of its own, whatever its strength says."""

    code = "device_is_shared"


@dataclass(frozen=True)
class Kinds:
    """The kinds by key and id, and the values that identify nobody."""

    by_key: dict[str, Kind]
    by_id: dict[int, Kind]
    blocked: Blocklist = field(default_factory=Blocklist)

    def is_blocked(self, kind: str, value: str) -> bool:
        """Whether a value is no identifier: zeros, test numbers, whatever a steward has put on the list."""
        return self.blocked.blocks(kind, value)


def list_kinds() -> list[Kind]:
    """Return the kinds, the strongest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT id, key, priority, strength, "limit", window_days FROM resolve_identifier_kind ORDER BY priority, id'
        )
        return [Kind(*row) for row in cursor.fetchall()]


def get_kinds() -> Kinds:
    """Read kinds and blocked values."""
    kinds = list_kinds()
    return Kinds({k.key: k for k in kinds}, {k.id: k for k in kinds}, arrange(list_blocked()))


def update_kind(*, key: str, changes: Mapping[str, Any], actor: Actor, now: datetime) -> Kind:
    """Change how far a kind is trusted, for records that arrive from now on. Raises KindNotFound or DeviceIsShared."""
    actor.require("match.manage")
    row = IdentifierKind.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise KindNotFound(Text("没有这种标识。", "There is no such kind of identifier."))
    wanted = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if key == DEVICE and "strength" in wanted:
        raise DeviceIsShared(
            Text(
                "设备可能几个人共用，怎样认定不能更改；上限和时间可以改。",
                "A device may be shared, so how it matches cannot change; its limit and window can.",
            )
        )
    before = {name: getattr(row, name) for name in wanted}
    if wanted:
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save(update_fields=sorted(wanted))
        audit.record(
            action="identifier_kind.change", actor_id=actor.id, now=now, object_kind="identifier_kind", object_id=key,
            details={"before": before, "after": wanted}, request_id=actor.request_id,
        )  # fmt: skip
    return next(kind for kind in list_kinds() if kind.key == key)


def sync_kinds(*, now: datetime) -> None:
    """Write the shipped kinds where they are missing, and on the first start the blocked values; what was edited stays."""
    is_first = not IdentifierKind.objects.using("owner").exists()
    IdentifierKind.objects.using("owner").bulk_create(
        [
            IdentifierKind(
                id=k.id,
                key=k.key,
                priority=k.priority,
                strength=k.strength,
                limit=k.limit,
                window_days=k.window_days,
            )
            for k in DEFAULT_KINDS
        ],
        ignore_conflicts=True,
    )
    shipped = {ANY_KIND, *(kind.key for kind in DEFAULT_KINDS)}
    if is_first:
        BlockedValue.objects.using("owner").bulk_create(
            [
                BlockedValue(kind=kind, pattern=pattern, created_at=now)
                for kind, pattern in DEFAULT_BLOCKED
                if kind in shipped
            ]
        )
