"""The dirt of real systems, put on the copy of a person that one system holds.

The truth stays clean; the same person is mistyped differently, or not at all, in each system.
"""

from dataclasses import dataclass
from datetime import date

from kehu.packs.banking.demo.draw.dice import Dice
from kehu.packs.banking.demo.draw.numbers import Claims
from kehu.packs.banking.demo.misprints import (
    misprint_address,
    misprint_birth,
    misprint_digit,
    misprint_email,
    misprint_name,
)
from kehu.packs.banking.demo.population.person import Person
from kehu.packs.banking.demo.rates import RATES, WITHOUT_ID
from kehu.standardize.numbers.resident_id import check_character

_LAST_CENTURY = "19"
_WRONG_CHECK = {sign: "0123456789X"[(place + 4) % 11] for place, sign in enumerate("0123456789X")}


@dataclass(slots=True)
class Copy:
    """A person as one system holds it; `born` is ISO text, and not always a day of the calendar."""

    name: str
    mobile: str
    born: str
    resident_id: str
    email: str
    address: str


def copy_of(person: Person, system: int, dice: Dice, claims: Claims) -> Copy:
    """Return the copy of a person in a system, with that system's misprints, gaps and old numbers."""
    if person.is_exact:
        number = "" if WITHOUT_ID[system] == 1 else person.resident_id
        born = person.born.isoformat()
        return Copy(person.name, person.mobile, born, number, person.email, person.address)
    random, typo = dice.random, RATES.typo
    mobile = person.mobile
    if person.former_mobile and random() < RATES.former_mobile:
        mobile = person.former_mobile
    return Copy(
        name=misprint_name(dice, person.name) if random() < typo else person.name,
        mobile=misprint_digit(dice, mobile, 3) if random() < typo else mobile,
        born=_copied_birth(dice, person.born),
        resident_id=_copied_id(dice, claims, person.resident_id, WITHOUT_ID[system]),
        email=misprint_email(dice, person.email) if random() < typo else person.email,
        address=misprint_address(dice, person.address) if random() < typo else person.address,
    )


def spell_mobile(dice: Dice, mobile: str) -> str:
    """Return a number as some clerks write it: with a country code, dashes or spaces."""
    if not mobile or not dice.chance(RATES.spelled_mobile):
        return mobile
    first, middle, last = mobile[:3], mobile[3:7], mobile[7:]
    return dice.pick(
        (
            f"+86{mobile}",
            f"{first}-{middle}-{last}",
            f"{first} {middle} {last}",
            f"86-{mobile}",
            f" {mobile} ",
        )
    )


def _copied_birth(dice: Dice, born: date) -> str:
    share = dice.random()
    if share < RATES.unreadable:
        return f"{born.year}-02-30"
    return misprint_birth(dice, born) if share < RATES.unreadable + RATES.typo else born.isoformat()


def _copied_id(dice: Dice, claims: Claims, number: str, without: float) -> str:
    """Return the ID as held: missing, of 15 digits, with a wrong check digit, or of nobody at all."""
    if dice.random() < without:
        return ""
    share = dice.random()
    if share < RATES.wrong_check_digit:
        return number[:17] + _WRONG_CHECK[number[17]]
    share -= RATES.wrong_check_digit
    if share < RATES.other_id:
        return _unused_id(dice, claims, number)
    if number[6:8] == _LAST_CENTURY and share < RATES.other_id + RATES.short_id:
        return number[:6] + number[8:17]
    return number


def _unused_id(dice: Dice, claims: Claims, number: str) -> str:
    """Return a valid ID that differs in its order number and belongs to nobody, now or later."""
    while True:
        order = int(number[14:17]) % 2 + 2 * dice.between(1, 499)
        first17 = f"{number[:14]}{order:03d}"
        if claims.take(int(first17)):
            return first17 + check_character(first17)
