"""The truth names every record, the score is right on small cases, and honest rules reach its precision."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.packs.banking.demo import DemoFiles, evaluate
from kehu.packs.banking.mappings import FILES
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.numbers.resident_id import parse_resident_id


class Record(NamedTuple):
    source: str
    key: str
    name: str
    resident_id: str
    mobile: str
    email: str


def _valid_id(number: str) -> str:
    try:
        return parse_resident_id(number)
    except InvalidValue:
        return ""


def _record(source: str, row: dict[str, Any], headers: tuple[str, str, str, str, str]) -> Record:
    key, name, number, mobile, email = (str(row.get(header) or "") for header in headers)
    digits = re.sub(r"\D", "", mobile)[-11:]
    return Record(source, key, re.sub(r"\s", "", name), _valid_id(number) if number else "", digits, email)


def _table(bank: DemoFiles, source: str) -> Iterator[dict[str, Any]]:
    mapping = FILES[source]
    with getattr(bank, source).open(encoding=mapping.encoding, newline="") as file:
        for _ in range(mapping.header_row):
            file.readline()
        yield from csv.DictReader(file)


def _workbook(path: Path) -> Iterator[dict[str, Any]]:
    book = openpyxl.load_workbook(path, read_only=True)
    headers, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    yield from (dict(zip(map(str, headers), row, strict=True)) for row in rows)


def _identified(bank: DemoFiles) -> Iterator[dict[str, Any]]:
    for line in bank.events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["type"] == "identify":
            yield {"userId": event["userId"], **event["traits"]}


@pytest.fixture(scope="session")
def records(bank: DemoFiles) -> list[Record]:
    core = ("客户号", "客户名称", "证件号码", "手机号码", "")
    cards = ("CUST_NBR", "CUST_NAME", "ID_NO", "MOBILE_NO", "EMAIL")
    wealth = ("客户编号", "姓名", "身份证号", "手机", "邮箱")
    callers = ("来电人编号", "姓名", "", "手机", "")
    app = ("userId", "name", "", "phone", "email")
    return [
        *(_record("core", row, core) for row in _table(bank, "core")),
        *(_record("cards", row, cards) for row in _table(bank, "cards")),
        *(_record("wealth", row, wealth) for row in _workbook(bank.wealth)),
        *(_record("service", row, callers) for row in _table(bank, "service")),
        *(_record("app", row, app) for row in _identified(bank)),
    ]


def _truth(bank: DemoFiles) -> list[tuple[str, str, str]]:
    with bank.truth.open(encoding="utf-8", newline="") as file:
        return [(row["source"], row["key"], row["person"]) for row in csv.DictReader(file)]


def _joined(
    records: list[Record], *rules: Callable[[Record], tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    parents = list(range(len(records)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for rule in rules:
        first: dict[tuple[str, ...], int] = {}
        for place, record in enumerate(records):
            evidence = rule(record)
            if all(evidence):
                parents[root(place)] = root(first.setdefault(evidence, place))
    for place, record in enumerate(records):
        yield record.source, record.key, str(root(place))


def test_the_truth_names_every_record_once(bank: DemoFiles, records: list[Record]) -> None:
    truth = [(source, key) for source, key, _ in _truth(bank)]
    assert len(set(truth)) == len(truth)
    assert set(truth) == {(record.source, record.key) for record in records}


def test_people_stand_in_about_two_records_each(bank: DemoFiles) -> None:
    people = {person for _, _, person in _truth(bank) if person.startswith("P")}
    assert len(people) == 6_000
    assert 1.8 < len(_truth(bank)) / len(people) < 2.1


def test_35_in_a_hundred_records_have_no_id(bank: DemoFiles) -> None:
    without = sum(not row["证件号码"] for row in _table(bank, "core"))
    without += sum(not row["ID_NO"] for row in _table(bank, "cards"))
    without += sum(not row["身份证号"] for row in _workbook(bank.wealth))
    truth = _truth(bank)
    without += sum(source in {"service", "app"} for source, _, _ in truth)
    assert without / len(truth) == pytest.approx(0.35, abs=0.02)


def test_honest_rules_join_well_and_hardly_ever_wrongly(bank: DemoFiles, records: list[Record]) -> None:
    clusters = _joined(
        records,
        lambda record: (record.resident_id,),
        lambda record: (record.mobile, record.name),
        lambda record: (record.email, record.name),
    )
    score = evaluate(bank.truth, clusters)
    assert score.precision >= 0.999
    assert 0.7 < score.recall < 0.95
    assert (score.missing, score.unknown) == (0, 0)


def test_the_mobile_alone_joins_families_wrongly(bank: DemoFiles, records: list[Record]) -> None:
    score = evaluate(bank.truth, _joined(records, lambda record: (record.mobile,)))
    assert score.precision < 0.98


def test_the_name_alone_joins_namesakes_wrongly(bank: DemoFiles, records: list[Record]) -> None:
    score = evaluate(bank.truth, _joined(records, lambda record: (record.name,)))
    assert score.precision < 0.8


def _write_truth(path: Path, people: list[str]) -> Path:
    rows = [f"core,{key},{person}\n" for key, person in enumerate(people)]
    path.write_text("source,key,person\n" + "".join(rows), encoding="utf-8")
    return path


def test_a_half_right_clustering_scores_by_pairs(tmp_path: Path) -> None:
    truth = _write_truth(tmp_path / "truth.csv", ["a", "a", "a", "b"])
    clusters = [("core", "0", "x"), ("core", "1", "x"), ("core", "2", "y"), ("core", "3", "y")]
    score = evaluate(truth, clusters)
    assert (score.pairs_true, score.pairs_found, score.pairs_right) == (3, 2, 1)
    assert score.precision == pytest.approx(1 / 2)
    assert score.recall == pytest.approx(1 / 3)
    assert score.f1 == pytest.approx(0.4)


def test_missing_records_cost_recall_and_unknown_or_repeated_ones_nothing(tmp_path: Path) -> None:
    truth = _write_truth(tmp_path / "truth.csv", ["a", "a", "a"])
    clusters = [("core", "0", "x"), ("core", "1", "x"), ("core", "1", "y"), ("cards", "9", "x")]
    score = evaluate(truth, clusters)
    assert (score.records, score.missing, score.unknown) == (3, 1, 1)
    assert score.precision == 1
    assert score.recall == pytest.approx(1 / 3)


def test_nothing_joined_is_precise_and_finds_nothing(tmp_path: Path) -> None:
    truth = _write_truth(tmp_path / "truth.csv", ["a", "a"])
    score = evaluate(truth, [("core", "0", "x"), ("core", "1", "y")])
    assert (score.precision, score.recall, score.f1) == (1.0, 0.0, 0.0)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12))
def test_the_score_equals_that_of_counting_every_pair(
    tmp_path_factory: pytest.TempPathFactory, assigned: list[tuple[str, str]]
) -> None:
    people = [person for person, _ in assigned]
    truth = _write_truth(tmp_path_factory.mktemp("pairs") / "truth.csv", people)
    score = evaluate(truth, [("core", str(key), cluster) for key, (_, cluster) in enumerate(assigned)])
    counted: dict[tuple[bool, bool], int] = defaultdict(int)
    for place, (person, cluster) in enumerate(assigned):
        for other, joined in assigned[:place]:
            counted[person == other, cluster == joined] += 1
    assert score.pairs_right == counted[True, True]
    assert score.pairs_found == counted[True, True] + counted[False, True]
    assert score.pairs_true == counted[True, True] + counted[True, False]
