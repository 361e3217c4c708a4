"""Pinyin of names: a written form, a sort key, initials, and the other readings that a search must also find.

Surnames have readings of their own (单 Shan, 仇 Qiu), which general dictionaries get wrong: they stand in our table.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple
from unicodedata import combining, normalize

from kehu.standardize.persons.names import fold_name, surname_of
from kehu.standardize.readings import GIVEN, GIVEN_PHRASES, SURNAMES

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{_HAN}]+)|([^\\s·{_HAN}]+)")
_PERSON_LENGTH = 4
_VARIANT_LIMIT = 8


class _Syllable(NamedTuple):
    """One sound with its other readings (ü written v), or one word in another script."""

    reading: str
    others: tuple[str, ...] = ()
    starts_word: bool = False
    is_han: bool = True


def to_pinyin(name: str) -> str:
    """Return the name in pinyin as English text writes it: `Shen Jingyi`, `Ouyang Xiu`, `Lü Ping'an`."""
    words: list[str] = []
    for reading, _, starts_word, is_han in _syllables(name):
        shown = reading.replace("v", "ü") if is_han else reading
        if starts_word or not words:
            words.append(shown.capitalize() if is_han else shown)
        else:
            words[-1] += ("'" if shown[:1] in "aoe" else "") + shown
    return " ".join(words)


class Sound(NamedTuple):
    """One sound of a name: every ASCII spelling, the usual first, and its span in the name and in `to_pinyin` of it."""

    spellings: tuple[str, ...]
    name: tuple[int, int]
    line: tuple[int, int]


def sounds(name: str) -> tuple[Sound, ...]:
    """Return the sounds of a name in order: a Han character each, or a run of another script."""
    found: list[Sound] = []
    at = 0
    for span, syllable in zip(_spans(name), _syllables(name), strict=True):
        shown = len(syllable.reading)
        if found:
            is_joined = not syllable.starts_word
            at += (syllable.is_han and syllable.reading[:1] in tuple("aoe")) if is_joined else 1
        found.append(Sound(tuple(_spellings(syllable)), span, (at, at + shown)))
        at += shown
    return tuple(found)


def _spans(name: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for run in _RUNS.finditer(name):
        spans.extend([run.span()] if run[2] else [(at, at + 1) for at in range(*run.span())])
    return spans


def pinyin_key(name: str) -> str:
    """Return the pinyin as one lower-case ASCII word (`shenjingyi`, ü is v), for sorting and prefix search.

    Names in scripts other than Han and Latin have an empty key.
    """
    return _written(name).key


def initials(name: str) -> str:
    """Return the first letter of every syllable or word in lower-case ASCII: `sjy`, `oyx`."""
    return _written(name).initials


def pinyin_variants(name: str) -> tuple[str, ...]:
    """Return every key that a search should find the name by, the usual one first, at most eight.

    These are the surname's own reading and the ordinary one (`shanxin`, `danxin`), and lu, lyu beside lv.
    """
    return _written(name).variants


class _Written(NamedTuple):
    """All that a name is sorted and found by."""

    key: str
    initials: str
    variants: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _written(name: str) -> _Written:
    choices = [_spellings(syllable) for syllable in _syllables(name)]
    variants = dict.fromkeys("".join(parts) for parts in islice(product(*choices), _VARIANT_LIMIT))
    usual = [spellings[0] for spellings in choices]
    return _Written("".join(usual), "".join([word[:1] for word in usual]), tuple(variants))


def _spellings(syllable: _Syllable) -> list[str]:
    spellings = [_ascii(reading) for reading in (syllable.reading, *syllable.others)]
    if not syllable.is_han:
        return spellings
    return spellings + [one.replace("v", other) for one in spellings if "v" in one for other in ("u", "yu")]


def _ascii(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    flat = normalize("NFKD", word).lower()
    return "".join([character for character in flat if character.isascii() and character.isalnum()])


@lru_cache(maxsize=4_096)
def _syllables(name: str) -> tuple[_Syllable, ...]:
    syllables: list[_Syllable] = []
    is_person = "·" not in name
    for found in _RUNS.finditer(name):
        run = found[0]
        if found[2]:
            syllables.append(_Syllable(run, starts_word=True, is_han=False))
        elif not is_person:
            syllables.extend(_given(run))
        elif syllables or len(run) > _PERSON_LENGTH:
            syllables.extend(syllable._replace(starts_word=True) for syllable in _given(run))
        else:
            surname = surname_of(run)
            syllables.extend(_surname(surname))
            syllables.extend(_given(run[len(surname) :]))
    return tuple(syllables)


@lru_cache(maxsize=4_096)
def _surname(surname: str) -> list[_Syllable]:
    ordinary = [_readings(character)[0] for character in surname]
    listed = SURNAMES.get(surname) or SURNAMES.get(fold_name(surname)) or ("+".join(ordinary),)
    spoken = zip(*(reading.split("+") for reading in listed), ordinary, strict=True)
    return [
        _Syllable(usual, tuple(other for other in others if other != usual), starts_word=not place)
        for place, (usual, *others) in enumerate(spoken)
    ]


def _given(characters: str) -> list[_Syllable]:
    alone = [GIVEN.get(character) or _readings(character) for character in characters]
    together = GIVEN_PHRASES.get(characters) or _phrase(characters)
    if together is None:
        pairs = [(readings[0], readings[1:]) for readings in alone]
    else:
        pairs = [
            (one, tuple(other for other in readings if other != one))
            for one, readings in zip(together, alone, strict=True)
        ]
    return [
        _Syllable(reading, others, starts_word=not place) for place, (reading, others) in enumerate(pairs)
    ]


@lru_cache(maxsize=1)
def _dictionaries() -> tuple[Mapping[int, str], Mapping[str, list[list[str]]]]:
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict, phrases_dict


def _phrase(characters: str) -> tuple[str, ...] | None:
    if not characters[1:]:
        return None
    found = _dictionaries()[1].get(characters)
    if found is None or len(found) != len(characters):
        return None
    return tuple(_toneless(readings[0]) for readings in found)


@lru_cache(maxsize=32_768)
def _readings(character: str) -> tuple[str]:
    """Return the dictionary's first reading; of a shape it lacks, that of its fold, else the character itself."""
    readings = _dictionaries()[0]
    found = readings.get(ord(character)) or readings.get(ord((fold_name(character) or character)[0]))
    return (_toneless(found.split(",", 1)[0]),) if found else (character,)


def _toneless(reading: str) -> str:
    flat = normalize("NFD", reading).replace("u\u0308", "v")
    return "".join([letter for letter in flat if not combining(letter)])
