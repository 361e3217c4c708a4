"""The files read as their mappings say, in the declared encodings, and come out the same every time."""

import csv
import json
import sys
import time
import tracemalloc
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from datetime import date, datetime
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pytest

from kehu.packs.banking.demo import DemoFiles, generate
from kehu.packs.banking.mappings import CARDS, FILES, WEALTH, FileMapping
from kehu.packs.banking.pack import DEMO_USERS, UNITS
from kehu.standardize.numbers.uscc import parse_uscc


def _rows(path: Path, mapping: FileMapping) -> list[dict[str, str]]:
    with path.open(encoding=mapping.encoding, newline="") as file:
        for _ in range(mapping.header_row):
            file.readline()
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == list(mapping.headers)
        return list(reader)


def _digests(files: DemoFiles) -> list[str]:
    return [sha256(Path(path).read_bytes()).hexdigest() for path in astuple(files)]


@pytest.mark.parametrize("key", [key for key in FILES if key != "wealth"])
def test_a_csv_reads_with_its_mapping(bank: DemoFiles, key: str) -> None:
    rows = _rows(getattr(bank, key), FILES[key])
    keys = [row[FILES[key].headers[0]] for row in rows]
    assert len(rows) > 500
    assert len(set(keys)) == len(keys)


def test_cards_are_gbk_with_a_title_line_and_no_cvv(bank: DemoFiles) -> None:
    text = bank.cards.read_bytes().decode("gbk")
    assert text.startswith("衡川银行信用卡中心")
    assert "CVV" not in text
    assert {row["SEX_CD"] for row in _rows(bank.cards, CARDS)} == {"M", "F", "1", "2"}


def test_wealth_is_a_workbook_with_date_and_number_cells(bank: DemoFiles) -> None:
    book = openpyxl.load_workbook(bank.wealth, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert rows[0] == WEALTH.headers
    assert all(isinstance(row[6], datetime) and isinstance(row[7], int) for row in rows[1:])
    mobiles = Counter(type(row[3]) for row in rows[1:])
    assert 0 < mobiles[int] / len(rows) < 0.05


def test_two_in_a_hundred_core_customers_are_companies_with_valid_codes(bank: DemoFiles) -> None:
    rows = _rows(bank.core, FILES["core"])
    companies = [row for row in rows if row["客户类型"] == "企业"]
    assert len(companies) / len(rows) == pytest.approx(0.02, abs=0.002)
    assert all(parse_uscc(row["证件号码"]) == row["证件号码"] for row in companies)


def test_units_and_owners_are_those_of_the_pack(bank: DemoFiles) -> None:
    with bank.users.open(encoding="utf-8", newline="") as file:
        users = {row["email"]: row for row in csv.DictReader(file)}
    units = {unit.code for unit in UNITS}
    assert {user.email for user in DEMO_USERS} <= users.keys()
    assert {user["unit"] for user in users.values()} <= units
    for row in _rows(bank.core, FILES["core"]):
        assert row["开户机构"] in units
        assert not row["客户经理"] or users[row["客户经理"]]["unit"] == row["开户机构"]


def test_transactions_belong_to_core_customers_and_lie_between_opening_and_today(bank: DemoFiles) -> None:
    opened = {row["客户号"]: row["开户日期"] for row in _rows(bank.core, FILES["core"])}
    rows = _rows(bank.transactions, FILES["transactions"])
    assert all(opened[row["客户号"]] <= row["交易时间"] < "2026-11-20" for row in rows)
    assert 8 < len(rows) / len({row["客户号"] for row in rows}) < 12


def test_service_records_belong_to_callers(bank: DemoFiles) -> None:
    callers = {row["来电人编号"] for row in _rows(bank.service, FILES["service"])}
    rows = _rows(bank.service_records, FILES["service_records"])
    assert {row["来电人编号"] for row in rows} == callers
    assert all(row["受理时间"] <= row["办结时间"] for row in rows if row["办结时间"])
    assert sum(1 for row in rows if not row["客户号"]) > len(rows) / 2


def test_events_are_segment_bodies_that_start_anonymous_and_are_identified(bank: DemoFiles) -> None:
    events = [json.loads(line) for line in bank.events.read_text(encoding="utf-8").splitlines()]
    assert len({event["messageId"] for event in events}) == len(events)
    assert {event["type"] for event in events} == {"page", "identify", "track"}
    assert all(datetime.fromisoformat(event["timestamp"]) for event in events)
    identified = [event for event in events if event["type"] == "identify"]
    assert all({"phone", "email"} & event["traits"].keys() and event["anonymousId"] for event in identified)
    names = {event["event"] for event in events if event["type"] == "track"}
    assert names == {"登录", "查看产品", "转账失败", "购买理财"}


def test_a_family_tablet_gives_two_people_one_anonymous_id(bank: DemoFiles) -> None:
    users: dict[str, set[str]] = {}
    for line in bank.events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if "userId" in event:
            users.setdefault(event["anonymousId"], set()).add(event["userId"])
    assert any(len(people) > 1 for people in users.values())


def test_the_same_seed_gives_the_same_bytes_in_another_process(
    tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = generate(tmp_path / "here", customers=300, seed=7, today=today)
    monkeypatch.setenv("PYTHONHASHSEED", "4242")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pool.submit(generate, tmp_path / "there", customers=300, seed=7, today=today).result()
    other = generate(tmp_path / "other", customers=300, seed=8, today=today)
    assert _digests(here) == _digests(there)
    assert _digests(here)[2:] != _digests(other)[2:]


def test_memory_does_not_grow_with_the_customers(tmp_path: Path, today: date) -> None:
    peaks = []
    for customers in (3_000, 9_000):
        tracemalloc.start()
        generate(tmp_path / str(customers), customers=customers, today=today)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


def test_the_speed_is_told(tmp_path: Path, today: date, capsys: pytest.CaptureFixture[str]) -> None:
    started = time.perf_counter()
    files = generate(tmp_path, customers=2_000, today=today)
    rate = 2_000 / (time.perf_counter() - started)
    with capsys.disabled():
        sys.stdout.write(f"\ndemo bank: {rate:,.0f} customers a second\n")
    assert all(Path(path).stat().st_size for path in astuple(files))
