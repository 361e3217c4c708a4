"""Saved views of the list of customers: one's own, and those that others share."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kehu.api.edge.schemas import Reference
from kehu.api.govern.me import current
from kehu.api.govern.units import Name
from kehu.govern.access.actors import Actor
from kehu.profile.lists import views
from kehu.profile.models import SavedView
from kehu.profile.queries import get_names

router = Router(tags=["views"])


class DefinitionIn(Schema):
    """How the list is arranged. Search text has no place here, so whatever else is given is refused."""

    model_config = ConfigDict(extra="forbid")

    filters: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=20)
    sort: str = Field(default="name", max_length=32)
    columns: list[Annotated[str, Field(max_length=64)]] = Field(default_factory=list, max_length=50)
    density: Literal["comfortable", "compact"] = "comfortable"


class ViewIn(Schema):
    """A new view."""

    name: Name
    definition: DefinitionIn
    is_shared: bool = False


class ViewChange(Schema):
    """What is to change; what is left out stays."""

    name: Name | None = None
    definition: DefinitionIn | None = None
    is_shared: bool | None = None


class DefinitionOut(Schema):
    """How the list is arranged."""

    filters: list[str]
    sort: str
    columns: list[str]
    density: str


class ViewOut(Schema):
    """A view and whose it is."""

    id: UUID
    name: str
    owner: Reference
    is_mine: bool
    is_shared: bool
    definition: DefinitionOut


def _definition(body: DefinitionIn) -> views.Definition:
    return views.Definition(tuple(body.filters), body.sort, tuple(body.columns), body.density)


def _out(found: list[SavedView], actor: Actor) -> list[dict[str, Any]]:
    names = get_names("govern_user", [view.owner_id for view in found])
    return [
        {
            "id": view.pk, "name": view.name, "is_mine": view.owner_id == actor.id, "is_shared": view.is_shared,
            "owner": {"id": view.owner_id, "name": names.get(view.owner_id, "")}, "definition": view.definition,
        }
        for view in found
    ]  # fmt: skip


@router.get("", response=list[ViewOut], operation_id="list_views")
def list_views(request: HttpRequest) -> list[dict[str, Any]]:
    """Return one's own views and those that are shared, by name."""
    actor = current(request)
    actor.require("customer.read")
    return _out(views.list_views(actor), actor)


@router.post("", response={201: ViewOut}, operation_id="create_view")
def create_view(request: HttpRequest, body: ViewIn) -> Status[dict[str, Any]]:
    """Keep a view."""
    actor = current(request)
    actor.require("customer.read")
    view = views.create_view(
        name=body.name, definition=_definition(body.definition), is_shared=body.is_shared, actor=actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _out([view], actor)[0])


@router.patch("/{view_id}", response=ViewOut, operation_id="update_view")
def update_view(request: HttpRequest, view_id: UUID, body: ViewChange) -> dict[str, Any]:
    """Change one's own view."""
    actor = current(request)
    actor.require("customer.read")
    definition = _definition(body.definition) if body.definition is not None else None
    wish = views.Wish(body.name, definition, body.is_shared)
    view = views.update_view(views.get_own_view(view_id, actor), wish, actor=actor, now=timezone.now())
    return _out([view], actor)[0]


@router.delete("/{view_id}", response={204: None}, operation_id="delete_view")
def delete_view(request: HttpRequest, view_id: UUID) -> Status[None]:
    """Delete one's own view."""
    actor = current(request)
    actor.require("customer.read")
    views.delete_view(views.get_own_view(view_id, actor), actor=actor, now=timezone.now())
    return Status(204, None)
