"""What the places on a card's axis and its series are called, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kehu.analyze.dashboards.card import Answer, Asked, Card
from kehu.analyze.dashboards.figures.kept import open_segments
from kehu.collect.models import Source
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name
from kehu.platform.db.rows import uuid_array
from kehu.platform.text import Text
from kehu.profile import queries as profiles

_NONE = Text("（无）", "(none)")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels by key, in the order of the axis and of the series."""

    axis: dict[str, Text]
    series: dict[str, Text]


def labels_of(card: Card, asked: Asked, answer: Answer) -> Labels:
    """Return the labels of what an answer names; a line has every step, also those in which nothing was."""
    names = list(dict.fromkeys(point.series for point in answer.points)) or list(card.series) or [""]
    series = dict(card.series) or {key: Text("", "") for key in names}
    if card.shape == "heat":
        series = _units(names)
    if card.named and card.over == "time":
        series = {key: name for key, name in card.named().items() if key in names} or series
    if card.key == "segment_sizes":
        series = {key: _same(name) for key, name in open_segments(asked).items() if key in names} or series
    return Labels(_axis(card, asked, answer), series)


def _axis(card: Card, asked: Asked, answer: Answer) -> dict[str, Text]:
    keys = list(dict.fromkeys(point.x for point in answer.points))
    match card.over:
        case "time":
            return {str(place): _same(day.isoformat()) for place, day in enumerate(asked.period.steps)}
        case "unit":
            return _units(keys)
        case "source":
            names = dict(Source.objects.filter(pk__in=[int(key) for key in keys]).values_list("pk", "name"))
            return {key: _same(names.get(int(key), key)) for key in keys}
        case "customer":
            return _customers(keys, asked.actor)
        case _:
            known = dict(card.words)
            if card.key == "segment_moves":
                known = {key: _same(name) for key, name in open_segments(asked).items()}
            if card.named:
                known = dict(card.named())
            return {key: known.get(key) or (_same(key) if key else _NONE) for key in keys}


def _units(keys: Iterable[str]) -> dict[str, Text]:
    found = list(keys)
    names = profiles.get_names("govern_unit", [int(key) for key in found if key])
    return {key: _same(names.get(int(key), key)) if key else _NONE for key in found}


def _customers(keys: list[str], actor: Actor) -> dict[str, Text]:
    own = profiles.Condition("c.id = ANY(%s::uuid[])", (uuid_array(UUID(key) for key in keys),))
    rows = profiles.list_customers(limit=max(len(keys), 1), cursor=None, sort="name", conditions=[own]).rows
    names = {str(row.id): shown_name(row.name, actor) for row in rows}
    return {key: _same(names[key]) for key in keys if key in names}


def _same(text: str) -> Text:
    return Text(text, text)
