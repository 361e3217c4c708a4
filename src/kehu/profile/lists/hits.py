"""Why a customer is a hit of a search: each word's reason, the characters to mark, the field of a number. No number is told.

Only what the reader may search by is looked at; marks are spans in code points of the name and of its pinyin line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from uuid import UUID

from django.db import connection

from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.keyring import keyring
from kehu.profile.lists.search import Word, readings
from kehu.profile.lists.tokens import TAIL, TAILS
from kehu.profile.queries import Row
from kehu.resolve.kinds import get_kinds
from kehu.standardize.persons.names import fold_name
from kehu.standardize.persons.pinyin import Sound, sounds

Reason = Literal["name", "pinyin", "initials", "tail", "number"]
Span = tuple[int, int]
_KINDS = (
    "SELECT DISTINCT cluster_id, kind FROM resolve_identifier WHERE cluster_id = ANY(%s) AND value = ANY(%s)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One word's reason. `field` is whose number it is, empty where the golden record holds it no more."""

    reason: Reason
    field: str = ""
    name: tuple[Span, ...] = ()
    pinyin: tuple[Span, ...] = ()


def hits_of(rows: Sequence[Row], words: Sequence[Word], fields: Registry) -> dict[UUID, list[Hit]]:
    """Return the hits of each customer of a page, in the order of the words; `fields` are those the reader may search by."""
    found: dict[UUID, list[Hit]] = {row.id: [] for row in rows}
    for word in words:
        numbers = _numbers(word, rows, fields) if word.meaning == "number" else {}
        for row in rows:
            found[row.id] += _hits(word, row, fields, numbers)
    return found


def _hits(word: Word, row: Row, fields: Registry, numbers: Mapping[UUID, Sequence[str]]) -> list[Hit]:
    if word.meaning == "name":
        return [Hit("name", name=in_name(word.text, row.name))]
    if word.meaning == "letters":
        return [in_letters(word.text, row.name)]
    if word.meaning == "tail":
        keys = [key for key in TAILS if key in fields and str(row.values.get(key, ""))[-TAIL:] == word.text]
        return [Hit("tail", key) for key in keys] or [Hit("tail")]
    return [Hit("number", key) for key in numbers.get(row.id, ())] or [Hit("number")]


def in_name(folded: str, name: str) -> tuple[Span, ...]:
    """Return where a folded word stands in a name, traditional or simplified; else where its pairs of neighbors stand."""
    places = [(at, letter) for at, char in enumerate(name) for letter in fold_name(char)]
    text = "".join(letter for _, letter in places)
    parts = [folded] if folded in text else ["".join(pair) for pair in pairwise(folded)]
    starts = [(text.find(part), len(part)) for part in parts if part and part in text]
    return joined((places[at][0], places[at + size - 1][0] + 1) for at, size in starts)


def in_letters(word: str, name: str) -> Hit:
    """Return a hit by pinyin from the beginning of a name, else by its initials; another reading marks no pinyin line."""
    spoken = sounds(name)
    usual = "".join(sound.spellings[0] for sound in spoken)
    if usual.startswith(word):
        heard = _heard(word, spoken)
        return Hit("pinyin", name=joined(s.name for s in heard), pinyin=joined(_line(word, heard)))
    voiced = [sound for sound in spoken if sound.spellings[0]]
    if "".join(sound.spellings[0][0] for sound in voiced).startswith(word):
        heard = voiced[: len(word)]
        first = ((sound.line[0], sound.line[0] + 1) for sound in heard)
        return Hit("initials", name=joined(s.name for s in heard), pinyin=joined(first))
    return Hit("pinyin", name=joined(s.name for s in spoken[: _covered(word, spoken)]))


def _heard(word: str, spoken: Sequence[Sound]) -> list[Sound]:
    heard, left = [], len(word)
    for sound in spoken:
        if left <= 0:
            break
        if sound.spellings[0]:
            heard.append(sound)
            left -= len(sound.spellings[0])
    return heard


def _line(word: str, heard: Sequence[Sound]) -> Iterator[Span]:
    """Yield the letters of the pinyin line that a word covers; of a run in another script always the whole."""
    left = len(word)
    for sound in heard:
        start, end = sound.line
        size = len(sound.spellings[0])
        yield (start, min(end, start + left) if size == end - start else end)
        left -= size


def _covered(word: str, spoken: Sequence[Sound]) -> int:
    """Return how many sounds, in any of their spellings, a word covers from the beginning; 0 when it does not fit."""
    if not word or not spoken:
        return 0
    for spelling in spoken[0].spellings:
        if spelling.startswith(word):
            return 1
        if spelling and word.startswith(spelling):
            rest = _covered(word[len(spelling) :], spoken[1:])
            if rest:
                return 1 + rest
    return 0


def _numbers(word: Word, rows: Sequence[Row], fields: Registry) -> dict[UUID, list[str]]:
    """Return by whose number a customer is found: a golden value, else a kind of number that one of his records holds."""
    read = readings(word.text, fields)
    found = {row.id: [k for k, spec in fields.items() if _is(row, k, spec.identifier, read)] for row in rows}
    missing = [row.id for row in rows if not found[row.id]]
    if missing:
        ring, kinds = keyring(), get_kinds()
        blinds = [blind for kind, value in read for blind in ring.blinds(kind, value)]
        with connection.cursor() as cursor:
            cursor.execute(_KINDS, [missing, blinds])
            for customer, kind in cursor.fetchall():
                key = kinds.by_id[kind].key
                found[customer] += [k for k, spec in fields.items() if spec.identifier == key][:1]
    return found


def _is(row: Row, key: str, kind: str, read: Sequence[tuple[str, str]]) -> bool:
    return bool(kind) and key in row.values and (kind, str(row.values[key])) in read


def joined(spans: Iterator[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
