"""Reading lists of customers: keyset pages under row scope, sorted and filtered in SQL, opened in memory."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.collect.records import Values, join
from kehu.govern import audit
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.suites import SealBroken
from kehu.platform.db.rows import from_json, uuid_array
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile.golden import PLACE
from kehu.profile.lists import cursors, paging
from kehu.profile.lists.reach import FEW, Reach, reach, sampled

log = logging.getLogger(__name__)

SORTS = {
    "name": ("c.sort_key", "ASC"),
    "-name": ("c.sort_key", "DESC"),
    "updated_at": ("c.updated_at", "ASC"),
    "-updated_at": ("c.updated_at", "DESC"),
}
Condition = paging.Condition
Count = paging.Count


@dataclass(frozen=True, slots=True)
class Row:
    """One customer of a list, opened; `values` are all golden values, to be presented by the reader's rights."""

    id: UUID
    party: str
    name: str
    unit_id: int
    owner_id: int | None
    record_count: int
    completeness: int
    created_at: datetime
    updated_at: datetime
    values: Values


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `next_cursor` is None on the last one."""

    rows: list[Row]
    next_cursor: str | None
    count: Count


def list_customers(
    *,
    limit: int,
    cursor: str | None,
    sort: str,
    conditions: Sequence[Condition] = (),
    wants_exact: bool = False,
) -> Page:
    """Return one page of the customers within the open scope. Raises Invalid for an unknown sort or cursor."""
    if sort not in SORTS:
        raise Invalid(Text("不支持这种排序。", "This order is not supported."))
    order = paging.Order(*SORTS[sort], cursors.decode(cursor, sort) if cursor else None, limit + 1)
    base = [Condition("c.is_identified"), *conditions]
    found = _find(order, base, reach())
    following = None
    if len(found.raw) > limit:
        last_row = found.raw[limit - 1]
        value = last_row[11] if "name" in sort else last_row[10].isoformat()
        following = cursors.encode(sort, value, last_row[0])
    count = _count_all(base, reach()) if wants_exact else found.count
    return Page(open_rows(found.raw[:limit]), following, count)


def _find(order: paging.Order, conditions: Sequence[Condition], near: Reach) -> paging.Found:
    """Choose the way to the page: few customers are gathered and sorted, many are walked in the order of the page."""
    if not near.is_wide:
        own = Condition(near.sql, near.values)
        return paging.gather(order, [own, *(paging.near_letters(c) for c in conditions)])
    narrowed = paging.narrow(conditions)
    if narrowed is not None:
        return paging.gather(order, narrowed)
    for one in conditions:
        if one.finder is not None and order.is_by_name:
            return paging.walk_word(order, one.finder, one, [c for c in conditions if c is not one], near)
    if len(conditions) == 1:
        return paging.Found(paging.walk(order, conditions), Count(near.estimate, is_exact=False))
    return _filtered(order, [*conditions, Condition(near.sql, near.values)])


def _filtered(order: paging.Order, conditions: Sequence[Condition]) -> paging.Found:
    """Read filters that no index answers: what is rare is gathered in one scan, what is common is soon met on the way."""
    guess = sampled(*paging.joined(conditions))
    if guess <= FEW:
        return paging.gather(order, conditions)
    return paging.Found(paging.walk(order, conditions), Count(guess, is_exact=False))


def _count_all(conditions: Sequence[Condition], near: Reach) -> Count:
    """Count every one within reach; the first searched word is read from its finder."""
    conditions = [*conditions, Condition(near.sql, near.values)]
    one = next((c for c in conditions if c.finder is not None), None)
    if one is not None and (found := one.finder) is not None:
        word = Condition(f"c.id IN (SELECT {found.column} FROM {found.source})", found.values)
        conditions = [word, *(c for c in conditions if c is not one)]
    where, values = paging.joined(conditions)
    with connection.cursor() as db:
        db.execute(f"SELECT count(*) FROM profile_customer c WHERE {where}", values)
        return Count(int(db.fetchone()[0]), is_exact=True)


def open_rows(raw: Sequence[Sequence[Any]]) -> list[Row]:
    """Open the sealed halves of rows selected with the list's columns; one whose key was destroyed is left out."""
    try:
        keys = get_data_keys([r[0] for r in raw]) if raw else {}
    except SealBroken:
        return [row for r in raw for row in _open_alone(r)]
    return [_row(r, _values(r, keys[r[0]])) for r in raw if r[0] in keys]


def _open_alone(raw: Sequence[Any]) -> list[Row]:
    """Open one row where some key of the page was tampered with."""
    try:
        keys = get_data_keys([raw[0]])
    except SealBroken:
        return [_row(raw, _spoiled(raw))]
    return [_row(raw, _values(raw, keys[raw[0]]))] if raw[0] in keys else []


def _row(r: Sequence[Any], values: Values) -> Row:
    return Row(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[9], r[10], values)


def _values(row: Sequence[Any], key: bytes) -> Values:
    try:
        return join(from_json(row[7]), unseal(key, row[8], PLACE, row[0]))
    except SealBroken:
        return _spoiled(row)


def _spoiled(row: Sequence[Any]) -> Values:
    """Return what lies clear of a row whose sealed half was tampered with: it spoils itself only, and the trail is told."""
    log.error("the sealed half of a customer does not open", extra={"count": 1})
    audit.record_apart(
        action="seal.broken", actor_id=None, decision="refused", object_kind="customer", object_id=row[0]
    )
    return dict(from_json(row[7]))


OPERATORS = {"eq": "=", "gte": ">=", "lte": "<="}


def filter_condition(key: str, operator: str, value: str, *, is_number: bool) -> Condition:
    """Return the condition of one filter on a field that is kept clear. Raises Invalid for an unknown operator."""
    place = "(c.plain->>%s)::numeric" if is_number else "c.plain->>%s"
    if operator in OPERATORS:
        return Condition(f"{place} {OPERATORS[operator]} %s", (key, value))
    if operator == "in":
        return Condition("c.plain->>%s = ANY(%s)", (key, value.split(",")))
    if operator == "empty":
        return (
            Condition("NOT c.plain ? %s", (key,)) if value != "false" else Condition("c.plain ? %s", (key,))
        )
    raise Invalid(Text("不支持这种条件。", "This condition is not supported."))


def visible(ids: Collection[UUID]) -> set[UUID]:
    """Return which of these living customers the open scope shows."""
    with connection.cursor() as db:
        db.execute("SELECT id FROM profile_customer WHERE id = ANY(%s::uuid[])", [uuid_array(ids)])
        return {row[0] for row in db.fetchall()}


def get_names(table: str, ids: Sequence[int]) -> Mapping[int, str]:
    """Return the names of units or users by id."""
    if table not in {"govern_unit", "govern_user"}:
        raise ValueError(table)
    with connection.cursor() as db:
        db.execute(f"SELECT id, name FROM {table} WHERE id = ANY(%s)", [list(set(ids))])
        return dict(db.fetchall())
