"""Why somebody sees a customer, or why not: told by the rights that his scope is made of, and checked by row security itself.

The answer names the customer by id, unit and owner only: whoever explains access need not see customers.
"""

import logging
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from kehu.govern.access.actors import Actor, load_actor
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import CustomerNotFound

log = logging.getLogger(__name__)

Kind = Literal["all", "unit", "unit_set", "owner", "disabled", "no_permission", "other_unit"]

_PLACE = """
SELECT c.unit_id, u.name, c.owner_id, o.name, c.unit_set_id, coalesce(s.unit_ids, '{}')
FROM profile_customer c JOIN govern_unit u ON u.id = c.unit_id LEFT JOIN govern_user o ON o.id = c.owner_id
LEFT JOIN govern_unit_set s ON s.id = c.unit_set_id WHERE c.id = %s
"""
_SEEN = "SELECT EXISTS (SELECT 1 FROM profile_customer WHERE id = %s)"
_ROLES = """
SELECT r.key, r.label_zh, r.label_en, p.scope, n.id, n.name FROM govern_user_role ur
JOIN govern_role r ON r.key = ur.role_id JOIN govern_unit n ON n.id = ur.unit_id
JOIN govern_role_permission p ON p.role_id = r.key AND p.permission = 'customer.read'
WHERE ur.user_id = %s ORDER BY ur.since, r.key
"""
_UNITS = "SELECT id, name, path FROM govern_unit WHERE id = ANY(%s) ORDER BY path"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way by which a customer is seen, or one thing that stands against it, as a sentence."""

    kind: Kind
    sentence: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer belongs: his unit, his owner, and the other units that hold a record of him."""

    customer_id: UUID
    unit_id: int
    unit_name: str
    owner_id: int | None
    owner_name: str
    unit_set_id: int | None
    other_unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer of row security, and the reasons; `is_consistent` is false when the two disagree."""

    can_see: bool
    is_consistent: bool
    place: Place
    reasons: tuple[Reason, ...]
    actor: Actor | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A role that lets its holder read customers, and where it stands."""

    label: Text
    scope: str
    unit_id: int
    unit_name: str

    def covers(self, unit: Any) -> bool:
        """Whether a unit (id, name, path) lies within this role's reach."""
        return self.unit_id == unit[0] or (self.scope == "below" and self.unit_id in unit[2])


def explain(*, user_id: int, customer_id: UUID) -> Explanation:
    """Explain whether a user sees a customer. The caller has checked that the user exists. Raises CustomerNotFound."""
    place = _place(customer_id)
    actor = load_actor(user_id)
    reasons = _ways(actor, place) if actor else ()
    can_see = actor is not None and _is_seen(actor, customer_id)
    is_consistent = can_see == bool(reasons)
    if not is_consistent:
        log.error("the explanation of access and row security disagree")
    return Explanation(can_see, is_consistent, place, reasons or (_obstacle(actor, place),), actor)


def _place(customer_id: UUID) -> Place:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_PLACE, [customer_id])
        row = cursor.fetchone()
    if row is None:
        raise CustomerNotFound
    others = tuple(unit for unit in row[5] if unit != row[0])
    return Place(customer_id, row[0], row[1], row[2], row[3] or "", row[4], others)


def _is_seen(actor: Actor, customer_id: UUID) -> bool:
    """Ask row security, under the user's own scope."""
    with acting(actor.scope), connection.cursor() as cursor:
        cursor.execute(_SEEN, [customer_id])
        return bool(cursor.fetchone()[0])


def _ways(actor: Actor, place: Place) -> tuple[Reason, ...]:
    scope, standings, units = actor.scope, _standings(actor.id), _units(place)
    found: list[Reason] = []
    if actor.permissions.get("customer.read") == "all":
        found += [_by_all(s) for s in standings if s.scope == "all"]
    elif place.unit_id in scope.unit_ids:
        found += [_by_unit(s, place.unit_name) for s in standings if s.covers(units[place.unit_id])]
    if place.unit_set_id is not None and place.unit_set_id in scope.unit_set_ids:
        held = [units[u] for u in place.other_unit_ids if u in scope.unit_ids]
        found += [_by_set(s, unit[1]) for unit in held for s in standings if s.covers(unit)]
    if place.owner_id is not None and place.owner_id == scope.owner_id:
        found.append(Reason("owner", Text("客户在他名下。", "The customer is his own.")))
    return tuple(found)


def _standings(user_id: int) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [user_id])
        return [Standing(Text(r[1], r[2]), r[3], r[4], r[5]) for r in cursor.fetchall()]


def _units(place: Place) -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [[place.unit_id, *place.other_unit_ids]])
        return {row[0]: row for row in cursor.fetchall()}


def _by_all(role: Standing) -> Reason:
    zh = f"角色“{role.label.zh}”可以看全部机构。"
    return Reason("all", Text(zh, f"The role “{role.label.en}” sees all units."))


def _by_unit(role: Standing, unit: str) -> Reason:
    zh = f"客户归属{unit}，在他{role.unit_name}“{role.label.zh}”角色的范围内。"
    en = f"The customer belongs to {unit}, within reach of the role “{role.label.en}” at {role.unit_name}."
    return Reason("unit", Text(zh, en))


def _by_set(role: Standing, unit: str) -> Reason:
    zh = f"{unit}也有这位客户的记录，在他{role.unit_name}“{role.label.zh}”角色的范围内。"
    en = f"{unit} holds a record of the customer too, within reach of the role “{role.label.en}” at {role.unit_name}."
    return Reason("unit_set", Text(zh, en))


def _obstacle(actor: Actor | None, place: Place) -> Reason:
    if actor is None:
        return Reason("disabled", Text("用户已停用，不能登录。", "The user is disabled and cannot sign in."))
    if not actor.may("customer.read"):
        return Reason(
            "no_permission",
            Text("他的角色都不含“查看客户”。", "None of his roles includes reading customers."),
        )
    zh = f"客户归属{place.unit_name}，不在他的范围（{actor.scope_label.zh}），也不在他名下。"
    en = f"The customer belongs to {place.unit_name}, outside his reach ({actor.scope_label.en}), and is not his own."
    return Reason("other_unit", Text(zh, en))
