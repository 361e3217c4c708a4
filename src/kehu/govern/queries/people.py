"""Who works here: units, users with the roles that they hold, tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kehu.govern.models.access import Token, Unit, User, UserRole
from kehu.govern.operations import UserNotFound
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds at a unit."""

    key: str
    label: Text
    unit_id: int
    unit_code: str
    unit_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A user as administrators see him."""

    id: int
    email: str
    name: str
    unit: Unit
    is_active: bool
    locked_until: datetime | None
    last_login: datetime | None
    created_at: datetime
    roles: tuple[HeldRole, ...]


def list_units() -> list[Unit]:
    """Return all units, the root first, each below its parent."""
    return sorted(Unit.objects.all(), key=lambda unit: unit.path)


def unit_ids_of(code: str, *, is_below: bool) -> tuple[int, ...]:
    """Return a unit, and with `is_below` all below it; empty where there is none of this code."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        return ()
    rows = Unit.objects.filter(path__contains=[found.pk]) if is_below else Unit.objects.filter(pk=found.pk)
    return tuple(sorted(rows.values_list("pk", flat=True)))


def list_users(
    *, after: int, limit: int, unit_id: int | None = None, is_active: bool | None = None
) -> list[Person]:
    """Return the users behind an id, in the order in which they were made."""
    rows = User.objects.select_related("unit").filter(pk__gt=after).order_by("pk")
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if is_active is not None:
        rows = rows.filter(is_active=is_active)
    return _with_roles(list(rows[:limit]))


def get_person(user_id: int) -> Person:
    """Return one user. Raises UserNotFound."""
    found = _with_roles(list(User.objects.select_related("unit").filter(pk=user_id)))
    if not found:
        raise UserNotFound(Text("没有这个用户。", "There is no such user."))
    return found[0]


def _with_roles(users: Sequence[User]) -> list[Person]:
    held: dict[int, list[HeldRole]] = {}
    rows = UserRole.objects.filter(user__in=users).select_related("role", "unit").order_by("since", "role_id")
    for row in rows:
        label = Text(row.role.label_zh, row.role.label_en)
        held.setdefault(row.user_id, []).append(
            HeldRole(row.role_id, label, row.unit_id, row.unit.code, row.unit.name, row.since)
        )
    return [
        Person(
            user.pk, user.email, user.name, user.unit, user.is_active, user.locked_until, user.last_login,
            user.created_at, tuple(held.get(user.pk, ())),
        )
        for user in users
    ]  # fmt: skip


def list_tokens(user_id: int) -> list[Token]:
    """Return a user's living tokens, newest first; their text is known to nobody."""
    return list(Token.objects.filter(user_id=user_id, revoked_at__isnull=True).order_by("-pk"))
