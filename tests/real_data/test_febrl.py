"""FEBRL's person files: rows refused with a reason, people found by number, pairs joined where the numbers are equal."""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from django.db import connection
from tests.real_data.conftest import BringIn, Rows
from tests.world import World

from kehu.collect.models import Refusal
from kehu.collect.records import get_members
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.lists.search import find_by_identifier
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.values.dates import parse_date

Febrl = Callable[[str], tuple[Path, Rows]]
MAPPING = {
    "columns": {
        "surname": "name",
        "soc_sec_id": "customer_no",
        "date_of_birth": "birth_date",
        "address_1": "address",
        "suburb": "region",
    },
    "key": "rec_id",
}
_PLACES = "SELECT record_id, cluster_id FROM resolve_link WHERE ended_at IS NULL"


def has_date(row: dict[str, str]) -> bool:
    try:
        return not row["date_of_birth"] or bool(parse_date(row["date_of_birth"]))
    except InvalidValue:
        return False


def person_of(record: str) -> str:
    """`rec-12-org` and `rec-12-dup-0` are one person."""
    return record.split("-")[1]


def customers() -> dict[str, set[str]]:
    """Return the records that each customer was made of, by the key in their source."""
    with acting(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute(_PLACES)
            places = dict(cursor.fetchall())
        found = defaultdict(set)
        for record, member in get_members(places).items():
            found[str(places[record])].add(member.key)
    return found


def may_be_one(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows share their number and do not contradict each other by the date of birth."""
    dates = {row["date_of_birth"] for row in (one, other) if row["date_of_birth"]}
    return one["soc_sec_id"] == other["soc_sec_id"] and len(dates) < 2


def test_every_row_is_taken_or_refused_with_its_reason(world: World, febrl: Febrl, bring_in: BringIn) -> None:
    path, rows = febrl("dataset1.csv")
    bad = {number for number, row in enumerate(rows, start=1) if not has_date(row)}

    done = bring_in(path, source=world.core, mapping=MAPPING)

    with acting(SYSTEM):
        refused = dict(Refusal.objects.values_list("row", "field"))
    assert (done.state, done.rows_read, done.rows_accepted + done.rows_rejected) == (
        "succeeded",
        len(rows),
        len(rows),
    )
    assert bad
    assert len(refused) == done.rows_rejected == len(bad)
    assert set(refused.values()) == {"birth_date"}


def test_every_accepted_person_is_found_by_number(world: World, febrl: Febrl, bring_in: BringIn) -> None:
    path, rows = febrl("dataset1.csv")
    bring_in(path, source=world.core, mapping=MAPPING)
    fields, steward = registry(), world.actor(world.steward)

    with acting(steward.scope):
        lost = [
            row["rec_id"]
            for row in rows
            if has_date(row) and find_by_identifier("customer_no", row["soc_sec_id"], fields) is None
        ]

    assert lost == []


def test_equal_numbers_join_two_files_without_one_wrong_pair(
    world: World, febrl: Febrl, bring_in: BringIn
) -> None:
    (first, originals), (second, doubles) = febrl("dataset4a.csv"), febrl("dataset4b.csv")
    taken = {row["rec_id"]: row for row in (*originals, *doubles) if has_date(row)}
    by_person = defaultdict(list)
    for key in taken:
        by_person[person_of(key)].append(key)
    true = {frozenset(keys) for keys in by_person.values() if len(keys) == 2}
    reachable = {pair for pair in true if may_be_one(*(taken[key] for key in pair))}

    done = [bring_in(path, source=world.core, mapping=MAPPING) for path in (first, second)]

    joined = {frozenset(pair) for keys in customers().values() for pair in combinations(sorted(keys), 2)}
    equal = {pair for pair in true if len({taken[key]["soc_sec_id"] for key in pair}) == 1}
    assert Counter(job.state for job in done) == {"succeeded": 2}
    assert joined <= true
    assert joined == reachable
    assert len(joined) / 5000 > 0.84
    assert sum(job.reviews_opened for job in done) == len(equal - reachable)
