"""Credit cards: a GBK CSV off a mainframe: a title line, terse headers, dates without dashes, two sex codes."""

import csv
from typing import TextIO

from kehu.packs.banking.demo.dirt import copy_of, spell_mobile
from kehu.packs.banking.demo.draw.numbers import bank_card, customer_key
from kehu.packs.banking.demo.population.person import CARDS, Person
from kehu.packs.banking.demo.systems.office import Office
from kehu.packs.banking.mappings import CARDS as MAPPING

_EMAIL_HELD = 0.55
_OLD_CODES = 0.3
_SEX = {True: ("F", "2"), False: ("M", "1")}
_LOWEST_LIMIT, _HIGHEST_LIMIT = 5_000, 500_000


class CardsFile:
    """Write the card customer file."""

    def __init__(self, file: TextIO, office: Office) -> None:
        file.write(f"衡川银行信用卡中心 客户资料下传 数据日期:{office.today:%Y%m%d}\r\n")
        self._rows = csv.writer(file, lineterminator="\r\n")
        self._rows.writerow(MAPPING.headers)
        self._office = office
        self._dice = office.dice("cards")

    def add(self, person: Person) -> None:
        """Write a person's row."""
        dice = self._dice
        copy = copy_of(person, CARDS, dice, self._office.claims)
        number = f"0880{customer_key(person.number + 17)}"
        limit = _LOWEST_LIMIT + person.aum * 0.1 * dice.random() + 40_000 * dice.random() ** 2
        row = (
            number,
            copy.name,
            copy.resident_id,
            spell_mobile(dice, copy.mobile),
            copy.born.replace("-", ""),
            _SEX[person.is_female][dice.chance(_OLD_CODES)],
            copy.address.removeprefix("浙江省"),
            copy.email if dice.chance(_EMAIL_HELD) else "",
            str(min(_HIGHEST_LIMIT, int(limit / 1_000) * 1_000)),
            bank_card(person.number),
            person.unit,
        )
        self._rows.writerow(row)
        self._office.note("cards", number, person.key)
