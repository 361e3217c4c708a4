"""Segments: what a definition may say, and how many customers it describes, for a purpose that is named."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from kehu.analyze.segments.counting import count
from kehu.analyze.segments.operators import MET_BY_NOTHING, OPERATORS
from kehu.analyze.segments.properties import Property, list_properties
from kehu.analyze.segments.saved.telling import words_of
from kehu.analyze.segments.schema import definition_schema
from kehu.analyze.segments.vocabulary import describe
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.purposes.terms import CHANNELS

router = Router(tags=["segments"])


def literal_paths_first() -> None:
    """Have `/count` asked before `/{segment_id}`, in whichever order the modules were imported."""
    router.path_operations = dict(sorted(router.path_operations.items(), key=lambda entry: "{" in entry[0]))


class SegmentCountIn(Schema):
    """A definition (its schema is at `/segments/schema.json`) and what the count is for."""

    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]


class SegmentCount(Schema):
    """How many customers there are. Fields and events are of `as_of`, scope and consent of now."""

    count: int
    as_of: datetime


class OperatorOut(Schema):
    """An operator: of which kinds of field it asks, how many values it takes, and whether an unknown value meets it."""

    key: str
    label: Label
    kinds: list[str]
    takes: str
    is_met_by_nothing: bool


class SegmentFieldOut(Schema):
    """A field that may be asked, its kind, and its codes where it has a list of them."""

    key: str
    label: Label
    section: str
    kind: str
    codes: dict[str, Label]


class SegmentTraitOut(Schema):
    """A computed trait that may be asked; `kind` is number or text, and `codes` are the words of its texts, if they are few."""

    key: str
    label: Label
    unit: str
    kind: str
    codes: dict[str, Label]


class SegmentTagOut(Schema):
    """A tag that may be asked."""

    id: int
    name: str


class VocabularyOut(Schema):
    """What definitions are made of: fields, operators, the names of events that happened, computed traits, channels, tags.

    `relationships` are what another customer may be for this one; none where the reader may not ask about them.
    """

    fields: list[SegmentFieldOut]
    operators: list[OperatorOut]
    events: list[str]
    traits: list[SegmentTraitOut]
    channels: dict[str, Label]
    tags: list[SegmentTagOut]
    relationships: dict[str, Label]


class EventPropertyOut(Schema):
    """A property that an event had lately; `kind` is number, date, yes_no or text."""

    name: str
    kind: str


class SegmentWordsIn(Schema):
    """A definition that is being written; `segment_id` is the saved segment that it will define, if there is one."""

    definition: dict[str, Any]
    segment_id: UUID | None = None


class SegmentWords(Schema):
    """The definition in words."""

    words: Label


@router.get("/schema.json", operation_id="get_segment_schema", response=dict[str, Any])
def get_schema(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON Schema of a definition; every operator has an example."""
    current(request).require("segment.read")
    return definition_schema()


@router.get("/vocabulary", response=VocabularyOut, operation_id="get_segment_vocabulary")
def get_vocabulary(request: HttpRequest) -> dict[str, Any]:
    """Return the fields, operators and events that a definition may name."""
    actor = current(request)
    actor.require("segment.read")
    found = describe(actor)
    operators = [
        {
            "key": key, "label": form.text._asdict(), "kinds": list(form.kinds), "takes": form.takes,
            "is_met_by_nothing": key in MET_BY_NOTHING,
        }
        for key, form in OPERATORS.items()
    ]  # fmt: skip
    fields = [
        {
            "key": one.key, "label": one.label._asdict(), "section": one.section, "kind": one.kind,
            "codes": {code: label._asdict() for code, label in one.codes.items()},
        }
        for one in found.fields
    ]  # fmt: skip
    traits = [
        {
            "key": one.key, "label": one.label._asdict(), "unit": one.unit, "kind": one.kind,
            "codes": {code: text._asdict() for code, text in one.codes.items()},
        }
        for one in found.traits
    ]  # fmt: skip
    channels = {key: name._asdict() for key, name in CHANNELS.items()}
    return {
        "fields": fields, "operators": operators, "events": list(found.events), "traits": traits, "channels": channels,
        "tags": [{"id": key, "name": name} for key, name in found.tags.items()],
        "relationships": {key: label._asdict() for key, label in found.relationships.items()},
    }  # fmt: skip


@router.get("/properties", response=list[EventPropertyOut], operation_id="list_event_properties")
def get_properties(request: HttpRequest, event: Annotated[str, Query(max_length=200)] = "") -> list[Property]:
    """Return which properties an event had lately, none without an event; never their values."""
    current(request).require("segment.read")
    return list(list_properties(event)) if event else []


@router.post("/words", response=SegmentWords, operation_id="tell_segment")
def tell_segment(request: HttpRequest, body: SegmentWordsIn) -> dict[str, Any]:
    """Tell a definition in words, or what is wrong with it and where (`fields` holds the place)."""
    actor = current(request)
    actor.require("segment.read")
    return {"words": words_of(body.definition, own=body.segment_id, actor=actor)._asdict()}


@router.post("/count", response=SegmentCount, operation_id="count_segment")
def count_segment(request: HttpRequest, body: SegmentCountIn) -> dict[str, Any]:
    """Count the customers of the caller's scope whom the purpose may take and the definition describes, exactly."""
    actor = current(request)
    actor.require("segment.read")
    found = count(body.definition, purpose=body.purpose, actor=actor, now=timezone.now())
    return {"count": found.count, "as_of": found.as_of}
