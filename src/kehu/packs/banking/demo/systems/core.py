"""Core banking: one UTF-8 CSV of people and companies, Chinese headers, ISO dates."""

import csv
from typing import TextIO

from kehu.packs.banking.demo.dirt import copy_of, spell_mobile
from kehu.packs.banking.demo.draw.numbers import customer_key
from kehu.packs.banking.demo.population.companies import Company
from kehu.packs.banking.demo.population.person import CORE, Person
from kehu.packs.banking.demo.systems.office import Office, core_number
from kehu.packs.banking.mappings import CORE as MAPPING
from kehu.packs.banking.pack import TIERS

_OPENED_TWICE = 0.01
_SEX = {True: "女", False: "男"}


def tier_of(aum: float) -> str:
    """Return the Chinese name of the tier that an amount of assets falls into."""
    return next(tier.name.zh for tier in reversed(TIERS) if aum >= tier.lower)


class CoreFile:
    """Write the core customer file; one customer in a hundred was opened twice, under two numbers."""

    def __init__(self, file: TextIO, office: Office) -> None:
        self._rows = csv.writer(file, lineterminator="\n")
        self._rows.writerow(MAPPING.headers)
        self._office = office
        self._dice = office.dice("core")

    def add(self, person: Person) -> None:
        """Write a person's row, or two."""
        self._write(person, core_number(person.number))
        if not person.is_exact and self._dice.chance(_OPENED_TWICE):
            self._write(person, f"63{customer_key(person.number)}")

    def _write(self, person: Person, number: str) -> None:
        copy = copy_of(person, CORE, self._dice, self._office.claims)
        row = (
            number,
            copy.name,
            "个人",
            "居民身份证",
            copy.resident_id,
            _SEX[person.is_female],
            copy.born,
            spell_mobile(self._dice, copy.mobile),
            copy.address,
            person.occupation,
            person.employer,
            person.marital,
            person.education,
            person.opened_on.isoformat(),
            person.unit,
            person.manager,
            f"{person.aum:.2f}",
            f"{person.aum - person.wealth:.2f}",
            f"{person.loan:.2f}",
            tier_of(person.aum),
        )
        self._rows.writerow(row)
        self._office.note("core", number, person.key)

    def add_company(self, company: Company, manager: str) -> None:
        """Write a corporate customer's row."""
        number = f"62{customer_key(company.number)}"
        opened_on, money = company.opened_on.isoformat(), f"{company.aum:.2f}"
        head = (number, company.name, "企业", "统一社会信用代码", company.credit_code, "", "")
        middle = (company.mobile, company.address, "", "", "", "", opened_on, company.unit, manager)
        self._rows.writerow((*head, *middle, money, money, f"{company.loan:.2f}", tier_of(company.aum)))
        self._office.note("core", number, company.key)
