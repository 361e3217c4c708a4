"""Shapes that several routes share."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

CSV = {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}
PAGE = {200: {"description": "OK", "content": {"text/html": {"schema": {"type": "string"}}}}}


class Label(Schema):
    """A text in both languages."""

    zh: str
    en: str


class Reference(Schema):
    """Something named, by id."""

    id: int
    name: str


class CountOut(Schema):
    """How many; `is_exact` is false for an estimate."""

    value: int
    is_exact: bool


class ShownOut(Schema):
    """A value as the reader may see it; `code` is the standard value where it is shown clear."""

    display: str
    is_masked: bool
    code: Any = None


class HitOut(Schema):
    """Why a word of a search finds a customer. `name` and `pinyin` are spans to mark, from and to, in code points.

    `field` is the key of the field whose tail or number it is, with its label; empty where that is not known.
    """

    reason: str
    field: str
    label: Label | None
    name: list[tuple[int, int]]
    pinyin: list[tuple[int, int]]


class CustomerRow(Schema):
    """A customer in a list; `hits` are told by a search only."""

    id: UUID
    party: str
    name: str
    pinyin: str
    unit: Reference
    owner: Reference | None
    record_count: int
    completeness: int
    created_at: datetime
    updated_at: datetime
    fields: dict[str, ShownOut]
    tags: list[str]
    hits: list[HitOut] = Field(default_factory=list)


class CustomerPage(Schema):
    """A page of customers."""

    items: list[CustomerRow]
    next_cursor: str | None
    count: CountOut
