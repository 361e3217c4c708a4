"""Who I am: what the web app needs to show the right pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from kehu.api.edge.authentication import actor_of
from kehu.api.edge.errors import language_of
from kehu.govern.access.actors import Actor
from kehu.govern.models.access import Unit, User
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

router = Router(tags=["me"])
LANGUAGES = ("zh-CN", "en")


def current(request: HttpRequest) -> Actor:
    """Return the actor; ninja has refused the request already when there is none."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 (authentication ran)
    return actor


class Person(Schema):
    """A user."""

    id: int
    email: str
    name: str
    language: str


class RoleName(Schema):
    """A role by its name in the reader's language."""

    key: str
    label: str


class UnitName(Schema):
    """A unit."""

    id: int
    code: str
    name: str


class Labelled(Schema):
    """Something with a label."""

    label: str


class Named(Schema):
    """Something with a name."""

    name: str


class Budget(Schema):
    """Reveals used today, and how many there are."""

    used: int
    limit: int


class Me(Schema):
    """The signed-in user with his rights."""

    user: Person
    roles: list[RoleName]
    unit: UnitName
    permissions: list[str]
    scope: Labelled
    organization: Named
    reveals: Budget


@router.get("", response=Me, operation_id="get_me")
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Return the signed-in user, his rights and his visible scope."""
    actor, language = current(request), language_of(request)
    unit = Unit.objects.get(pk=actor.unit_id)
    from kehu.flows.desk.reveal import reveals_today

    return {
        "user": {"id": actor.id, "email": actor.email, "name": actor.name, "language": actor.language},
        "roles": [{"key": key, "label": label.within(language)} for key, label in actor.roles],
        "unit": {"id": unit.pk, "code": unit.code, "name": unit.name},
        "permissions": sorted(actor.permissions),
        "scope": {"label": actor.scope_label.within(language)},
        "organization": {"name": settings.ENV.organization},
        "reveals": reveals_today(actor),
    }


class MeIn(Schema):
    """What a user may change of himself."""

    name: str | None = None
    language: str | None = None


@router.patch("", response=Me, operation_id="update_me")
def update_me(request: HttpRequest, body: MeIn) -> dict[str, Any]:
    """Change one's own name or language."""
    actor = current(request)
    changes: dict[str, str] = {}
    if body.language is not None:
        if body.language not in LANGUAGES:
            raise Invalid(Text("语言只有 zh-CN 和 en。", "Languages are zh-CN and en."))
        changes["language"] = body.language
    if body.name is not None and body.name.strip():
        changes["name"] = body.name.strip()[:100]
    if changes:
        User.objects.filter(pk=actor.id).update(**changes)
        vars(request).pop("actor", None)
    return get_me(request)
