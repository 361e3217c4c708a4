"""Computing every golden record anew, after a rule or a source's trust has changed; portion by portion, while others work."""

import logging
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kehu.collect.records import get_members
from kehu.govern import audit
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.golden import Rebuild
from kehu.resolve.operations import Cause, lock_resolution
from kehu.resolve.undoing import get_records_of

PORTION = 1000
log = logging.getLogger(__name__)
_NEXT = "SELECT id FROM profile_customer WHERE id > %s ORDER BY id LIMIT %s"


def recompute(*, actor_id: int | None) -> int:
    """Rebuild all customers; returns how many changed. May run again: what is right already stays untouched."""
    last, changed = UUID(int=0), 0
    while True:
        with acting(SYSTEM), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_NEXT, [last, PORTION])
                ids = [row[0] for row in cursor.fetchall()]
            if not ids:
                break
            changed += _portion(ids, actor_id)
        last = ids[-1]
    with acting(SYSTEM), transaction.atomic():
        audit.record(action="customer.recompute", actor_id=actor_id, now=timezone.now(), row_count=changed)
    log.info("customers recomputed", extra={"count": changed})
    return changed


def _portion(ids: list[UUID], actor_id: int | None) -> int:
    lock_resolution()
    records = get_records_of(ids)
    members = get_members(record for found in records.values() for record in found)
    state = {c: [members[r] for r in found if r in members] for c, found in records.items()}
    living = {c: found for c, found in state.items() if found}
    return len(
        Rebuild(fields=registry(), cause=Cause(None, actor_id, timezone.now())).rebuild(living).updated
    )
