"""Own roles: made and changed by the security administrator, never the shipped ones, never one that he holds himself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kehu.govern import audit
from kehu.govern.access.actors import WIDTH, Actor
from kehu.govern.access.rights import PERMISSIONS
from kehu.govern.access.separation import powers_of, require_separation
from kehu.govern.models.access import Role, RoleFieldRule, RolePermission, UserRole
from kehu.govern.operations import CodeTaken, OwnRights
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text

CLASSES = ("C1", "C2")
RULES = ("hidden", "masked", "clear")


class RoleNotFound(NotFound):
    """No role of this key."""

    code = "role_not_found"


class RoleIsShipped(Conflict):
    """A role of the release, which stays as the release says."""

    code = "role_is_shipped"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a role grants: scope by permission, and rule by field key or data class."""

    permissions: Mapping[str, str]
    field_rules: Mapping[str, str]


def create_role(*, key: str, label: Text, rights: Rights, actor: Actor, now: datetime) -> Role:
    """Make an own role. Raises CodeTaken, Invalid, or RolesExclude where it joins two administrators' powers."""
    if Role.objects.filter(pk=key).exists():
        raise CodeTaken(Text("这个代码已有角色使用。", "A role with this key exists."))
    _check(rights)
    role = Role.objects.create(key=key, label_zh=label.zh, label_en=label.en)
    _write(role, rights)
    _record("role.create", role, rights, actor, now)
    return role


def update_role(*, key: str, label: Text | None, rights: Rights | None, actor: Actor, now: datetime) -> Role:
    """Change an own role's label or rights. Raises RoleNotFound, RoleIsShipped, OwnRights, Invalid or RolesExclude."""
    role = Role.objects.filter(pk=key).first()
    if role is None:
        raise RoleNotFound(Text("没有这个角色。", "There is no such role."))
    if role.is_shipped:
        raise RoleIsShipped(
            Text(
                "随产品提供的角色不能修改。可以新建一个自己的角色。",
                "Shipped roles stay as they are. Make a role of your own instead.",
            )
        )
    if any(held == key for held, _ in actor.roles):
        raise OwnRights
    if label is not None:
        role.label_zh, role.label_en = label
        role.save(update_fields=["label_zh", "label_en"])
    if rights is not None:
        _check(rights)
        _write(role, rights)
        _check_holders(role)
    _record("role.change", role, rights, actor, now)
    return role


def _check(rights: Rights) -> None:
    from kehu.govern.fields.registry import registry

    unknown = (
        rights.permissions.keys() - PERMISSIONS.keys() or set(rights.permissions.values()) - WIDTH.keys()
    )
    if unknown:
        raise Invalid(
            Text(
                "权限或范围不在列表中，见 /roles/rights。",
                "A permission or scope is not in the list; see /roles/rights.",
            )
        )
    known = registry().keys() | set(CLASSES)
    if rights.field_rules.keys() - known or set(rights.field_rules.values()) - set(RULES):
        raise Invalid(
            Text(
                "字段规则的字段或写法不对。",
                "A field rule names no field, or is not hidden, masked or clear.",
            )
        )
    require_separation(rights.permissions)


def _check_holders(role: Role) -> None:
    """Refuse rights that would join two administrators' powers in somebody who holds the role already."""
    for user_id in set(UserRole.objects.filter(role=role).values_list("user_id", flat=True)):
        held = UserRole.objects.filter(user_id=user_id).values_list("role_id", flat=True)
        require_separation(powers_of(held))


def _write(role: Role, rights: Rights) -> None:
    RolePermission.objects.filter(role=role).delete()
    RoleFieldRule.objects.filter(role=role).delete()
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=permission, scope=scope)
        for permission, scope in rights.permissions.items()
    )
    RoleFieldRule.objects.bulk_create(
        RoleFieldRule(role=role, field=field, rule=rule) for field, rule in rights.field_rules.items()
    )


def _record(action: str, role: Role, rights: Rights | None, actor: Actor, now: datetime) -> None:
    details = (
        {}
        if rights is None
        else {"permissions": dict(rights.permissions), "field_rules": dict(rights.field_rules)}
    )
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="role", object_id=role.pk, details=details,
        request_id=actor.request_id,
    )  # fmt: skip
