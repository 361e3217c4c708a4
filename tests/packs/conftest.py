"""One small demo bank and its people, made once for all tests of the banking pack."""

from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from kehu.packs.banking.demo import DemoFiles, generate
from kehu.packs.banking.demo.draw.dice import stream
from kehu.packs.banking.demo.draw.numbers import Claims
from kehu.packs.banking.demo.population.census import Census
from kehu.packs.banking.demo.population.families import draw_people
from kehu.packs.banking.demo.population.managers import by_unit, relationship_managers
from kehu.packs.banking.demo.population.person import Person


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 20)


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory, today: date) -> DemoFiles:
    return generate(Path(tmp_path_factory.mktemp("bank")), customers=6_000, seed=3, today=today)


@pytest.fixture(scope="session")
def claims() -> Claims:
    return Claims(100_000)


@pytest.fixture(scope="session")
def people(claims: Claims, today: date) -> list[Person]:
    dice = stream(5, "people")
    managers = by_unit(relationship_managers(dice, 20_000))
    census = Census(dice, claims, ["杭州衡山科技有限公司", "宁波远洲贸易有限公司"], today)
    return list(islice(draw_people(census, managers), 20_000))
