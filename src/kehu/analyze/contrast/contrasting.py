"""What sets a segment apart, the greatest difference first: shares, means and values on one scale of effect.

Nobody is singled out: a share or a value that 1 to 9 customers of either side have, or have not, is not told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from kehu.analyze.contrast.rows import MOST_VALUES, Marked
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.happenings import Clock
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.standardize.numbers.effects import (
    Sample,
    association,
    discoveries,
    mean_chance,
    mean_effect,
    share_chance,
    share_effect,
)
from kehu.standardize.numbers.shares import Interval

FEWEST = 10
Of = Literal["field", "unit", "event", "trait"]
Measure = Literal["mean", "days", "share", "values"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A share or a mean in the segment and in the rest."""

    ours: float
    rest: float


@dataclass(frozen=True, slots=True)
class ValueShare:
    """A value with its shares of those of whom the field is known, and Cohen's h; `key` is None for all values not told."""

    key: str | None
    shares: Pair
    effect: Interval


@dataclass(frozen=True, slots=True)
class Difference:
    """One characteristic. `effect` is h of a share, d of a mean, and of values the greatest h among them, beside `cramers_v`.

    `is_sure`: more than chance, with all characteristics compared (at most 5 % of those told are chance). `missing`: shares of
    those of whom it is not known; None where they would single somebody out.
    """

    of: Of
    key: str
    measure: Measure
    figures: Pair | None
    effect: Interval
    values: tuple[ValueShare, ...]
    cramers_v: float | None
    missing: Pair | None
    is_sure: bool
    chance: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """A segment against the rest: sizes, differences, and how many characteristics too few customers have to be told."""

    ours: int
    rest: int
    differences: tuple[Difference, ...]
    untold: int
    as_of: datetime


def contrast(raw: Any, *, purpose: str | None, actor: Actor, book: Book, now: datetime) -> Contrast:
    """Return what sets a definition's customers apart. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    definition = read(raw, book.kinds)
    marked = Marked(definition, actor=actor, gate=gate, book=book, clock=Clock(now, definition.zone))
    ours, rest, as_of = marked.sizes()
    if min(ours, rest) < FEWEST:
        return Contrast(ours, rest, (), 0, as_of)
    found = [
        *_numbers(marked, ours, rest),
        *_values(marked, ours, rest),
        *_habits(marked, ours, rest),
        *_traits(marked, book, ours, rest),
    ]
    told = [one for one in found if one is not None]
    sure = discoveries([one.chance for one in told])
    marked_sure = [replace(one, is_sure=is_sure) for one, is_sure in zip(told, sure, strict=True)]
    marked_sure.sort(key=lambda one: (not one.is_sure, -abs(one.effect.value), one.key))
    return Contrast(ours, rest, tuple(marked_sure), len(found) - len(told), as_of)


def _numbers(marked: Marked, ours: int, rest: int) -> Iterator[Difference | None]:
    for key, (one, other) in marked.numbers().items():
        measure: Measure = "days" if marked.kinds[key] == "date" else "mean"
        yield _means("field", key, measure, one, other, _missing(ours, int(one[0]), rest, int(other[0])))


def _traits(marked: Marked, book: Book, ours: int, rest: int) -> Iterator[Difference | None]:
    for key, sides in marked.traits(book.traits).items():
        one, other = sides
        missing = _missing(ours, int(one[0]), rest, int(other[0]))
        if book.traits[key].is_zero_without:
            one, other, missing = _with_zeros(one, ours), _with_zeros(other, rest), Pair(0, 0)
        measure: Measure = "days" if book.traits[key].kind == "since" else "mean"
        yield _means("trait", key, measure, one, other, missing)


def _with_zeros(held: Sequence[float], total: int) -> list[float]:
    """Return count, mean and variance when all others of a group have 0."""
    count, mean, variance = held
    whole = count * mean / total
    squares = variance * max(0.0, count - 1) + count * mean * mean - total * whole * whole
    return [total, whole, max(0.0, squares) / max(1, total - 1)]


def _means(
    of: Of, key: str, measure: Measure, one: Sequence[float], other: Sequence[float], missing: Pair | None
) -> Difference | None:
    mine, theirs = (Sample(int(side[0]), side[1], side[2]) for side in (one, other))
    if min(mine.count, theirs.count) < FEWEST:
        return None
    effect = mean_effect(mine, theirs)
    if effect is None:
        return None
    return Difference(
        of,
        key,
        measure,
        Pair(mine.mean, theirs.mean),
        effect,
        (),
        None,
        missing,
        False,
        mean_chance(mine, theirs),
    )


def _habits(marked: Marked, ours: int, rest: int) -> Iterator[Difference | None]:
    for name, did, others in marked.habits():
        if _singles_out(did, ours) or _singles_out(others, rest):
            yield None
            continue
        yield Difference(
            "event", name, "share", Pair(did / ours, others / rest), share_effect(did, ours, others, rest), (), None,
            Pair(0, 0), False, share_chance(did, ours, others, rest),
        )  # fmt: skip


def _values(marked: Marked, ours: int, rest: int) -> Iterator[Difference | None]:
    values = marked.values()
    for key, (known, others) in marked.known().items():
        of: Of = "unit" if key == "unit" else "field"
        yield _of_values(of, key, values.get(key, []), (known, others), _missing(ours, known, rest, others))


def _of_values(
    of: Of, key: str, rows: Sequence[tuple[str, int, int]], known: tuple[int, int], missing: Pair | None
) -> Difference | None:
    if min(known) < FEWEST or len(rows) > MOST_VALUES:
        return None
    told = merged(rows, known)
    shares = tuple(
        ValueShare(name, Pair(n / known[0], m / known[1]), share_effect(n, known[0], m, known[1]))
        for name, n, m in told
    )
    found = association([n for _, n, _ in told], [m for _, _, m in told])
    named = [one for one in shares if one.key is not None]
    if found is None or not named:
        return None
    greatest = max(named, key=lambda one: abs(one.effect.value))
    return Difference(
        of, key, "values", None, greatest.effect, tuple(sorted(shares, key=lambda one: (one.key is None, -abs(one.effect.value)))),
        found[0], missing, False, found[1],
    )  # fmt: skip


def merged(rows: Sequence[tuple[str, int, int]], known: tuple[int, int]) -> list[tuple[str | None, int, int]]:
    """Return values with their counts; those that would single somebody out are put together, with all that the rows leave out.

    What is put together is itself of nobody or of at least ten on either side: else the smallest told value joins it.
    """
    told = sorted(rows, key=lambda row: row[1] + row[2], reverse=True)
    small = [row for row in told if _is_few(row[1]) or _is_few(row[2])]
    told = [row for row in told if row not in small]
    while told and any(_is_few(one) for one in _others(told, known)):
        told.pop()
    ours, rest = _others(told, known)
    others: list[tuple[str | None, int, int]] = [(None, ours, rest)] if ours or rest else []
    return [*told, *others]


def _others(told: Sequence[tuple[str, int, int]], known: tuple[int, int]) -> tuple[int, int]:
    return known[0] - sum(n for _, n, _ in told), known[1] - sum(m for _, _, m in told)


def _missing(ours: int, known: int, rest: int, others: int) -> Pair | None:
    if _is_few(ours - known) or _is_few(rest - others):
        return None
    return Pair((ours - known) / ours, (rest - others) / rest)


def _is_few(count: int) -> bool:
    return 0 < count < FEWEST


def _singles_out(count: int, of: int) -> bool:
    return _is_few(count) or _is_few(of - count)
