"""Write the whole demo bank, person by person: memory stays the same however many there are.

The same customers, seed and day give the same bytes.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from kehu.packs.banking.demo.draw.dice import Dice, stream
from kehu.packs.banking.demo.draw.numbers import Claims
from kehu.packs.banking.demo.population.census import Census
from kehu.packs.banking.demo.population.companies import Company, company
from kehu.packs.banking.demo.population.families import draw_people
from kehu.packs.banking.demo.population.guided_tour import TOUR_COMPANY
from kehu.packs.banking.demo.population.managers import by_unit, relationship_managers
from kehu.packs.banking.demo.population.person import APP, CALLS, CARDS, CORE, WEALTH, Person
from kehu.packs.banking.demo.systems.app_events import EventsFile
from kehu.packs.banking.demo.systems.call_center import CallCenter
from kehu.packs.banking.demo.systems.cards import CardsFile
from kehu.packs.banking.demo.systems.core import CoreFile
from kehu.packs.banking.demo.systems.office import Office
from kehu.packs.banking.demo.systems.transactions import TransactionsFile
from kehu.packs.banking.demo.systems.wealth import WealthFile
from kehu.packs.banking.demo.systems.workbook import Workbook
from kehu.packs.banking.mappings import WEALTH as WEALTH_MAPPING
from kehu.packs.banking.pack import DEMO_USERS, UNITS, DemoUser

_COMPANIES_A_PERSON = 0.02 / 0.98
_FEWEST_EMPLOYERS, _MOST_EMPLOYERS, _PEOPLE_AN_EMPLOYER = 20, 2_000, 70


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the files lie. `service` holds callers, `service_records` their tickets; `truth` is never imported."""

    units: Path
    users: Path
    core: Path
    cards: Path
    wealth: Path
    service: Path
    service_records: Path
    transactions: Path
    events: Path
    truth: Path


def files_in(out: Path) -> DemoFiles:
    """Name the files of a demo bank in a folder."""
    return DemoFiles(
        units=out / "units.csv",
        users=out / "users.csv",
        core=out / "core_customers.csv",
        cards=out / "card_customers.csv",
        wealth=out / "wealth_customers.xlsx",
        service=out / "service_callers.csv",
        service_records=out / "service_records.csv",
        transactions=out / "transactions.csv",
        events=out / "events.jsonl",
        truth=out / "truth.csv",
    )


def generate(out: Path, *, customers: int = 20_000, seed: int = 1, today: date) -> DemoFiles:
    """Write the files of a bank with this many people into a folder, which is made when missing.

    Everything happened before `today`. The first four people are those of the guided tour.
    """
    out.mkdir(parents=True, exist_ok=True)
    files = files_in(out)
    dice = stream(seed, "people")
    claims = Claims(customers)
    managers = relationship_managers(dice, customers)
    _write_units(files.units)
    _write_users(files.users, managers)
    companies = _companies(stream(seed, "companies"), claims, today)
    wanted = min(_MOST_EMPLOYERS, max(_FEWEST_EMPLOYERS, customers // _PEOPLE_AN_EMPLOYER))
    employers = list(islice(companies, wanted))
    census = Census(dice, claims, [employer.name for employer in employers], today)
    units = by_unit(managers)
    people = draw_people(census, units)
    with ExitStack() as stack:
        truth = stack.enter_context(_text(files.truth))
        truth.write("source,key,person\n")
        office = Office(seed, customers, today, claims, truth)
        core = CoreFile(stack.enter_context(_text(files.core)), office)
        rest = _systems(stack, files, office)
        corporate = _Corporate(core, chain(employers, companies), units)
        for person in islice(people, customers):
            if person.systems & CORE:
                core.add(person)
                corporate.keep_up()
            for system, add in rest:
                if person.systems & system:
                    add(person)
    return files


def _systems(
    stack: ExitStack, files: DemoFiles, office: Office
) -> list[tuple[int, Callable[[Person], None]]]:
    """Open the files of the other systems: each with the mark of the people it knows."""
    transactions = TransactionsFile(stack.enter_context(_text(files.transactions)), office)
    cards = CardsFile(stack.enter_context(_text(files.cards, "gb18030")), office)
    book = stack.enter_context(Workbook(files.wealth, "客户", WEALTH_MAPPING.headers))
    callers, records = (stack.enter_context(_text(path)) for path in (files.service, files.service_records))
    calls = CallCenter(callers, records, office)
    events = EventsFile(stack.enter_context(files.events.open("wb")), office)
    return [
        (CORE, transactions.add),
        (CARDS, cards.add),
        (WEALTH, WealthFile(book, office).add),
        (CALLS, calls.add),
        (APP, events.add),
    ]


class _Corporate:
    """Mix companies into the core file, two in a hundred rows."""

    def __init__(self, core: CoreFile, companies: Iterator[Company], managers: dict[str, list[str]]) -> None:
        self._core = core
        self._companies = companies
        self._managers = managers
        self._due = 0.0

    def keep_up(self) -> None:
        self._due += _COMPANIES_A_PERSON
        while self._due >= 1:
            self._due -= 1
            one = next(self._companies)
            served_by = self._managers[one.unit]
            self._core.add_company(one, served_by[one.number % len(served_by)])


def _companies(dice: Dice, claims: Claims, today: date) -> Iterator[Company]:
    """Draw companies without end; the first is the one of the guided tour."""
    yield company(dice, claims, 0, today)._replace(name=TOUR_COMPANY)
    number = 0
    while True:
        number += 1
        yield company(dice, claims, number, today)


def _text(path: Path, encoding: str = "utf-8") -> TextIO:
    return path.open("w", encoding=encoding, newline="")


def _write_units(path: Path) -> None:
    with _text(path) as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("code", "name", "parent"))
        rows.writerows((unit.code, unit.name.zh, unit.parent) for unit in UNITS)


def _write_users(path: Path, managers: list[DemoUser]) -> None:
    others = [user for user in DEMO_USERS if user.role != "relationship_manager"]
    with _text(path) as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("email", "name", "role", "unit"))
        rows.writerows(others + managers)
