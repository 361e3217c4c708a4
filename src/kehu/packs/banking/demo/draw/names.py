"""Chinese names as they are met: surnames by frequency, given names by sex and decade of birth.

A name is drawn, never taken from a list of real people.
"""

from typing import NamedTuple

from kehu.packs.banking.demo.draw.dice import Dice
from kehu.packs.banking.demo.draw.name_data import (
    COMPOUND_SURNAMES,
    FIRSTS,
    MINORITY_NAMES,
    POPULAR,
    SECONDS,
    SINGLES,
    SURNAMES,
)

_ERAS = (1965, 1980, 1990, 2000)
_SINGLE_SHARE = (0.06, 0.16, 0.28, 0.17, 0.05)
_POPULAR_SHARE = 0.22
_COMPOUND_SHARE = 0.003


class Surname(NamedTuple):
    """A family name with its pinyin."""

    hanzi: str
    pinyin: str


def _weighted(table: str) -> tuple[Surname, ...]:
    """Repeat each `汉字 pinyin weight` of the table by its weight, so that one draw is one lookup."""
    pool: list[Surname] = []
    for entry in table.split(";"):
        hanzi, pinyin, weight = entry.split()
        pool.extend([Surname(hanzi, pinyin)] * int(weight))
    return tuple(pool)


_SURNAME_POOL = _weighted(SURNAMES)
_COMPOUND_POOL = _weighted(COMPOUND_SURNAMES)
_POPULAR_POOL = tuple(tuple(tuple(era.split()) for era in eras) for eras in POPULAR)


def surname(dice: Dice) -> Surname:
    """Draw a surname; three in a thousand have two characters."""
    return dice.pick(_COMPOUND_POOL if dice.chance(_COMPOUND_SHARE) else _SURNAME_POOL)


def given_name(dice: Dice, year: int, *, is_female: bool) -> str:
    """Draw a given name of the fashion of a birth year."""
    era = sum(year >= start for start in _ERAS)
    sex = int(is_female)
    share = dice.random()
    if share < _SINGLE_SHARE[era]:
        return dice.pick(SINGLES[sex][era])
    if share < _SINGLE_SHARE[era] + _POPULAR_SHARE:
        return dice.pick(_POPULAR_POOL[sex][era])
    first, second = dice.pick(FIRSTS[sex][era]), dice.pick(SECONDS[sex][era])
    return first if first == second else first + second


def twin_given_name(dice: Dice, sibling: str, year: int, *, is_female: bool) -> str:
    """Draw the other twin's name: the same first character where there are two, as parents like it."""
    era = sum(year >= start for start in _ERAS)
    pool = SECONDS[int(is_female)][era]
    while True:
        second = dice.pick(pool)
        name = sibling[0] + second if len(sibling) > 1 else second
        if name != sibling:
            return name


def minority_name(dice: Dice, *, is_female: bool) -> tuple[str, str]:
    """Draw a full name without a Han surname, such as 买买提·艾力, and pinyin for its e-mail."""
    pinyin, first, second, joint = dice.pick(MINORITY_NAMES[int(is_female)])
    return f"{dice.pick(first.split())}{joint}{dice.pick(second.split())}", pinyin
