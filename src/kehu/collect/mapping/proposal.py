"""What is proposed for a column, and what the mapping needs to know of a field."""

from dataclasses import dataclass
from typing import Literal

from kehu.platform.text import Text

Role = Literal["field", "key", "unit", "owner", "at", "property", "ignore", "forbidden"]
Certainty = Literal["high", "medium", "low", "none"]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of the registry; `synonyms` are headers that mean it, besides its labels, its key and our own list."""

    key: str
    label: Text
    standard: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """The proposal for one column.

    A column with role `key` tells the records of the source apart; its `field`, where it has one, is filled too.
    Role `property` exists for event files only. `samples_masked` never holds a personal value in clear.
    """

    column: str
    index: int
    field: str | None
    role: Role
    certainty: Certainty
    reason: Text
    warning: Text | None
    samples_masked: tuple[str, ...]
