"""Who may be the customer that is being entered: by shared numbers, or by name with birth date or phone tail.

The whole bank is asked, so nobody is entered twice: whoever lies outside the scope is told of masked and without id.
What is hidden from the actor is neither compared nor shown, and takes no time that could tell it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from kehu.flows.entry.enter_customer import FieldNotValid, standard_value
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name
from kehu.govern.fields.registry import Registry, registry
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import NotAllowed
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.lists.namesakes import PHONES, find_namesakes
from kehu.profile.lists.paging import COLUMNS
from kehu.profile.lists.search import searchable
from kehu.profile.queries import Row, get_names, open_rows
from kehu.resolve.kinds import get_kinds
from kehu.resolve.operations import signs_of
from kehu.standardize.masks import mask_mobile, mask_name
from kehu.standardize.numbers.resident_id import birth_date_of

Ground = Literal["number", "birth", "tail"]
MOST_ALIKE = 5
CHECKS_AN_HOUR = 1000
NAME_CHECKS_AN_HOUR = 300
_CHECKS = """
SELECT count(*), count(*) FILTER (WHERE details->>'by_name' = 'true') FROM govern_audit_event
WHERE actor_id = %s AND action = 'customer.check' AND at > %s - interval '1 hour'
"""
_HOLDERS = """
SELECT c.id FROM resolve_identifier i JOIN profile_customer c ON c.id = i.cluster_id WHERE i.value = ANY(%s)
GROUP BY c.id, c.record_count ORDER BY c.record_count DESC, c.id LIMIT %s
"""
_ROWS = f"SELECT {COLUMNS} FROM profile_customer c WHERE c.id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer who may be the one that is being entered. Outside the scope there is no id, and name and phone are masked."""

    customer_id: UUID | None
    name: str
    mobile: str
    unit: str
    is_visible: bool
    ground: Ground


class TooManyChecks(NotAllowed):
    """The actor asks for likenesses so often that it looks like trying numbers or birth dates out."""

    code = "too_many_checks"


def check_likeness(*, values: Mapping[str, Any], actor: Actor, now: datetime) -> list[Alike]:
    """Return at most five customers who may be the one of an entry, those of a shared number first.

    Raises TooManyChecks above 1,000 an hour, 300 of them by name; values that a standard refuses are passed over, since
    the entry is not done.
    """
    actor.require("customer.correct")
    told = searchable(registry(), actor)
    clear = _read(values, told)
    numbers = {key: value for key, value in clear.items() if told[key].identifier}
    birth_date, mobile = _beside_name(clear, told)
    is_by_name = bool(clear.get("name") and (birth_date or mobile))
    _require_budget(actor, now, is_by_name=is_by_name)
    audit.record(
        action="customer.check", actor_id=actor.id, now=now, request_id=actor.request_id,
        details={"kinds": sorted(numbers), "by_name": is_by_name},
    )  # fmt: skip
    blinds = [sign.value for sign in signs_of(numbers, told, get_kinds(), keyring())]
    found: dict[UUID, Ground] = {}
    with acting(SYSTEM):
        if blinds:
            found |= dict.fromkeys(_holders(blinds), "number")
        if is_by_name:
            for customer, ground in find_namesakes(
                clear["name"], birth_date=birth_date, mobile=mobile
            ).items():
                found.setdefault(customer, ground)
    return (
        _alike(dict(list(found.items())[:MOST_ALIKE]), actor, shows_mobile="mobile" in told) if found else []
    )


def _read(values: Mapping[str, Any], told: Registry) -> dict[str, Any]:
    clear = {}
    for key in values.keys() & told.keys():
        try:
            value = standard_value(told[key], values[key])
        except FieldNotValid:
            continue
        if value is not None:
            clear[key] = value
    return clear


def _beside_name(clear: Mapping[str, Any], told: Registry) -> tuple[str, str]:
    """Return the birth date, read from an ID number too, and the phone to compare; empty where the actor may not see them."""
    birth_date = str(clear.get("birth_date", ""))
    if "birth_date" in told and "resident_id" in clear:
        birth_date = birth_date_of(clear["resident_id"])
    may_tail = all(key in told for key in PHONES if key in registry())
    return birth_date, str(clear.get("mobile", "")) if may_tail else ""


def _require_budget(actor: Actor, now: datetime, *, is_by_name: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CHECKS, [actor.id, now])
        asked, by_name = cursor.fetchone()
    if asked >= CHECKS_AN_HOUR or (is_by_name and by_name >= NAME_CHECKS_AN_HOUR):
        raise TooManyChecks(Text("查重太频繁，一小时后再试。", "Too many checks. Try again in an hour."))


def _holders(blinds: list[bytes]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [blinds, MOST_ALIKE])
        return [row[0] for row in cursor.fetchall()]


def _alike(found: Mapping[UUID, Ground], actor: Actor, *, shows_mobile: bool) -> list[Alike]:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(found)])
        rows = {row.id: row for row in open_rows(cursor.fetchall())}
        units = get_names("govern_unit", [row.unit_id for row in rows.values()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM profile_customer WHERE id = ANY(%s)", [list(found)])
        visible = {row[0] for row in cursor.fetchall()}
    return [
        Alike(
            row.id if row.id in visible else None,
            shown_name(row.name, actor) if row.id in visible else mask_name(row.name),
            _mobile(row) if shows_mobile else "", units.get(row.unit_id, ""), row.id in visible, ground,
        )
        for customer, ground in found.items() if (row := rows.get(customer)) is not None
    ]  # fmt: skip


def _mobile(row: Row) -> str:
    return mask_mobile(str(row.values["mobile"])) if row.values.get("mobile") else ""
