"""Lifecycles are made and changed: their rules are read, and the stage stands as a trait."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kehu.analyze.lifecycle.reading import PART, Lifecycle, read_lifecycle
from kehu.analyze.modeling import operations
from kehu.analyze.modeling.operations import ModelChange, Part, Terms
from kehu.analyze.modeling.queries import get_model
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.segments.saved.reading import book_of
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text

KIND = "lifecycle"


def parts_of(lifecycle: Lifecycle) -> Sequence[Part]:
    """Return the parts of what a lifecycle comes to."""
    return (Part(PART, Text("阶段", "stage"), "", "text", {one.key: one.name for one in lifecycle.stages}),)


def create_lifecycle(
    *, key: str, terms: Terms, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> AnalysisModel:
    """Make a lifecycle. Raises DefinitionInvalid, and as `create_model`."""
    actor.require("trait.manage")
    read = read_lifecycle(definition, book_of(actor), own=key)
    return operations.create_model(
        kind=KIND, key=key, terms=terms, definition=definition, parts=parts_of(read), actor=actor, now=now
    )


def change_lifecycle(*, key: str, change: ModelChange, actor: Actor, now: datetime) -> AnalysisModel:
    """Change a lifecycle; stays go on where the stage is still the same. Raises DefinitionInvalid, and as `change_model`."""
    actor.require("trait.manage")
    given = change.definition
    raw = get_model(KIND, key).definition if given is None else given
    read = read_lifecycle(raw, book_of(actor if given is not None else None), own=key)
    return operations.change_model(
        kind=KIND, key=key, change=change, parts=parts_of(read), actor=actor, now=now
    )
