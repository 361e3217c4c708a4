"""What each column may be, with a score: what was confirmed before, then the header, then the content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Literal

from kehu.collect.mapping.content import ColumnContent, is_sex_in_words
from kehu.collect.mapping.headers import HeaderIndex, Likeness
from kehu.collect.mapping.proposal import FieldSpec
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS

Basis = Literal["remembered", "content", "same", "similar", "pinyin", "contained"]

REMEMBERED_SCORE = 200.0
SAME_SCORE = 80.0
AGREES = 0.8
_DISAGREES = 0.5
_BONUS = 15.0
_MALUS = 45.0
_RANK_STEP = 4.0
_SECOND_STEP = 25.0
_BY_HEADER: Mapping[Likeness, float] = {
    "same": SAME_SCORE,
    "similar": 66.0,
    "pinyin": 62.0,
    "contained": 46.0,
}
# Standards that recognize their values alone, with the share that is asked and the score that it gives.
_BY_CONTENT: Mapping[str, tuple[float, float]] = {
    "resident_id": (0.8, 58.0),
    "uscc": (0.8, 58.0),
    "email": (0.8, 56.0),
    "mobile": (0.8, 55.0),
    "bank_card": (0.9, 52.0),
    "landline": (0.9, 40.0),
    "organization_name": (0.8, 30.0),
    "person_name": (0.95, 26.0),
    "address": (0.9, 28.0),
}
_SECOND = {"mobile": "mobile_2"}
_BIRTH_YEARS = (1925, 2012)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that one column may be; `share` is the share of its values that meet the standard."""

    index: int
    field: str
    score: float
    basis: Basis
    share: float | None


def candidates_of(
    index: int, header: str, content: ColumnContent, fields: Mapping[str, FieldSpec], names: HeaderIndex
) -> list[Candidate]:
    """Return the candidates of one column, the best first; by content alone only where no header speaks."""
    found = list(_by_header(index, header, content, fields, names))
    is_settled = any(each.score >= _BY_HEADER["contained"] for each in found)
    if not is_settled:
        found += _by_content(index, content, fields)
    found += [
        Candidate(index, second, each.score - _SECOND_STEP, each.basis, each.share)
        for each in found
        if (second := _SECOND.get(each.field)) in fields and second
    ]
    return sorted(found, key=lambda each: -each.score)


def rival_of(candidate: Candidate, others: Sequence[Candidate]) -> str | None:
    """Return another field that the same column may nearly as well be."""
    for other in others:
        is_second = other.field == _SECOND.get(candidate.field) or candidate.field == _SECOND.get(other.field)
        if other.field != candidate.field and not is_second and candidate.score - other.score < _MALUS / 2:
            return other.field
    return None


def _by_header(
    index: int, header: str, content: ColumnContent, fields: Mapping[str, FieldSpec], names: HeaderIndex
) -> Iterator[Candidate]:
    for match in names.matches(header):
        share = content.share(fields[match.target].standard)
        score = _BY_HEADER[match.likeness] - match.rank * _RANK_STEP
        if share is not None and share >= AGREES:
            score += _BONUS
        elif share is not None and share < _DISAGREES and len(content.filled) >= _ENOUGH:
            score -= _MALUS
        yield Candidate(index, match.target, score, match.likeness, share)


def _by_content(index: int, content: ColumnContent, fields: Mapping[str, FieldSpec]) -> Iterator[Candidate]:
    if len(content.filled) < _ENOUGH:
        return
    asked: set[str] = set()
    for field in fields.values():
        asks = _BY_CONTENT.get(field.standard)
        # The first field of a standard is its plain one; further ones need a header to be told apart.
        if asks and field.standard not in asked:
            asked.add(field.standard)
            share = content.share(field.standard)
            if (
                share is not None
                and share >= asks[0]
                and (field.standard != "person_name" or content.is_varied)
            ):
                yield Candidate(index, field.key, asks[1], "content", share)
    if "sex" in fields and is_sex_in_words(content):
        yield Candidate(index, "sex", 50.0, "content", 1.0)
    if "birth_date" in fields and _are_births(content):
        yield Candidate(index, "birth_date", 27.0, "content", content.share("date"))


def _are_births(content: ColumnContent) -> bool:
    if (content.share("date") or 0) < AGREES:
        return False
    years = sorted(islice(_years(content.filled), 200))
    return bool(years) and _BIRTH_YEARS[0] <= years[0] and median(years) <= _BIRTH_YEARS[1] - 7


def _years(values: Sequence[str]) -> Iterator[int]:
    for value in values:
        try:
            yield int(str(STANDARDS["date"].parse(value))[:4])
        except InvalidValue:
            continue
