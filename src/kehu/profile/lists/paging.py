"""Ways to one page of a list: gather few customers and sort them, or walk many in the order of the page.

Candidates of a search are found as the system and are ids only; who is among them for the reader is decided by row
security, where the customers are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.platform.scope import SYSTEM, acting
from kehu.profile.lists.reach import Reach, estimate

MOST_IDS = 3_000
FIRST_CHUNK, CHUNK_GROWTH, LARGEST_CHUNK = 1.5, 4, 4_000
COLUMNS = (
    "c.id, c.party, c.name, c.unit_id, c.owner_id, c.record_count, c.completeness, c.plain, c.sealed, "
    "c.created_at, c.updated_at, c.sort_key"
)
SORT_KEY = 11
Raw = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Finder:
    """Where the customers of a searched word are found: `SELECT column FROM source`.

    An ordered one reads tokens in the order of names; `prefix` is a word of Latin letters.
    """

    column: str
    source: str
    values: tuple[Any, ...]
    is_ordered: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause with its values; that of a searched word says where its customers are found."""

    sql: str
    values: tuple[Any, ...] = ()
    finder: Finder | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many match, and whether that was counted or estimated."""

    value: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of the page, one more than it shows where there is a next one."""

    raw: Raw
    count: Count


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list, the place behind which the page begins, and how many rows are read."""

    column: str
    direction: str
    after: tuple[Any, UUID] | None
    size: int

    @property
    def is_by_name(self) -> bool:
        """Whether tokens lie in this order."""
        return self.column == "c.sort_key"

    def sql(self, column: str, row: str) -> str:
        """Return the ORDER BY over a column and an id."""
        return f"ORDER BY {column} {self.direction}, {row} {self.direction}"

    def behind(self, column: str, row: str) -> list[Condition]:
        """Return the condition that leaves out what came before the page."""
        sign = ">" if self.direction == "ASC" else "<"
        return [] if self.after is None else [Condition(f"({column}, {row}) {sign} (%s, %s)", self.after)]


def joined(conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    """Return a WHERE clause and its values."""
    return " AND ".join(c.sql for c in conditions) or "true", [v for c in conditions for v in c.values]


def _rows(query: str, values: Sequence[Any]) -> Raw:
    with connection.cursor() as db:
        db.execute(query, values)
        return list(db.fetchall())


def walk(order: Order, conditions: Sequence[Condition]) -> Raw:
    """Read an index of the customers in the order of the page until it is full.

    The planner takes a wide scope for a narrow one, and would gather and sort it: so it may not sort here.
    """
    _rows("SELECT set_config('enable_sort', 'off', true)", ())
    raw = _page(order, conditions)
    _rows("SELECT set_config('enable_sort', 'on', true)", ())
    return raw


def _page(order: Order, conditions: Sequence[Condition]) -> Raw:
    where, values = joined([*conditions, *order.behind(order.column, "c.id")])
    by = order.sql(order.column, "c.id")
    return _rows(
        f"SELECT {COLUMNS} FROM profile_customer c WHERE {where} {by} LIMIT %s", [*values, order.size]
    )


def gather(order: Order, conditions: Sequence[Condition]) -> Found:
    """Read the keys of everything that matches, count it, and open the page only."""
    where, values = joined(conditions)
    behind, places = joined(order.behind("place", "id"))
    query = (
        f"WITH mine AS MATERIALIZED (SELECT c.id, {order.column} AS place FROM profile_customer c WHERE {where}), "
        f"page AS MATERIALIZED (SELECT id FROM mine WHERE {behind} {order.sql('place', 'id')} LIMIT %s) "
        f"SELECT {COLUMNS}, n.n FROM (SELECT count(*) AS n FROM mine) n "
        f"LEFT JOIN (page JOIN profile_customer c USING (id)) ON true {order.sql(order.column, 'c.id')}"
    )
    rows = _rows(query, [*values, *places, order.size])
    return Found([row[:-1] for row in rows if row[0] is not None], Count(int(rows[0][-1]), is_exact=True))


def candidates(finder: Finder) -> list[UUID] | None:
    """Return the ids that a word may mean; None when they are too many to look each of them up."""
    query = f"SELECT {finder.column} FROM {finder.source} LIMIT %s"
    with acting(SYSTEM):
        if _rows(f"SELECT count(*) FROM ({query}) t", [*finder.values, MOST_IDS + 1])[0][0] > MOST_IDS:
            return None
        return [row[0] for row in _rows(query, [*finder.values, MOST_IDS])]


def narrow(conditions: Sequence[Condition]) -> list[Condition] | None:
    """Return conditions with their rare words replaced by those whom all of these words may mean; None if no word is rare."""
    found = [candidates(c.finder) if c.finder is not None else None for c in conditions]
    rare = [set(ids) for ids in found if ids is not None]
    if not rare:
        return None
    rest = [c for c, ids in zip(conditions, found, strict=True) if ids is None]
    return [*rest, among(sorted(set.intersection(*rare)))]


def letter_range(kind: str, word: str) -> tuple[str, str]:
    """Return between which tokens of a kind those lie that begin with these letters."""
    return f"{kind}{word}", f"{kind}{word[:-1]}{chr(ord(word[-1]) + 1)}"


def lettered(kinds: Sequence[str], word: str) -> Finder:
    """Return where names are found by letters; a range of the index for each kind of token."""
    ranges = " UNION ALL ".join(
        "SELECT customer_id, sort_key FROM profile_search_token WHERE token >= %s AND token < %s"
        for _ in kinds
    )
    values = tuple(end for kind in kinds for end in letter_range(kind, word))
    return Finder("t.customer_id", f"({ranges}) t", values, prefix=word)


def near_letters(condition: Condition) -> Condition:
    """Return a condition on letters for few customers: other readings are looked up once, not for each of them."""
    word = condition.finder.prefix if condition.finder else ""
    ids = candidates(lettered(("v:",), word)) if word else None
    if ids is None:
        return condition
    return Condition("(c.sort_key ^@ %s OR c.initials ^@ %s OR c.id = ANY(%s::uuid[]))", (word, word, ids))


def among(ids: Sequence[UUID]) -> Condition:
    """Return the condition of being one of these; as a set of rows, so that the planner looks each up and never reads the scope beside."""
    return Condition("c.id IN (SELECT unnest(%s::uuid[]))", (list(ids),))


def walk_word(order: Order, finder: Finder, word: Condition, rest: Sequence[Condition], near: Reach) -> Found:
    """Read a common word in the order of names."""
    if finder.prefix:
        raw = _walk_prefix(order, finder, word, rest)
    elif finder.is_ordered:
        raw = _walk_tokens(order, finder, rest, near.share)
    else:
        raw = walk(order, [word, *rest])
    if order.after is None and len(raw) < order.size:
        return Found(raw, Count(len(raw), is_exact=True))
    guess = round(near.share * estimate(f"SELECT 1 FROM {finder.source}", finder.values))
    return Found(raw, Count(max(guess, len(raw)), is_exact=False))


def _walk_tokens(order: Order, finder: Finder, rest: Sequence[Condition], share: float) -> Raw:
    """Read the tokens of a word in order, chunk by chunk, and of each chunk what the reader may see."""
    found: Raw = []
    size, place = min(LARGEST_CHUNK, ceil(FIRST_CHUNK * order.size / max(share, 0.001))), order
    while len(found) < order.size:
        where, values = joined(
            [Condition(finder.source, finder.values), *place.behind("t.sort_key", "t.customer_id")]
        )
        by = order.sql("t.sort_key", "t.customer_id")
        with acting(SYSTEM):
            chunk = _rows(f"SELECT t.sort_key, t.customer_id FROM {where} {by} LIMIT %s", [*values, size])
        if chunk:
            wanted = replace(order, after=None, size=order.size - len(found))
            found += _page(wanted, [among([row[1] for row in chunk]), *rest])
        if len(chunk) < size:
            break
        place, size = replace(order, after=chunk[-1]), min(CHUNK_GROWTH * size, LARGEST_CHUNK)
    return found


def _beside(kind: str, letters: str) -> list[UUID] | None:
    """Return whom a kind of token finds whose usual reading begins with other letters."""
    near = lettered((kind,), letters)
    return candidates(
        replace(near, source=f"{near.source} WHERE NOT t.sort_key ^@ %s", values=(*near.values, letters))
    )


def _walk_prefix(order: Order, finder: Finder, word: Condition, rest: Sequence[Condition]) -> Raw:
    """Read names that begin with the letters in the usual reading, which lie together, and beside them the rare others."""
    letters = finder.prefix
    found = walk(order, [Condition("c.sort_key ^@ %s", (letters,)), *rest])
    others, initials = (_beside(kind, letters) for kind in ("v:", "i:"))
    if others is None:
        return walk(order, [word, *rest])
    if initials is None:
        sql = "c.sort_key ^@ %s AND c.initials ^@ %s AND NOT c.sort_key ^@ %s"
        found += walk(order, [Condition(sql, (letters[:1], letters, letters)), *rest])
    ids = [*others, *(initials or ())]
    found += gather(order, [among(ids), *rest]).raw if ids else []
    unique = {row[0]: row for row in found}
    ranked = sorted(
        unique.values(), key=lambda row: (row[SORT_KEY], row[0]), reverse=order.direction == "DESC"
    )
    return ranked[: order.size]
