"""How fast lists and searches answer at a million customers, with row scope, beside the hand-written query without it.

Whole requests are measured: token, rights, scope, query, opened and masked rows, count, JSON.
"""

import argparse
from functools import cache, partial
from typing import Any, NamedTuple

from bench.figures import Figure, quantile

from kehu.cli.boot import boot

CUSTOMERS = 1_000_000
BUDGET = 50.0
ROUNDS = 21
SORTS = ("name", "-name", "updated_at", "-updated_at")
_HEAD = "SELECT c.id, c.name, c.unit_id, c.owner_id, c.plain, c.sealed FROM profile_customer c"
_FOUND = f"{_HEAD} JOIN profile_search_token t ON t.customer_id = c.id WHERE"
_ORDER = "ORDER BY t.sort_key, t.customer_id LIMIT 50"


def database(options: argparse.Namespace) -> str:
    """Name the database that is kept for the next run."""
    return f"kehu_bench_crowd_{options.customers or CUSTOMERS}"


class Case(NamedTuple):
    """Something a reader asks, and the query that answers it by hand."""

    name: str
    body: dict[str, Any]
    query: str
    values: tuple[Any, ...] = ()


def run(options: argparse.Namespace) -> list[Figure]:
    """Measure every case for every reader; the first run imports the crowd, which later runs find."""
    boot(is_migrated=False)
    from bench.readers import readers

    from bench import bank

    bank.fill(options.customers or CUSTOMERS)
    from bench.readers import milliseconds, select

    cases = [*lists(), *searches()]
    by_hand = [
        [milliseconds(partial(select, case.query, case.values)) for case in rounds] for rounds in cases
    ]
    return [figure for reader in readers() for figure in _measure(reader, cases, by_hand)]


def _measure(reader: Any, cases: list[list[Case]], by_hand: list[list[float]]) -> list[Figure]:
    from bench.readers import milliseconds

    figures, beside = [], "by hand, no scope"
    reader.post("/customers/search", {})
    for rounds, hand in zip(cases, by_hand, strict=True):
        took = [milliseconds(partial(reader.post, "/customers/search", case.body)) for case in rounds]
        name = f"{rounds[0].name}, {reader.name}"
        figures.append(Figure(f"{name}, p50", quantile(took, 0.5), "ms", beside, quantile(hand, 0.5)))
        figures.append(
            Figure(f"{name}, p95", quantile(took, 0.95), "ms", beside, quantile(hand, 0.95), BUDGET)
        )
    return figures


@cache
def sampled() -> str:
    """Return the clause that draws some ten thousand customers, or all of a small crowd."""
    from bench.readers import select

    count = select("SELECT count(*) FROM profile_customer")[0][0]
    return f"TABLESAMPLE SYSTEM ({min(100, max(1, 100 * 10_000 // count))})"


