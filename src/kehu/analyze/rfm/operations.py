"""Models of value are made and changed: their definition is read, and their results stand as traits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kehu.analyze.modeling import operations
from kehu.analyze.modeling.operations import ModelChange, Part, Terms
from kehu.analyze.modeling.queries import get_model
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.rfm.reading import RfmDefinition, read_rfm, written
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text

KIND = "rfm"


def parts_of(model: RfmDefinition) -> Sequence[Part]:
    """Return the parts of what a model comes to."""
    return (
        Part("tier", Text("分层", "tier"), "", "text", {one.key: one.name for one in model.tiers}),
        Part("r", Text("R 分（最近一次）", "R score (recency)"), "分", "number"),
        Part("f", Text("F 分（次数）", "F score (frequency)"), "分", "number"),
        Part("m", Text("M 分（金额）", "M score (amount)"), "分", "number"),
        Part("last", Text("距最近一次", "days since the last"), "", "since"),
        Part("times", Text("次数", "times"), "次", "number"),
        Part("amount", Text("金额", "amount"), "元", "number"),
    )


def create_rfm(
    *, key: str, terms: Terms, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> AnalysisModel:
    """Make a model of value. Raises DefinitionInvalid, and as `create_model`."""
    actor.require("trait.manage")
    read = read_rfm(definition)
    return operations.create_model(
        kind=KIND, key=key, terms=terms, definition=_whole(definition, read), parts=parts_of(read), actor=actor, now=now
    )  # fmt: skip


def change_rfm(*, key: str, change: ModelChange, actor: Actor, now: datetime) -> AnalysisModel:
    """Change a model of value. Raises DefinitionInvalid, and as `change_model`."""
    actor.require("trait.manage")
    given = change.definition
    read = read_rfm(get_model(KIND, key).definition if given is None else given)
    whole = change if given is None else replace(change, definition=_whole(given, read))
    return operations.change_model(
        kind=KIND, key=key, change=whole, parts=parts_of(read), actor=actor, now=now
    )


def _whole(raw: Mapping[str, Any], read: RfmDefinition) -> dict[str, Any]:
    """Return a definition that says its tiers and scores, so that a later standard does not change it."""
    return {**raw, "scores": read.scores, "within_days": read.days, "tiers": written(read.tiers)}
