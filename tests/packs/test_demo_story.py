"""What the demo is to find is in its files: one branch complains first, and its money leaves months later."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from statistics import mean

import pytest

from kehu.packs.banking.demo import DemoFiles
from kehu.packs.banking.demo.population.troubled_branch import LEAVING_DAYS, TROUBLED, UNHAPPY_DAYS

NUMBER, UNIT = "客户号", "开户机构"


def rows_of(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def units(bank: DemoFiles) -> dict[str, str]:
    """Return each person's home unit by the truth: the core file says it, the truth file joins the rest."""
    persons = {(row["source"], row["key"]): row["person"] for row in rows_of(bank.truth)}
    homes = {
        persons["core", row[NUMBER]]: row[UNIT]
        for row in rows_of(bank.core)
        if ("core", row[NUMBER]) in persons
    }
    return {f"{source}|{key}": homes[person] for (source, key), person in persons.items() if person in homes}


def days_ago(stamp: str, today: date) -> int:
    return (today - datetime.fromisoformat(stamp).date()).days


def test_satisfaction_falls_before_money_does(bank: DemoFiles, units: dict[str, str], today: date) -> None:
    ratings: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for row in rows_of(bank.service_records):
        unit = units.get(f"service|{row['来电人编号']}")
        if unit and row["满意度"]:
            is_late = days_ago(row["受理时间"], today) <= UNHAPPY_DAYS
            ratings[unit == TROUBLED, is_late].append(int(row["满意度"]))
    money: dict[tuple[bool, bool], float] = defaultdict(float)
    held: dict[bool, set[str]] = defaultdict(set)
    for row in rows_of(bank.transactions):
        is_theirs = units.get(f"core|{row['客户号']}") == TROUBLED
        held[is_theirs].add(row["客户号"])
        money[is_theirs, days_ago(row["交易时间"], today) <= LEAVING_DAYS] += float(row["金额"])

    theirs, others = ratings[True, True], ratings[False, True]
    lost, usual = (money[side, True] / len(held[side]) for side in (True, False))
    assert mean(theirs) < mean(others) - 1
    assert mean(ratings[True, False]) > mean(theirs) + 1
    assert lost < usual - 20_000
    assert abs(money[True, False]) / len(held[True]) < abs(lost) / 2
    assert UNHAPPY_DAYS >= 2 * LEAVING_DAYS
