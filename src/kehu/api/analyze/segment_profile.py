"""What sets a segment apart (客群画像): its customers against the rest of those whom its purpose may take, by size of effect."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from kehu.analyze.behavior.labels import labels_of
from kehu.analyze.contrast.contrasting import FEWEST, Contrast, Difference, Pair, ValueShare, contrast
from kehu.analyze.segments.saved import queries
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.traits.queries import list_computed
from kehu.api.analyze.behavior import RateOut, rate
from kehu.api.analyze.segments import router
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.fields.registry import registry
from kehu.platform.text import Text

_UNIT = Text("归属机构", "Home unit")


class ContrastPair(Schema):
    """A share or a mean in the segment and in the rest."""

    ours: float
    rest: float


class ContrastValue(Schema):
    """A value with its shares of both, and Cohen's h; the key is null for all values that are not told."""

    key: str | None
    label: Label
    shares: ContrastPair
    effect: RateOut


class DifferenceOut(Schema):
    """A characteristic. `measure` is mean, days (before today), share or values; `effect` is Cohen's d or h with 95 % bounds.

    `is_sure`: more than chance, with all that is compared. `missing` is null where it would single somebody out.
    """

    of: str
    key: str
    label: Label
    unit: str
    measure: str
    figures: ContrastPair | None
    effect: RateOut
    values: list[ContrastValue]
    cramers_v: float | None
    missing: ContrastPair | None
    is_sure: bool


class SegmentProfileOut(Schema):
    """A segment against the rest; nothing is told of fewer than `fewest` customers, and `untold` is how often that was so."""

    ours: int
    rest: int
    fewest: int
    differences: list[DifferenceOut]
    untold: int
    as_of: datetime


@router.get("/{segment_id}/profile", response=SegmentProfileOut, operation_id="get_segment_profile")
def get_profile(request: HttpRequest, segment_id: UUID) -> dict[str, Any]:
    """Return what sets a segment apart within the caller's scope; a segment that asks about hidden fields stays closed."""
    actor = current(request)
    actor.require("segment.read")
    segment = queries.open_segment(segment_id, actor)
    definition = segment.current.definition if segment.current else {"any": []}
    found = contrast(
        definition, purpose=segment.purpose, actor=actor, book=book_of(actor), now=timezone.now()
    )
    return _out(found)


def _out(found: Contrast) -> dict[str, Any]:
    fields = registry()
    traits = {one.key: one for one in list_computed()}
    names: dict[tuple[str, str], Text] = {
        **{("field", key): spec.label for key, spec in fields.items()},
        **{("trait", key): Text(one.name_zh, one.name_en) for key, one in traits.items()},
        ("unit", "unit"): _UNIT,
    }
    units = {key: one.unit for key, one in traits.items()}
    return {
        "ours": found.ours, "rest": found.rest, "fewest": FEWEST, "untold": found.untold, "as_of": found.as_of,
        "differences": [_difference(one, names, units) for one in found.differences],
    }  # fmt: skip


def _difference(
    one: Difference, names: Mapping[tuple[str, str], Text], units: Mapping[str, str]
) -> dict[str, Any]:
    label = names.get((one.of, one.key), Text(one.key, one.key))
    labels = labels_of(one.key, [value.key for value in one.values if value.key]) if one.values else {}
    return {
        "of": one.of, "key": one.key, "label": label._asdict(), "measure": one.measure, "effect": rate(one.effect),
        "unit": units.get(one.key, "") if one.of == "trait" else "", "figures": _pair(one.figures),
        "values": [_value(value, labels) for value in one.values], "cramers_v": one.cramers_v,
        "missing": _pair(one.missing), "is_sure": one.is_sure,
    }  # fmt: skip


def _value(one: ValueShare, labels: Mapping[str | None, Text]) -> dict[str, Any]:
    label = Text("其他", "Others") if one.key is None else labels[one.key]
    return {
        "key": one.key,
        "label": label._asdict(),
        "shares": _pair(one.shares),
        "effect": rate(one.effect),
    }


def _pair(one: Pair | None) -> dict[str, float] | None:
    return None if one is None else {"ours": one.ours, "rest": one.rest}
