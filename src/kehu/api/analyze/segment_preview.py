"""A definition while it is written: how many remain at each part, and a few of those whom it describes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from kehu.analyze.segments.counting import Remaining, count_steps, draw
from kehu.api.analyze.segments import SegmentCountIn, router
from kehu.api.edge.presenting import people_of
from kehu.api.govern.me import current

MOST = 5


class SegmentSteps(Schema):
    """How many remain at each part by its place (`all[1].not.any[0]`), of how many whom the purpose may take.

    Where all parts have to hold, who met every one so far; of alternatives and of what must not hold, who meets that one
    among those who came so far. `left_out` meet the definition, and the purpose may not take them.
    """

    steps: dict[str, int]
    of: int
    left_out: int


class SegmentSampleIn(SegmentCountIn):
    """A definition, what it is for, and a number: another one draws other customers."""

    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class SampledOut(Schema):
    """A customer whom the definition describes."""

    customer_id: UUID
    name: str
    unit: str


@router.post("/steps", response=SegmentSteps, operation_id="count_segment_steps")
def post_steps(request: HttpRequest, body: SegmentCountIn) -> Remaining:
    """Return how many customers of the caller's scope remain at each part of a definition, exactly."""
    actor = current(request)
    actor.require("segment.read")
    return count_steps(body.definition, purpose=body.purpose, actor=actor, now=timezone.now())


@router.post("/sample", response=list[SampledOut], operation_id="sample_segment")
def post_sample(request: HttpRequest, body: SegmentSampleIn) -> list[dict[str, Any]]:
    """Return five customers of the caller's scope whom a definition describes, drawn at random."""
    actor = current(request)
    actor.require("segment.read")
    ids = draw(
        body.definition, purpose=body.purpose, most=MOST, seed=body.seed, actor=actor, now=timezone.now()
    )
    return people_of(ids, actor)
