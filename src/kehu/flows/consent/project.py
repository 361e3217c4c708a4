"""From the ledger to the masks on the customers, after somebody has said something or customers were joined or parted."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from kehu.govern import audit
from kehu.govern.models.purposes import PurposeVersion
from kehu.govern.purposes.ledger import append_ends, get_terms, get_words
from kehu.govern.purposes.standing import Standing, Word, masks, standing
from kehu.platform.db.rows import uuid_array
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.purposes import wipe_bit, write_masks
from kehu.resolve.forwarding import list_retired

PORTION = 2_000
_SPOKEN = """
SELECT DISTINCT coalesce(k.living_id, k.id) FROM govern_consent c JOIN resolve_cluster k ON k.id = c.customer_id
WHERE coalesce(k.living_id, k.id) > %s ORDER BY 1 LIMIT %s
"""
_LED_TO = "SELECT DISTINCT coalesce(k.living_id, k.id) FROM resolve_cluster k WHERE k.id = ANY(%s::uuid[])"
_OBJECTORS = """
SELECT DISTINCT coalesce(k.living_id, k.id) FROM govern_consent c JOIN resolve_cluster k ON k.id = c.customer_id
JOIN govern_purpose_version v ON v.id = c.purpose_version_id
WHERE v.purpose_id = %s AND c.state IN ('refused', 'withdrawn')
"""
_ENDED = """
SELECT DISTINCT coalesce(k.living_id, k.id) FROM govern_consent c JOIN resolve_cluster k ON k.id = c.customer_id
WHERE c.valid_until <= %(now)s AND c.valid_until > %(now)s - interval '3 days' AND c.state = 'given'
  AND NOT EXISTS (SELECT 1 FROM govern_consent e WHERE e.customer_id = c.customer_id AND e.state = 'expired'
    AND e.purpose_version_id = c.purpose_version_id AND e.channel = c.channel AND e.said_at = c.valid_until)
ORDER BY 1 LIMIT %(limit)s
"""
_MASKED = """
SELECT id FROM profile_customer WHERE (consented | objected <> 0 OR is_automation_objected OR closed IS NOT NULL) AND id > %s
ORDER BY id LIMIT %s
"""


def get_standings(customer_ids: Collection[UUID], now: datetime) -> dict[UUID, Standing]:
    """Return what holds for living customers, with all that was said under ids that lead to them."""
    retired = list_retired(customer_ids)
    every = {*customer_ids, *(one.gone for found in retired.values() for one in found)}
    said: dict[UUID, list[Word]] = {}
    for word in get_words(every):
        said.setdefault(word.customer_id, []).append(word)
    return {
        customer_id: standing(
            [word for one in (customer_id, *(r.gone for r in found)) for word in said.get(one, ())],
            found, customer_id, now,
        )
        for customer_id, found in retired.items()
    }  # fmt: skip


def project(customer_ids: Iterable[UUID], now: datetime) -> int:
    """Write the masks of customers anew. Returns how many changed. Within the system's scope."""
    wanted = list(dict.fromkeys(customer_ids))
    if not wanted:
        return 0
    terms = get_terms()
    return write_masks({c: masks(held, terms) for c, held in get_standings(wanted, now).items()})


def project_spoken(customer_ids: Collection[UUID], now: datetime) -> int:
    """Write the masks of those whom these ids lead to, in portions. Returns how many changed."""
    ids = list(customer_ids)
    changed = 0
    for start in range(0, len(ids), PORTION):
        with connection.cursor() as cursor:
            cursor.execute(_LED_TO, [uuid_array(ids[start : start + PORTION])])
            changed += project([row[0] for row in cursor.fetchall()], now)
    return changed


def project_objectors(purpose_id: int, now: datetime) -> int:
    """Carry objections over to a version just published: only consent ends with the terms that it was given to."""
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTORS, [purpose_id])
        return project([row[0] for row in cursor.fetchall()], now)


def end_consents(*, now: datetime) -> int:
    """Write into the ledger that consent given for a time has ended, and take it off the masks. Returns how many ended."""
    with acting(SYSTEM), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ENDED, {"now": now, "limit": PORTION})
            ids = [row[0] for row in cursor.fetchall()]
        ended = [
            word
            for held in get_standings(ids, now).values()
            for word in held.values()
            if word.state == "expired"
        ]
        append_ends(ended, now=now)
        project(ids, now)
    return len(ended)


def reconcile(*, now: datetime) -> int:
    """Compare every mask with the ledger and mend what differs: consent that has ended, and what should never differ.

    Returns how many customers changed.
    """
    changed = _each(_SPOKEN, now) + _each(_MASKED, now)
    _wipe_replaced()
    if changed:
        with acting(SYSTEM), transaction.atomic():
            audit.record(action="consent.reconcile", actor_id=None, now=now, row_count=changed)
    return changed


def _each(query: str, now: datetime) -> int:
    last, changed = UUID(int=0), 0
    while True:
        with acting(SYSTEM), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(query, [last, PORTION])
                ids = [row[0] for row in cursor.fetchall()]
            if not ids:
                return changed
            changed += project(ids, now)
            last = ids[-1]


def _wipe_replaced() -> None:
    """Take the bits of versions that were replaced off all customers, and give them free for others."""
    with acting(SYSTEM), transaction.atomic():
        replaced = PurposeVersion.objects.filter(bit__isnull=False).exclude(purpose__current=F("pk"))
        bits = {version.pk: version.bit for version in replaced if version.bit is not None}
    for version_id, bit in bits.items():
        while True:
            with acting(SYSTEM), transaction.atomic():
                if wipe_bit(bit, limit=PORTION) < PORTION:
                    PurposeVersion.objects.filter(pk=version_id).update(bit=None)
                    break
