"""Who the actor is and what he may: read afresh for every request, so that a change of rights holds at once."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from kehu.platform.errors import NotAllowed
from kehu.platform.scope import Scope
from kehu.platform.text import Text

WIDTH = {"own": 0, "team": 1, "below": 2, "all": 3}


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, with the widest scope of each permission and the rule of each field."""

    id: int
    email: str
    name: str
    language: str
    unit_id: int
    unit_name: str
    roles: tuple[tuple[str, Text], ...]
    permissions: dict[str, str]
    field_rules: dict[str, str]
    scope: Scope
    scope_label: Text
    request_id: str = field(default="")

    def may(self, permission: str) -> bool:
        """Whether the actor holds a permission, whatever its scope."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Pass, or raise NotAllowed."""
        if permission not in self.permissions:
            raise NotAllowed(
                Text(
                    "您的角色没有这项权限。需要时请联系安全管理员。",
                    "Your role does not include this. Ask your security administrator if you need it.",
                )
            )

    def rule_for(self, key: str, data_class: str) -> str:
        """Return hidden, masked or clear for a field; C1 is clear where nothing else is said."""
        own = self.field_rules.get(key) or self.field_rules.get(data_class)
        return own or ("clear" if data_class == "C1" else "masked")


_USER = """
SELECT u.id, u.email, u.name, u.language, u.unit_id, n.name
FROM govern_user u JOIN govern_unit n ON n.id = u.unit_id WHERE u.id = %s AND u.is_active
"""
_RIGHTS = """
SELECT r.key, r.label_zh, r.label_en, ur.unit_id,
  coalesce((SELECT jsonb_object_agg(p.permission, p.scope) FROM govern_role_permission p WHERE p.role_id = r.key), '{}'),
  coalesce((SELECT jsonb_object_agg(f.field, f.rule) FROM govern_role_field_rule f WHERE f.role_id = r.key), '{}')
FROM govern_user_role ur JOIN govern_role r ON r.key = ur.role_id WHERE ur.user_id = %s ORDER BY ur.since, r.key
"""
_BELOW = "SELECT id FROM govern_unit WHERE path && %s::int[] ORDER BY id"
_ALL = "SELECT id FROM govern_unit ORDER BY id"
_SETS = "SELECT id FROM govern_unit_set WHERE unit_ids && %s::int[] ORDER BY id"
_LAST_SET = "SELECT coalesce(max(id), 0) FROM govern_unit_set"


def load_actor(user_id: int, *, request_id: str = "") -> Actor | None:
    """Read a user's rights; None when he is disabled. Rights come as jsonb text or objects, by the driver's setting."""
    with connection.cursor() as cursor:
        cursor.execute(_USER, [user_id])
        user = cursor.fetchone()
        if user is None:
            return None
        cursor.execute(_RIGHTS, [user_id])
        rights = [(*row[:4], _json(row[4]), _json(row[5])) for row in cursor.fetchall()]
        permissions, rules, units = _combine(rights)
        scope, label = _scope(cursor, user, permissions, units)
    return Actor(
        id=user[0],
        email=user[1],
        name=user[2],
        language=user[3],
        unit_id=user[4],
        unit_name=user[5],
        roles=tuple((row[0], Text(row[1], row[2])) for row in rights),
        permissions=permissions,
        field_rules=rules,
        scope=scope,
        scope_label=label,
        request_id=request_id,
    )


def _json(value: Any) -> dict[str, str]:
    import json

    found: dict[str, str] = json.loads(value) if isinstance(value, str) else value
    return found


_RULE_WIDTH = {"hidden": 0, "masked": 1, "clear": 2}


def _combine(rights: list[Any]) -> tuple[dict[str, str], dict[str, str], dict[str, set[int]]]:
    """Join several roles: the widest scope and the clearest rule win; units are kept by scope of `customer.read`."""
    permissions: dict[str, str] = {}
    rules: dict[str, str] = {}
    units: dict[str, set[int]] = {"team": set(), "below": set()}
    for _, _, _, unit_id, granted, field_rules in rights:
        for permission, scope in granted.items():
            if WIDTH[scope] >= WIDTH.get(permissions.get(permission, ""), -1):
                permissions[permission] = scope
        read = granted.get("customer.read")
        if read in units:
            units[read].add(unit_id)
        for key, rule in field_rules.items():
            if _RULE_WIDTH[rule] >= _RULE_WIDTH.get(rules.get(key, ""), -1):
                rules[key] = rule
    return permissions, rules, units


def _scope(
    cursor: Any, user: Any, permissions: dict[str, str], units: dict[str, set[int]]
) -> tuple[Scope, Text]:
    widest = permissions.get("customer.read")
    if widest is None:
        return Scope(actor_id=user[0]), Text("不看客户", "No customers")
    if widest == "all":
        cursor.execute(_ALL)
        visible = tuple(row[0] for row in cursor.fetchall())
        return Scope(actor_id=user[0], unit_ids=visible, owner_id=user[0]), Text("全部机构", "All units")
    below = set(units["team"])
    if units["below"]:
        cursor.execute(_BELOW, [sorted(units["below"])])
        below |= {row[0] for row in cursor.fetchall()}
    if not below:
        return Scope(actor_id=user[0], owner_id=user[0]), Text("我名下的客户", "My own customers")
    sets = _sets_of(tuple(sorted(below)), str(connection.settings_dict["NAME"]), _last_set(cursor))
    scope = Scope(actor_id=user[0], unit_ids=tuple(sorted(below)), unit_set_ids=sets, owner_id=user[0])
    return scope, Text(f"{user[5]}及下级", f"{user[5]} and below")


def _last_set(cursor: Any) -> int:
    cursor.execute(_LAST_SET)
    return int(cursor.fetchone()[0])


@lru_cache(maxsize=512)
def _sets_of(units: tuple[int, ...], database: str, last: int) -> tuple[int, ...]:
    """Return the sets that hold one of these units. Sets never change, and are made by one transaction after the other."""
    del database, last  # parts of the cache's key only
    with connection.cursor() as cursor:
        cursor.execute(_SETS, [list(units)])
        return tuple(row[0] for row in cursor.fetchall())
