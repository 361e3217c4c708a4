"""What waits for a steward: pairs that share an identifier but contradict each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import from_json
from kehu.platform.errors import Conflict, NotFound
from kehu.platform.text import Text

NOTE = "resolve_review.note_sealed"
DECIDED = "decided"
_COLUMNS = """
SELECT v.id, v.record_id, coalesce(k.living_id, k.id), l.cluster_id, v.reason, v.evidence, v.state, v.opened_at, v.decided_at,
  v.decided_by, v.note_sealed
FROM resolve_review v JOIN resolve_link l ON l.record_id = v.record_id AND l.ended_at IS NULL
JOIN resolve_cluster k ON k.id = v.cluster_id
"""
# Two that became one since, by other evidence, wait no longer; if they are parted again, they do.
_LIST = f"""{_COLUMNS}
WHERE v.state = %(state)s AND (v.state <> 'open' OR l.cluster_id <> coalesce(k.living_id, k.id)) AND (%(before)s::uuid IS NULL OR v.id < %(before)s) ORDER BY v.id DESC LIMIT %(limit)s
"""
_DECIDED = f"""{_COLUMNS}
WHERE v.state IN ('same', 'different') AND v.decided_at IS NOT NULL AND (%(before)s::uuid IS NULL
  OR (v.decided_at, v.id) < (SELECT coalesce(b.decided_at, b.opened_at), b.id FROM resolve_review b WHERE b.id = %(before)s))
ORDER BY v.decided_at DESC, v.id DESC LIMIT %(limit)s
"""
_COUNT = """
SELECT count(*) FROM resolve_review v JOIN resolve_link l ON l.record_id = v.record_id AND l.ended_at IS NULL
JOIN resolve_cluster k ON k.id = v.cluster_id WHERE v.state = 'open' AND l.cluster_id <> coalesce(k.living_id, k.id)
"""
_ONE = f"{_COLUMNS} WHERE v.id = %s"


class ReviewNotFound(NotFound):
    """No such review within the open scope."""

    code = "review_not_found"


class ReviewDecided(Conflict):
    """Somebody has decided this pair already."""

    code = "review_decided"


class ReviewStays(Conflict):
    """A pair that stays as it is: nobody has kept it apart, or its two are one by now."""

    code = "review_stays"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair in doubt: the customer a record is in now, and the one that it may belong to."""

    id: UUID
    record_id: UUID
    other_id: UUID
    customer_id: UUID
    reason: str
    evidence: tuple[str, ...]
    state: str
    opened_at: datetime
    decided_at: datetime | None
    decided_by: int | None
    note: str


def list_reviews(*, state: str, limit: int, before: UUID | None = None) -> list[Doubt]:
    """Return pairs of one state within the open scope, newest first, behind `before`.

    `decided` are those that a person has decided, the latest decision first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _DECIDED if state == DECIDED else _LIST, {"state": state, "limit": limit, "before": before}
        )
        return [_doubt(row) for row in cursor.fetchall()]


def count_open() -> int:
    """Return how many pairs within the open scope wait for a decision."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return int(cursor.fetchone()[0])


def get_review(review_id: UUID) -> Doubt:
    """Return one pair within the open scope. Raises ReviewNotFound."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [review_id])
        row = cursor.fetchone()
    if row is None:
        raise ReviewNotFound(
            Text("没有这一对，或者不在您的可见范围。", "There is no such pair within what you can see.")
        )
    return _doubt(row)


def _doubt(row: tuple[object, ...]) -> Doubt:
    values = list(row)
    values[5] = tuple(from_json(str(values[5])))
    values[10] = (
        keyring().unstage(bytes(row[10]), NOTE).decode() if isinstance(row[10], bytes | memoryview) else ""
    )
    return Doubt(*values)  # type: ignore[arg-type]  # the columns of the query, in order


def close_review(review_id: UUID, *, decision: str, note: str, author_id: int, now: datetime) -> None:
    """Write a decision on an open pair, its reason sealed. Raises ReviewDecided when somebody was faster."""
    sealed = keyring().stage(note.encode(), NOTE) if note else None
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE resolve_review SET state = %s, decided_at = %s, decided_by = %s, note_sealed = %s "
            "WHERE id = %s AND state = 'open'",
            [decision, now, author_id, sealed, review_id],
        )
        if cursor.rowcount == 0:
            raise ReviewDecided(Text("这一对已经有人判断过了。", "Somebody has decided this pair already."))


def open_review_again(doubt: Doubt) -> None:
    """Let a pair that was kept apart wait once more. Raises ReviewStays where it was not, or where its two are one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE resolve_review SET state = 'open', decided_at = NULL, decided_by = NULL, note_sealed = NULL "
            "WHERE id = %s AND state = 'different' AND %s",
            [doubt.id, doubt.other_id != doubt.customer_id],
        )
        if cursor.rowcount == 0:
            raise ReviewStays(
                Text(
                    "只有判为“不是同一人”、现在仍是两位客户的，才能重新审核。",
                    "Only a pair that was kept apart, and is two customers still, can be reviewed again.",
                )
            )
