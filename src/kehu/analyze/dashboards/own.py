"""Own boards: cards as somebody arranged them, for himself or for all who may read dashboards.

A board names cards only. Who opens a shared one sees its figures of his own scope, and no card that his role does not show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from kehu.analyze.dashboards.catalog import CARDS
from kehu.analyze.models.boards import Board
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from kehu.platform.ids import new_id
from kehu.platform.text import Text

MOST, MOST_CARDS = 50, 30


class BoardNotFound(NotFound):
    """No such board of the actor's own, and none that is shared."""

    code = "board_not_found"


class BoardNotYours(NotAllowed):
    """A board that somebody else shares; only he changes it."""

    code = "board_not_yours"


class TooManyBoards(Conflict):
    """One person has as many boards as one person may keep."""

    code = "too_many_boards"


class BoardChanged(Conflict):
    """The board was changed since it was opened: another window would lose what this one did."""

    code = "board_changed"


class Place(NamedTuple):
    """A card on a board; a wide one takes the whole row."""

    card: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class BoardWish:
    """What a board is to be; None leaves a part of a standing one as it is."""

    name: str | None = None
    places: Sequence[Place] | None = None
    is_shared: bool | None = None


def list_boards(actor: Actor) -> list[Board]:
    """Return the actor's own boards and those that are shared, by name."""
    actor.require("dashboard.read")
    return list(Board.objects.filter(Q(owner_id=actor.id) | Q(is_shared=True)).order_by("name", "id"))


def create_board(
    *, name: str, places: Sequence[Place], is_shared: bool, actor: Actor, now: datetime
) -> Board:
    """Keep a board. Raises Invalid, TooManyBoards, or NotAllowed to share."""
    actor.require("dashboard.read")
    _check(BoardWish(name, places, is_shared), actor, was_shared=False)
    if Board.objects.filter(owner_id=actor.id).count() >= MOST:
        raise TooManyBoards(
            Text(
                f"一个人最多保存 {MOST} 个看板，先删除一些。",
                f"One person keeps {MOST} boards at most. Delete some first.",
            )
        )
    made = Board.objects.create(
        id=new_id(), owner_id=actor.id, name=name.strip(), is_shared=is_shared, cards=_written(places),
        created_at=now, changed_at=now,
    )  # fmt: skip
    _record("board.create", made, actor, now)
    return made


def change_board(board_id: UUID, wish: BoardWish, *, version: int, actor: Actor, now: datetime) -> Board:
    """Change one's own board as it was when it was opened. Raises BoardNotFound, BoardNotYours, BoardChanged or Invalid."""
    actor.require("dashboard.read")
    board = _own(board_id, actor)
    if board.version != version:
        raise BoardChanged(
            Text(
                "这个看板在别的窗口改过了。刷新后再改，或另存为新的看板。",
                "The board was changed in another window. Reload it, or keep yours as a new board.",
            )
        )
    _check(wish, actor, was_shared=board.is_shared)
    board.name = board.name if wish.name is None else wish.name.strip()
    board.cards = board.cards if wish.places is None else _written(wish.places)
    board.is_shared = board.is_shared if wish.is_shared is None else wish.is_shared
    board.version, board.changed_at = board.version + 1, now
    board.save()
    _record("board.change", board, actor, now)
    return board


def delete_board(board_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Delete one's own board. Raises BoardNotFound or BoardNotYours."""
    actor.require("dashboard.read")
    board = _own(board_id, actor)
    _record("board.delete", board, actor, now)
    board.delete()


def _own(board_id: UUID, actor: Actor) -> Board:
    board = Board.objects.select_for_update().filter(pk=board_id).first()
    if board is None or (board.owner_id != actor.id and not board.is_shared):
        raise BoardNotFound(Text("没有这个看板。", "There is no such board."))
    if board.owner_id != actor.id:
        raise BoardNotYours(
            Text(
                "这是别人共享的看板，只有他能改。可以用它新建自己的。",
                "Somebody else shares this board, and only he changes it. Make one of your own of it.",
            )
        )
    return board


def _check(wish: BoardWish, actor: Actor, *, was_shared: bool) -> None:
    if wish.name is not None and not wish.name.strip():
        raise Invalid(Text("给看板起个名称。", "Give the board a name."))
    if wish.places is not None:
        _check_places(wish.places, actor)
    if wish.is_shared and not was_shared:
        actor.require("view.share")


def _check_places(places: Sequence[Place], actor: Actor) -> None:
    if not 1 <= len(places) <= MOST_CARDS:
        raise Invalid(Text(f"放 1 到 {MOST_CARDS} 张卡片。", f"A board has 1 to {MOST_CARDS} cards."))
    keys = [one.card for one in places]
    if len(set(keys)) < len(keys):
        raise Invalid(Text("同一张卡片放了两次。", "A card stands on the board twice."))
    unknown = [key for key in keys if key not in CARDS or not actor.may(CARDS[key].needs)]
    if unknown:
        raise Invalid(
            Text(
                "有的卡片不存在，或您的角色看不到它。",
                "A card does not exist, or your role does not show it.",
            )
        )


def _written(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [{"card": one.card, "is_wide": one.is_wide} for one in places]


def _record(action: str, board: Board, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="board", object_id=str(board.pk),
        details={"is_shared": board.is_shared, "cards": board.cards}, request_id=actor.request_id,
    )  # fmt: skip
