"""Wealth management: an Excel workbook with real date cells, and mobiles that Excel took for numbers."""

from datetime import timedelta

from kehu.packs.banking.demo.dirt import copy_of
from kehu.packs.banking.demo.draw.numbers import customer_key
from kehu.packs.banking.demo.population.person import WEALTH, Person
from kehu.packs.banking.demo.systems.office import Office
from kehu.packs.banking.demo.systems.workbook import Workbook

_EMAIL_HELD = 0.6
_MOBILE_AS_NUMBER = 0.02
_SURVEY_DAYS = 365


class WealthFile:
    """Write the wealth customer workbook."""

    def __init__(self, book: Workbook, office: Office) -> None:
        self._book = book
        self._office = office
        self._dice = office.dice("wealth")

    def add(self, person: Person) -> None:
        """Write a person's row; some risk assessments have already expired."""
        dice = self._dice
        copy = copy_of(person, WEALTH, dice, self._office.claims)
        number = f"W{customer_key(person.number + 31)}"
        expires_on = self._office.today + timedelta(days=dice.between(-90, _SURVEY_DAYS))
        row = (
            number,
            copy.name,
            copy.resident_id,
            int(copy.mobile) if dice.chance(_MOBILE_AS_NUMBER) else copy.mobile,
            copy.email if dice.chance(_EMAIL_HELD) else None,
            person.risk,
            expires_on,
            dice.between(1, 6),
            person.wealth,
            person.manager,
        )
        self._book.append(row)
        self._office.note("wealth", number, person.key)
