"""Segments follow the database: whoever was touched since is evaluated again, and whoever falls due.

What was touched is read from the numbers of transactions that rows carry, as the lake does it: no way of writing is
passed over. Many at once (an import) wait for the lake, which evaluates everybody in one query.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from kehu.analyze.mirror.asking import LakeEmpty
from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.evaluating import Evaluation, Everybody, evaluations
from kehu.analyze.segments.saved.members import Moved, put_everybody, put_some
from kehu.analyze.segments.saved.reading import book_of
from kehu.platform.db.transactions import horizon
from kehu.platform.scope import SYSTEM, acting

MANY = 20_000
PORTION = 2_000
FAR = 10_000
"""Transactions after which segments whom nobody's change concerned are put forward: their rows are not written at rest."""
_TOUCHED = """
SELECT id FROM profile_customer WHERE written_in >= %(since)s
UNION SELECT l.cluster_id FROM collect_event e JOIN resolve_link l ON l.record_id = e.record_id AND l.ended_at IS NULL
  WHERE e.written_in >= %(since)s
UNION SELECT cluster_id FROM resolve_link WHERE written_in >= %(since)s
UNION SELECT l.cluster_id FROM analyze_list_member m JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
  WHERE m.written_in >= %(since)s
UNION SELECT l.cluster_id FROM profile_tagged m JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
  WHERE m.written_in >= %(since)s
UNION SELECT l.cluster_id FROM profile_relationship r
  JOIN resolve_link l ON l.record_id IN (r.record_id, r.other_record_id) AND l.ended_at IS NULL WHERE r.written_in >= %(since)s
UNION SELECT customer_id FROM analyze_trait_value WHERE written_in >= %(since)s
UNION SELECT key FROM platform_gone WHERE dataset = 'customers' AND written_in >= %(since)s
LIMIT %(limit)s
"""
_DUE = """
SELECT segment_id, customer_id FROM analyze_segment_due WHERE due_at <= %s ORDER BY segment_id, due_at LIMIT %s
"""
_OLD = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Followed:
    """What a turn did. `waits` are segments that wait for the lake."""

    moved: tuple[Moved, ...] = ()
    waits: int = 0


def follow(*, now: datetime) -> Followed:
    """Evaluate whoever was touched since the last turn, for every segment whose members are known."""
    with acting(SYSTEM), transaction.atomic():
        groups: dict[int, list[Segment]] = {}
        for segment in _living().filter(watermark__gt=0):
            groups.setdefault(segment.watermark, []).append(segment)
    moved: list[Moved] = []
    waits = 0
    for since, segments in groups.items():
        with acting(SYSTEM), transaction.atomic():
            until = horizon()
            touched = _touched(since)
        if len(touched) > MANY:
            waits += _wait([segment.pk for segment in segments])
        elif touched:
            moved += _each(segments, touched, until, now)
        elif until - since > FAR:
            _put_forward(segments, until)
    return Followed(tuple(moved), waits)


def fall_due(*, now: datetime) -> Followed:
    """Evaluate whoever's time has come. Many of one segment wait for the lake."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DUE, [now, MANY + 1])
        dues: dict[UUID, list[UUID]] = {}
        for segment_id, customer_id in cursor.fetchall():
            dues.setdefault(segment_id, []).append(customer_id)
        segments = list(_living().filter(pk__in=dues, watermark__gt=0))
    if sum(map(len, dues.values())) > MANY:
        return Followed(waits=_wait([segment.pk for segment in segments]))
    moved: list[Moved] = []
    for segment in segments:
        moved += _each([segment], dues[segment.pk], None, now)
    return Followed(tuple(moved))


def refresh(*, now: datetime) -> Followed:
    """Evaluate everybody, for segments whose members are not known and for those not seen whole for long."""
    with acting(SYSTEM), transaction.atomic():
        wanted = list(_unseen(now))
    moved: list[Moved] = []
    waits = 0
    for segment in wanted:
        try:
            moved.append(refresh_one(segment.pk, now=now))
        except LakeEmpty:
            waits += 1
    return Followed(tuple(moved), waits)


def wants_refresh(*, now: datetime) -> bool:
    """Whether a segment has to be evaluated whole: it is new, was changed, much was written at once, or a night has passed."""
    with acting(SYSTEM), transaction.atomic():
        return _unseen(now).exists()


def _unseen(now: datetime) -> QuerySet[Segment]:
    return _living().filter(Q(watermark=0) | Q(refreshed_at__lt=now - _OLD))


def refresh_one(segment_id: UUID, *, now: datetime) -> Moved:
    """Evaluate everybody for one segment, and write who entered and left. Raises LakeEmpty."""
    with acting(SYSTEM), transaction.atomic():
        segment = Segment.objects.select_for_update(of=("self",)).select_related("current").get(pk=segment_id)
        ((_, evaluation),) = evaluations([segment], book_of(None), now)
        found = Everybody([], [], horizon()) if evaluation is None else evaluation.everybody()
        moved = put_everybody(segment.pk, found, now)
        Segment.objects.filter(pk=segment.pk).update(watermark=max(found.watermark, 1), refreshed_at=now)
    return moved


def _living() -> QuerySet[Segment]:
    return Segment.objects.filter(is_archived=False).select_related("current").order_by("created_at")


def _touched(since: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"since": since, "limit": MANY + 1})
        return [row[0] for row in cursor.fetchall()]


def _wait(segment_ids: Sequence[UUID]) -> int:
    """Have segments evaluated whole, once the lake has what was written."""
    with acting(SYSTEM), transaction.atomic():
        return Segment.objects.filter(pk__in=segment_ids).update(watermark=0)


def _each(
    segments: Sequence[Segment], ids: Sequence[UUID], until: int | None, now: datetime
) -> Iterator[Moved]:
    with acting(SYSTEM), transaction.atomic():
        ready = list(evaluations(segments, book_of(None), now))
    for segment, evaluation in ready:
        yield from _evaluate(segment, evaluation, ids, now)
        if until is not None:
            _put_forward([segment], until)


def _put_forward(segments: Sequence[Segment], until: int) -> None:
    """Note that all before `until` was seen, unless a segment was saved anew meanwhile."""
    with acting(SYSTEM), transaction.atomic():
        for segment in segments:
            Segment.objects.filter(pk=segment.pk, watermark=segment.watermark).update(watermark=until)


def _evaluate(
    segment: Segment, evaluation: Evaluation | None, ids: Sequence[UUID], now: datetime
) -> Iterator[Moved]:
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        with acting(SYSTEM), transaction.atomic():
            held = Segment.objects.select_for_update(of=("self",)).filter(
                pk=segment.pk, current=segment.current_id
            )
            if evaluation is None or not held.exists():
                return  # it was saved anew or archived meanwhile: who saved it has it evaluated whole
            moved = put_some(segment.pk, evaluation.some(portion), now)
        if moved.entered or moved.left:
            yield moved
