"""Computed traits (指标): made and changed by marketers and analysts, tried before they are saved, read of a customer."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from kehu.analyze.models.traits import Trait
from kehu.analyze.traits import queries
from kehu.analyze.traits.aggregates import AGGREGATES
from kehu.analyze.traits.operations import Words
from kehu.analyze.traits.preview import preview
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.api.govern.roles import LabelIn
from kehu.flows.analyze.traits.make_trait import change_trait, create_trait
from kehu.platform.text import Text

router = Router(tags=["traits"])
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class TraitOut(Schema):
    """A trait. `computed_at` is null until its values are there; `kind` is number, text or since (days since)."""

    key: str
    name: Label
    unit: str
    used_for: str
    origin: str
    kind: str
    definition: dict[str, Any]
    version: int
    is_active: bool
    computed_at: datetime | None
    holders: int
    created_at: datetime


class TraitVersionOut(Schema):
    """A definition as it was published."""

    number: int
    definition: dict[str, Any]
    published_at: datetime


class TraitDetails(TraitOut):
    """A trait with all its definitions, the newest first."""

    versions: list[TraitVersionOut]


class TraitWordsIn(Schema):
    """How a trait is called, its unit, and what it is used for."""

    name: LabelIn
    unit: str = Field(default="", max_length=16)
    used_for: str = Field(min_length=1, max_length=400)

    def words(self) -> Words:
        """Return them as operations take them."""
        return Words(Text(self.name.zh, self.name.en), self.unit.strip(), self.used_for.strip())


class TraitIn(TraitWordsIn):
    """A new trait."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    definition: dict[str, Any]


class TraitChange(Schema):
    """What is to change."""

    words: TraitWordsIn | None = None
    definition: dict[str, Any] | None = None
    is_active: bool | None = None


class AggregateOut(Schema):
    """An aggregate: whether it is of a property (`none`, `may`, `must`), and of which kinds its values may be."""

    key: str
    label: Label
    hint: Label
    takes: str
    kinds: list[str]
    is_zero_without: bool


class TraitPreviewIn(Schema):
    """A draft, and what the look at it is for."""

    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]


class SpreadBar(Schema):
    """How many customers have a value from `low` to below `high` (null: no bound), or one that is `text`."""

    low: float | None
    high: float | None
    text: str
    count: int


class Spread(Schema):
    """Values of a draft over the customers of the caller's scope whom the purpose allows. `without` have 0, or none."""

    kind: str
    holders: int
    without: int
    is_zero_without: bool
    mean: float | None
    marks: dict[str, float]
    bars: list[SpreadBar]
    as_of: datetime


def _out(trait: Trait) -> dict[str, Any]:
    same = (
        "key", "unit", "used_for", "origin", "kind", "definition", "version", "is_active", "computed_at", "holders", "created_at"
    )  # fmt: skip
    return {name: getattr(trait, name) for name in same} | {
        "name": {"zh": trait.name_zh, "en": trait.name_en}
    }


@router.get("", response=list[TraitOut], operation_id="list_traits")
def list_traits(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all traits, those in use first."""
    current(request).require("segment.read")
    return [_out(trait) for trait in queries.list_traits()]


@router.get("/aggregates", response=list[AggregateOut], operation_id="list_trait_aggregates")
def list_aggregates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what can be made of events."""
    current(request).require("segment.read")
    return [
        {
            "key": key, "label": form.text._asdict(), "hint": form.hint._asdict(), "takes": form.takes,
            "kinds": list(form.kinds), "is_zero_without": form.is_zero_without,
        }
        for key, form in AGGREGATES.items()
    ]  # fmt: skip


@router.post("/preview", response=Spread, operation_id="preview_trait")
def preview_trait(request: HttpRequest, body: TraitPreviewIn) -> Any:
    """Return how the values of a draft would be spread over the customers whom the purpose allows."""
    actor = current(request)
    actor.require("trait.manage")
    return preview(body.definition, purpose=body.purpose, actor=actor, now=timezone.now())


@router.post("", response={201: TraitOut}, operation_id="create_trait")
def post_trait(request: HttpRequest, body: TraitIn) -> Status[dict[str, Any]]:
    """Make a trait; its values are there soon after."""
    made = create_trait(
        key=body.key,
        words=body.words(),
        definition=body.definition,
        actor=current(request),
        now=timezone.now(),
    )
    return Status(201, _out(made))


@router.get("/{key}", response=TraitDetails, operation_id="get_trait")
def get_trait(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return a trait with its versions."""
    current(request).require("segment.read")
    trait = queries.get_trait(key)
    versions = trait.versions.order_by("-number").values("number", "definition", "published_at")
    return {**_out(trait), "versions": list(versions)}


@router.patch("/{key}", response=TraitOut, operation_id="change_trait")
def patch_trait(request: HttpRequest, key: Key, body: TraitChange) -> dict[str, Any]:
    """Name a trait anew, give it another definition, or put it out of use or back."""
    changed = change_trait(
        key=key, words=body.words.words() if body.words else None, definition=body.definition,
        is_active=body.is_active, actor=current(request), now=timezone.now(),
    )  # fmt: skip
    return _out(changed)
