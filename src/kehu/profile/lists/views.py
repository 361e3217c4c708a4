"""Saved views: a list as somebody arranged it, for himself or for all.

Filters name fields that are kept clear, so that no definition holds a personal value; search text is no part of one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import Registry, registry
from kehu.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from kehu.platform.ids import new_id
from kehu.platform.text import Text
from kehu.profile.models import SavedView
from kehu.profile.queries import OPERATORS, SORTS

MOST = 200
COLUMNS = frozenset({"name", "unit", "owner", "record_count", "completeness", "created_at", "updated_at"})
_OPERATORS = OPERATORS.keys() | {"in", "empty"}


class ViewNotFound(NotFound):
    """No such view of the actor's own, and none that is shared."""

    code = "view_not_found"


class ViewNotYours(NotAllowed):
    """A view that somebody else shares; only he changes it."""

    code = "view_not_yours"


class TooManyViews(Conflict):
    """One person has as many views as one person may keep."""

    code = "too_many_views"


@dataclass(frozen=True, slots=True)
class Definition:
    """Filters (`field:operator:value`), sort, columns and density of a list."""

    filters: tuple[str, ...]
    sort: str
    columns: tuple[str, ...]
    density: str

    def check(self, fields: Registry, actor: Actor) -> None:
        """Raise Invalid for a field that is unknown, sealed or hidden from the actor, and for an unknown sort."""
        for text in self.filters:
            _check_filter(text, fields, actor)
        if self.sort not in SORTS:
            raise Invalid(Text("不支持这种排序。", "This order is not supported."))
        unknown = [c for c in self.columns if c not in COLUMNS and not _is_seen(c, fields, actor)]
        if unknown:
            raise Invalid(
                Text(
                    "有的列不存在，或您的角色看不到。",
                    "A column does not exist, or is hidden from your role.",
                )
            )

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "filters": list(self.filters), "sort": self.sort, "columns": list(self.columns), "density": self.density
        }  # fmt: skip


def _check_filter(text: str, fields: Registry, actor: Actor) -> None:
    key, _, rest = text.partition(":")
    operator, _, value = rest.partition(":")
    if key in {"unit", "owner"} and operator == "eq" and value.isdigit():
        return
    if key not in fields or fields[key].is_sealed or not _is_seen(key, fields, actor):
        raise Invalid(Text("不能按这个字段筛选。", "This field cannot be filtered by."))
    if operator not in _OPERATORS:
        raise Invalid(Text("不支持这种条件。", "This condition is not supported."))


def _is_seen(key: str, fields: Registry, actor: Actor) -> bool:
    return key in fields and actor.rule_for(key, fields[key].data_class) != "hidden"


def list_views(actor: Actor) -> list[SavedView]:
    """Return the actor's own views and those that are shared, by name."""
    return list(SavedView.objects.filter(Q(owner_id=actor.id) | Q(is_shared=True)).order_by("name", "id"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a view is to be; None leaves a part of a standing one as it is."""

    name: str | None = None
    definition: Definition | None = None
    is_shared: bool | None = None

    def check(self, fields: Registry, actor: Actor, *, was_shared: bool = False) -> None:
        """Raise Invalid for the definition, NotAllowed for sharing without the right to."""
        if self.definition is not None:
            self.definition.check(fields, actor)
        if self.is_shared and not was_shared:
            actor.require("view.share")


def create_view(
    *, name: str, definition: Definition, is_shared: bool, actor: Actor, now: datetime
) -> SavedView:
    """Keep a view. Raises Invalid, TooManyViews, or NotAllowed to share."""
    Wish(name, definition, is_shared).check(registry(), actor)
    if SavedView.objects.filter(owner_id=actor.id).count() >= MOST:
        raise TooManyViews(
            Text(
                f"一个人最多保存 {MOST} 个视图，先删除一些。",
                f"One person keeps {MOST} views at most. Delete some first.",
            )
        )
    view = SavedView.objects.create(
        id=new_id(),
        owner_id=actor.id,
        name=name,
        is_shared=is_shared,
        definition=definition.as_json(),
        created_at=now,
    )
    _record("view.create", view, actor, now)
    return view


def update_view(view: SavedView, wish: Wish, *, actor: Actor, now: datetime) -> SavedView:
    """Change one's own view. Raises Invalid, or NotAllowed to share."""
    wish.check(registry(), actor, was_shared=view.is_shared)
    if wish.definition is not None:
        view.definition = wish.definition.as_json()
    view.name = view.name if wish.name is None else wish.name
    view.is_shared = view.is_shared if wish.is_shared is None else wish.is_shared
    view.save(update_fields=["name", "definition", "is_shared"])
    _record("view.change", view, actor, now)
    return view


def delete_view(view: SavedView, *, actor: Actor, now: datetime) -> None:
    """Delete one's own view."""
    _record("view.delete", view, actor, now)
    view.delete()


def drop_filters(key: str) -> int:
    """Take the conditions on a field out of every view, its values being personal from now on; returns how many views had one."""
    found = 0
    for view in SavedView.objects.select_for_update().order_by("pk"):
        kept = [text for text in view.definition["filters"] if text.partition(":")[0] != key]
        if len(kept) < len(view.definition["filters"]):
            view.definition = {**view.definition, "filters": kept}
            view.save(update_fields=["definition"])
            found += 1
    return found


def get_own_view(view_id: UUID, actor: Actor) -> SavedView:
    """Return a view to be changed. Raises ViewNotFound, or ViewNotYours for one that somebody else shares."""
    view = SavedView.objects.select_for_update().filter(pk=view_id).first()
    if view is None or (view.owner_id != actor.id and not view.is_shared):
        raise ViewNotFound(Text("没有这个视图。", "There is no such view."))
    if view.owner_id != actor.id:
        raise ViewNotYours(
            Text(
                "这是别人共享的视图，只有他能修改；可以另存一份。",
                "Somebody else shares this view and alone changes it; save a copy.",
            )
        )
    return view


def _record(action: str, view: SavedView, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="view", object_id=view.pk,
        details={"is_shared": view.is_shared}, request_id=actor.request_id,
    )  # fmt: skip
