"""Invented customers by the hundred thousand: the demo bank's people, spread over 500 units and 5,000 owners."""

import csv
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kehu.packs.banking import pack
from kehu.packs.banking.demo.draw.dice import stream
from kehu.packs.banking.demo.draw.numbers import Claims
from kehu.packs.banking.demo.population.census import Census
from kehu.packs.banking.demo.population.families import draw_people
from kehu.packs.banking.demo.systems.cards import CardsFile
from kehu.packs.banking.demo.systems.core import CoreFile
from kehu.packs.banking.demo.systems.office import Office, core_number, local_stamp, moment
from kehu.packs.banking.mappings import TRANSACTIONS

TODAY = date(2026, 8, 1)
REGIONS, UNITS, OWNERS = 20, 500, 5_000
CARD_HOLDERS = 0.1
SEED = 1
BUSY_CUSTOMERS, EVENTS_EACH = 200, 200


class Files(NamedTuple):
    """A file a customer and a smaller one of another system, whose records lie in other units."""

    core: Path
    cards: Path


def unit_code(number: int) -> str:
    """Return the code of a sub-branch."""
    return f"b{number:03d}"


def owner_email(number: int) -> str:
    """Return the address of a relationship manager."""
    return f"rm.{number:04d}@bench.example"


def write_files(folder: Path, customers: int) -> Files:
    """Write both files; the same number gives the same bytes. A person's owner works in his unit."""
    files = Files(folder / "core.csv", folder / "cards.csv")
    dice, claims = stream(SEED, "crowd"), Claims(customers)
    census = Census(stream(SEED, "people"), claims, ["衡川实业有限公司"], TODAY)
    managers = {unit.code: [""] for unit in pack.UNITS}
    with (
        files.core.open("w", encoding="utf-8", newline="") as core_text,
        files.cards.open("w", encoding="gb18030", newline="") as cards_text,
        (folder / "truth.csv").open("w", encoding="utf-8") as truth,
    ):
        office = Office(SEED, customers, TODAY, claims, truth)
        core, cards = CoreFile(core_text, office), CardsFile(cards_text, office)
        branches = UNITS - REGIONS - 1
        for person in islice(draw_people(census, managers), customers):
            owner = dice.between(0, OWNERS - 1)
            person.manager = owner_email(owner)
            person.unit = unit_code(owner % branches)
            core.add(person)
            if dice.chance(CARD_HOLDERS):
                person.unit = unit_code(dice.between(0, branches - 1))
                cards.add(person)
    return files


def write_transactions(path: Path) -> None:
    """Write the transactions of the busiest customers, the first of the core file."""
    dice, last = stream(SEED, "transactions"), TODAY.toordinal()
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(TRANSACTIONS.headers)
        for number in range(BUSY_CUSTOMERS * EVENTS_EACH):
            customer = core_number(1 + number % BUSY_CUSTOMERS)
            at = local_stamp(moment(dice, last, 700))
            rows.writerow((f"T{number}", customer, at, "消费", "-35.00", "CNY", "快捷支付", "扫码支付"))
