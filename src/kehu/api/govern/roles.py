"""Roles with their rights in words. Shipped ones are read; own ones are made by the security administrator."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.api.govern.units import Name
from kehu.govern.access import roles as role_operations
from kehu.govern.access.actors import Actor
from kehu.govern.access.rights import PERMISSIONS
from kehu.govern.access.roles import Rights
from kehu.govern.queries import roles
from kehu.platform.text import Text

router = Router(tags=["roles"])

READERS = ("role.manage", "user.manage", "access.explain", "audit.read")
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Scope = Literal["own", "team", "below", "all"]
Rule = Literal["hidden", "masked", "clear"]
SCOPES: dict[str, Text] = {
    "own": Text("本人名下", "Own"),
    "team": Text("本机构", "Own unit"),
    "below": Text("本机构及下级", "Own unit and below"),
    "all": Text("全部机构", "All units"),
}


class Right(Schema):
    """A permission, in words, with its scope."""

    permission: str
    label: Label
    scope: str
    scope_label: Label


class RoleOut(Schema):
    """A role. `field_rules` holds hidden, masked or clear by field key or data class."""

    key: str
    label: Label
    is_shipped: bool
    is_held: bool
    excludes: list[str]
    holder_count: int
    rights: list[Right]
    field_rules: dict[str, str]


class RightKind(Schema):
    """A permission that a role can hold."""

    permission: str
    label: Label


class LabelIn(Schema):
    """A name in both languages."""

    zh: Name
    en: Name


class RoleIn(Schema):
    """A new role."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{1,63}$")
    label: LabelIn
    permissions: dict[str, Scope] = Field(default_factory=dict, max_length=100)
    field_rules: dict[str, Rule] = Field(default_factory=dict, max_length=500)


class RoleChange(Schema):
    """What is to change; given permissions or rules take the place of all that were there."""

    label: LabelIn | None = None
    permissions: dict[str, Scope] | None = Field(default=None, max_length=100)
    field_rules: dict[str, Rule] | None = Field(default=None, max_length=500)


def _out(role: roles.RoleRights, actor: Actor) -> dict[str, Any]:
    return {
        "key": role.key, "label": role.label._asdict(), "is_shipped": role.is_shipped,
        "is_held": any(key == role.key for key, _ in actor.roles), "excludes": list(role.excludes),
        "holder_count": role.holder_count, "field_rules": role.field_rules,
        "rights": [
            {"permission": p, "label": PERMISSIONS[p]._asdict(), "scope": scope, "scope_label": SCOPES[scope]._asdict()}
            for p, scope in sorted(role.permissions.items())
            if p in PERMISSIONS
        ],
    }  # fmt: skip


def require_reader(actor: Actor) -> None:
    """Pass for whoever grants, manages, explains or audits rights."""
    if not any(actor.may(permission) for permission in READERS):
        actor.require(READERS[0])


@router.get("", response=list[RoleOut], operation_id="list_roles")
def list_roles(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all roles with their rights in words."""
    actor = current(request)
    require_reader(actor)
    return [_out(role, actor) for role in roles.list_roles()]


@router.get("/rights", response=list[RightKind], operation_id="list_rights")
def list_rights(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every permission that there is, in words."""
    require_reader(current(request))
    return [{"permission": key, "label": label._asdict()} for key, label in PERMISSIONS.items()]


@router.post("", response={201: RoleOut}, operation_id="create_role")
def create_role(request: HttpRequest, body: RoleIn) -> Status[dict[str, Any]]:
    """Make an own role. It gives nobody anything until a system administrator grants it."""
    actor = current(request)
    actor.require("role.manage")
    made = role_operations.create_role(
        key=body.key, label=Text(body.label.zh, body.label.en),
        rights=Rights(dict(body.permissions), dict(body.field_rules)), actor=actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _out(roles.get_role(made.pk), actor))


@router.patch("/{key}", response=RoleOut, operation_id="update_role")
def update_role(request: HttpRequest, key: Key, body: RoleChange) -> dict[str, Any]:
    """Change an own role that one does not hold oneself. It holds from everybody's next request on."""
    actor = current(request)
    actor.require("role.manage")
    rights = None
    if body.permissions is not None or body.field_rules is not None:
        standing = roles.get_role(key)
        rights = Rights(
            standing.permissions if body.permissions is None else dict(body.permissions),
            standing.field_rules if body.field_rules is None else dict(body.field_rules),
        )
    label = Text(body.label.zh, body.label.en) if body.label is not None else None
    role_operations.update_role(key=key, label=label, rights=rights, actor=actor, now=timezone.now())
    return _out(roles.get_role(key), actor)
