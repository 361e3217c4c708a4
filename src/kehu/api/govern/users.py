"""Users and their roles, for the system administrator; and one's own tokens, for everybody."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.api.govern.me import UnitName, current
from kehu.api.govern.roles import require_reader
from kehu.api.govern.units import Code, Name, RowId
from kehu.govern import operations
from kehu.govern.access.actors import Actor
from kehu.govern.models.access import User
from kehu.govern.queries import people

router = Router(tags=["users"])

Password = Annotated[str, Field(min_length=1, max_length=200)]


class RoleAt(Schema):
    """A role at a unit, which is named by its code; at the user's own unit where none is named."""

    role: str = Field(max_length=64)
    unit: Code | None = None


class HeldRoleOut(Schema):
    """A role that somebody holds, where, and since when."""

    role: str
    label: Label
    unit: UnitName
    since: datetime


class UserOut(Schema):
    """A user as administrators see him."""

    id: int
    email: str
    name: str
    unit: UnitName
    is_active: bool
    locked_until: datetime | None
    last_login: datetime | None
    created_at: datetime
    roles: list[HeldRoleOut]


class UserPage(Schema):
    """Users, in the order in which they were made; ask on with `after`."""

    items: list[UserOut]
    next_after: int | None


class UserIn(Schema):
    """A new user at a unit (its code; the root where it is left out)."""

    email: str = Field(min_length=3, max_length=254)
    name: Name
    password: Password
    unit: Code | None = None
    roles: list[str] = Field(default_factory=list, max_length=20)


class UserChange(Schema):
    """What is to change; what is left out stays."""

    name: Name | None = None
    unit: Code | None = None
    is_active: bool | None = None
    password: Password | None = None
    add_roles: list[RoleAt] = Field(default_factory=list, max_length=20)
    remove_roles: list[RoleAt] = Field(default_factory=list, max_length=20)


class TokenIn(Schema):
    """What the token is for."""

    name: Name


class TokenOut(Schema):
    """A living token. Its text is kept nowhere."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


class TokenMade(Schema):
    """A new token; its text cannot be shown again."""

    token: str


def _out(person: people.Person) -> dict[str, Any]:
    unit = person.unit
    return {
        "id": person.id, "email": person.email, "name": person.name,
        "unit": {"id": unit.pk, "code": unit.code, "name": unit.name},
        "is_active": person.is_active, "locked_until": person.locked_until, "last_login": person.last_login,
        "created_at": person.created_at,
        "roles": [
            {"role": r.key, "label": r.label._asdict(), "since": r.since,
             "unit": {"id": r.unit_id, "code": r.unit_code, "name": r.unit_name}}
            for r in person.roles
        ],
    }  # fmt: skip


class UserQuery(Schema):
    """Which users; `unit` is the id of their own unit, `after` the last id of the page before."""

    limit: int = Field(default=100, ge=1, le=500)
    after: int = Field(default=0, ge=0, le=2**31 - 1)
    unit: int | None = Field(default=None, ge=1, le=2**31 - 1)
    is_active: bool | None = None


@router.get("", response=UserPage, operation_id="list_users")
def list_users(request: HttpRequest, asked: Query[UserQuery]) -> dict[str, Any]:
    """Return a page of the users; for whoever manages them, and for whoever explains or audits what they do."""
    require_reader(current(request))
    found = people.list_users(
        after=asked.after, limit=asked.limit + 1, unit_id=asked.unit, is_active=asked.is_active
    )
    return {
        "items": [_out(person) for person in found[: asked.limit]],
        "next_after": found[asked.limit - 1].id if len(found) > asked.limit else None,
    }


@router.post("", response={201: UserOut}, operation_id="create_user")
def create_user(request: HttpRequest, body: UserIn) -> Status[dict[str, Any]]:
    """Make a user."""
    actor = current(request)
    actor.require("user.manage")
    user = operations.create_user(
        email=body.email, name=body.name, password=body.password, roles=body.roles,
        unit=operations.get_unit(body.unit), actor_id=actor.id, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _out(people.get_person(user.pk)))


@router.get("/me/tokens", response=list[TokenOut], operation_id="list_my_tokens")
def list_my_tokens(request: HttpRequest) -> list[dict[str, Any]]:
    """Return one's own living tokens."""
    found = people.list_tokens(current(request).id)
    return [
        {"id": t.pk, "name": t.name, "created_at": t.created_at, "last_used_at": t.last_used_at}
        for t in found
    ]


@router.post("/me/tokens", response={201: TokenMade}, operation_id="create_my_token")
def create_my_token(request: HttpRequest, body: TokenIn) -> Status[dict[str, str]]:
    """Make a token with one's own rights; the answer is the only place where it is shown."""
    actor = current(request)
    user = operations.get_user(actor.id)
    text = operations.create_token(user=user, name=body.name, actor_id=actor.id, now=timezone.now())
    return Status(201, {"token": text})


@router.delete("/me/tokens/{token_id}", response={204: None}, operation_id="delete_my_token")
def delete_my_token(request: HttpRequest, token_id: RowId) -> Status[None]:
    """End one of one's own tokens."""
    operations.revoke_token(user_id=current(request).id, token_id=token_id, now=timezone.now())
    return Status(204, None)


@router.get("/{user_id}", response=UserOut, operation_id="get_user")
def get_user(request: HttpRequest, user_id: RowId) -> dict[str, Any]:
    """Return one user."""
    current(request).require("user.manage")
    return _out(people.get_person(user_id))


@router.patch("/{user_id}", response=UserOut, operation_id="update_user")
def update_user(request: HttpRequest, user_id: RowId, body: UserChange) -> dict[str, Any]:
    """Change a user. Roles are taken away before others are given; a disabled user is out at once."""
    actor = current(request)
    actor.require("user.manage")
    user, now = operations.get_user(user_id), timezone.now()
    if body.name is not None or body.unit is not None:
        unit = operations.get_unit(body.unit) if body.unit is not None else None
        operations.move_user(user=user, name=body.name, unit=unit, actor_id=actor.id, now=now)
    _change_roles(user, body, actor, now)
    if body.password is not None:
        operations.set_password(user=user, password=body.password, actor_id=actor.id, now=now)
    if body.is_active is not None and body.is_active != user.is_active:
        operations.set_active(user=user, is_active=body.is_active, actor_id=actor.id, now=now)
    return _out(people.get_person(user_id))


def _change_roles(user: User, body: UserChange, actor: Actor, now: datetime) -> None:
    for change, held in (
        (operations.revoke_role, body.remove_roles),
        (operations.grant_role, body.add_roles),
    ):
        for role in held:
            unit = operations.get_unit(role.unit) if role.unit is not None else user.unit
            change(user=user, role_key=role.role, unit=unit, actor_id=actor.id, now=now)
