"""Own boards: one's own, and those that others share."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.analyze.dashboards import own
from kehu.analyze.dashboards.own import BoardWish, Place
from kehu.analyze.models.boards import Board
from kehu.api.edge.schemas import Reference
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.profile.queries import get_names

router = Router(tags=["dashboards"])
BoardName = Annotated[str, Field(min_length=1, max_length=80)]


class BoardPlace(Schema):
    """A card on a board; a wide one takes the whole row."""

    card: str = Field(max_length=64)
    is_wide: bool = False


class BoardIn(Schema):
    """A new board."""

    name: BoardName
    cards: list[BoardPlace]
    is_shared: bool = False


class BoardChange(Schema):
    """What is to change of the board as it was opened (`version`); what is left out stays."""

    version: int
    name: BoardName | None = None
    cards: list[BoardPlace] | None = None
    is_shared: bool | None = None


class BoardOut(Schema):
    """A board and whose it is."""

    id: UUID
    name: str
    owner: Reference
    is_mine: bool
    is_shared: bool
    cards: list[BoardPlace]
    version: int


@router.get("", response=list[BoardOut], operation_id="list_boards")
def list_boards(request: HttpRequest) -> list[dict[str, Any]]:
    """Return one's own boards and those that are shared, by name."""
    actor = current(request)
    return _out(own.list_boards(actor), actor)


@router.post("", response={201: BoardOut}, operation_id="create_board")
def create_board(request: HttpRequest, body: BoardIn) -> Status[dict[str, Any]]:
    """Keep a board."""
    actor = current(request)
    made = own.create_board(
        name=body.name, places=_places(body.cards), is_shared=body.is_shared, actor=actor, now=timezone.now()
    )
    return Status(201, _out([made], actor)[0])


@router.patch("/{board_id}", response=BoardOut, operation_id="change_board")
def change_board(request: HttpRequest, board_id: UUID, body: BoardChange) -> dict[str, Any]:
    """Change one's own board; 409 where it was changed since it was opened."""
    actor = current(request)
    wish = BoardWish(body.name, None if body.cards is None else _places(body.cards), body.is_shared)
    made = own.change_board(board_id, wish, version=body.version, actor=actor, now=timezone.now())
    return _out([made], actor)[0]


@router.delete("/{board_id}", response={204: None}, operation_id="delete_board")
def delete_board(request: HttpRequest, board_id: UUID) -> Status[None]:
    """Delete one's own board."""
    own.delete_board(board_id, actor=current(request), now=timezone.now())
    return Status(204, None)


def _places(cards: list[BoardPlace]) -> list[Place]:
    return [Place(one.card, one.is_wide) for one in cards]


def _out(found: list[Board], actor: Actor) -> list[dict[str, Any]]:
    names = get_names("govern_user", [one.owner_id for one in found])
    return [
        {
            "id": one.pk, "name": one.name, "is_mine": one.owner_id == actor.id, "is_shared": one.is_shared,
            "owner": {"id": one.owner_id, "name": names.get(one.owner_id, "")}, "cards": one.cards, "version": one.version,
        }
        for one in found
    ]  # fmt: skip
