"""Customers of the same name, traditional or simplified, with the same birth date or the same last four of a phone.

Birth dates and phones are sealed, so the namesakes are opened and compared: 500 of them at most, the best known first.
"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from kehu.profile.lists.paging import COLUMNS
from kehu.profile.lists.tokens import TAIL, TAILS
from kehu.profile.queries import Row, open_rows
from kehu.standardize.persons.names import fold_name

Ground = Literal["birth", "tail"]
MOST_NAMESAKES = 500
SHORTEST = 2
KEPT = 40
PHONES = tuple(key for key, kind in TAILS.items() if kind == "mobile")
_NAMESAKES = f"""
SELECT {COLUMNS} FROM profile_search_token t
JOIN profile_customer c ON c.id = t.customer_id AND c.sort_key = t.sort_key
WHERE t.token = %s AND split_part(t.sort_key, ' ', 2) = %s AND c.is_identified
ORDER BY c.record_count DESC, c.id LIMIT {MOST_NAMESAKES}
"""


def find_namesakes(name: str, *, birth_date: str, mobile: str) -> dict[UUID, Ground]:
    """Return the customers of the open scope that share a name and, beside it, what is given; empty texts are not compared."""
    folded = fold_name(name)
    if len(folded) < SHORTEST or not (birth_date or mobile):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMESAKES, [folded[:SHORTEST], folded[:KEPT]])
        rows = open_rows(cursor.fetchall())
    same = [row for row in rows if fold_name(row.name) == folded]
    return {row.id: ground for row in same if (ground := _ground(row, birth_date, mobile)) is not None}


def _ground(row: Row, birth_date: str, mobile: str) -> Ground | None:
    if birth_date and row.values.get("birth_date") == birth_date:
        return "birth"
    return "tail" if mobile and mobile[-TAIL:] in _tails(row.values) else None


def _tails(values: Mapping[str, Any]) -> set[str]:
    return {str(values[key])[-TAIL:] for key in PHONES if key in values}