def lists() -> list[list[Case]]:
    """Return the first page of each order, and a page in its middle."""
    from bench.readers import select

    cases = []
    for sort in SORTS:
        column, direction = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
        column = "sort_key" if column == "name" else column
        order = f"ORDER BY c.{column} {direction}, c.id {direction} LIMIT 50"
        cases.append(
            [Case(f"list by {sort}", {"sort": sort}, f"{_HEAD} WHERE c.is_identified {order}")] * ROUNDS
        )
        rows = select(f"SELECT {column}, id FROM profile_customer {sampled()} ORDER BY {column} LIMIT 20000")
        value, last = rows[len(rows) // 2]
        sign = "<" if direction == "DESC" else ">"
        deep = f"{_HEAD} WHERE c.is_identified AND (c.{column}, c.id) {sign} (%s, %s) {order}"
        body = {"sort": sort, "cursor": _cursor(sort, value, last)}
        cases.append([Case(f"list by {sort}, deep", body, deep, (value, last))] * ROUNDS)
    return cases


def _cursor(sort: str, value: Any, last: Any) -> str:
    from kehu.profile.lists import cursors

    return cursors.encode(sort, value if isinstance(value, str) else value.isoformat(), last)


def searches() -> list[list[Case]]:
    """Return every kind of search, each round with the words of another customer."""
    people = sample()
    return [[make(person) for person in people] for make in (
        _character, _pair, _whole_name, _surname_pinyin, _pinyin, _initials, _tail, _number, _name_and_tail,
    )]  # fmt: skip


class Person(NamedTuple):
    """A customer to look for."""

    name: str
    pinyin: str
    initials: str
    mobile: str


def sample() -> list[Person]:
    """Draw customers by chance, and open them."""
    from django.db import transaction

    from kehu.platform.scope import SYSTEM, acting
    from kehu.profile.queries import Condition, list_customers
    from kehu.standardize.persons.pinyin import initials, pinyin_key

    ids = [row[0] for row in select_ids()]
    with acting(SYSTEM), transaction.atomic():
        rows = list_customers(
            limit=ROUNDS, cursor=None, sort="name", conditions=[Condition("c.id = ANY(%s)", (ids,))]
        ).rows
    return [Person(r.name, pinyin_key(r.name), initials(r.name), str(r.values["mobile"])) for r in rows]


def select_ids() -> list[tuple[Any, ...]]:
    """Return ids of customers with three-character names and a mobile, spread over the table."""
    from bench.readers import select

    return select(
        f"SELECT id FROM (SELECT id, name, party FROM profile_customer {sampled()}) c "
        "WHERE length(name) = 3 AND party = 'p' AND EXISTS (SELECT FROM profile_search_token t WHERE t.customer_id = c.id AND token LIKE '#mobile%%') "
        "ORDER BY md5(id::text) LIMIT %s", (ROUNDS,),
    )  # fmt: skip


def _search(name: str, q: str, condition: str, *values: Any) -> Case:
    return Case(f"search {name}", {"q": q, "sort": "name"}, f"{_FOUND} {condition} {_ORDER}", values)


def _character(person: Person) -> Case:
    return _search("one character", person.name[0], "t.token = %s", person.name[0])


def _pair(person: Person) -> Case:
    return _search("two characters", person.name[:2], "t.token = %s", person.name[:2])


def _whole_name(person: Person) -> Case:
    also = "EXISTS (SELECT FROM profile_search_token u WHERE u.customer_id = c.id AND u.token = %s)"
    return _search("whole name", person.name, f"t.token = %s AND {also}", person.name[:2], person.name[1:])


def _surname_pinyin(person: Person) -> Case:
    from kehu.standardize.persons.pinyin import pinyin_key

    word = pinyin_key(person.name[0])
    return _search("surname in pinyin", word, "t.token ^@ %s", f"p:{word}")


def _pinyin(person: Person) -> Case:
    return _search("pinyin", person.pinyin, "t.token ^@ %s", f"p:{person.pinyin}")


def _initials(person: Person) -> Case:
    return _search("initials", person.initials, "t.token ^@ %s", f"i:{person.initials}")


def _tail(person: Person) -> Case:
    return _search("tail", person.mobile[-4:], "t.token = ANY(%s)", _tails(person.mobile[-4:]))


def _tails(tail: str) -> list[str]:
    from kehu.govern.sealing.keyring import keyring
    from kehu.profile.lists.search import TAIL_KINDS
    from kehu.profile.lists.tokens import tail_token

    return [tail_token(kind, tail, keyring()) for kind in TAIL_KINDS]


def _number(person: Person) -> Case:
    from kehu.govern.sealing.keyring import keyring

    query = f"{_HEAD} JOIN resolve_identifier i ON i.cluster_id = c.id WHERE i.value = %s"
    return Case(
        "search number",
        {"q": person.mobile, "sort": "name"},
        query,
        (keyring().blind("mobile", person.mobile),),
    )


def _name_and_tail(person: Person) -> Case:
    also = "EXISTS (SELECT FROM profile_search_token u WHERE u.customer_id = c.id AND u.token = ANY(%s))"
    q, condition = f"{person.name[0]} {person.mobile[-4:]}", f"t.token = %s AND {also}"
    return _search("character and tail", q, condition, person.name[0], _tails(person.mobile[-4:]))
