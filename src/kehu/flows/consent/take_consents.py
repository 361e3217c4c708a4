"""Many words at once, as a file or another system brings them: written and projected batch by batch, one audit event a batch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kehu.flows.consent.project import project
from kehu.govern import audit
from kehu.govern.purposes.ledger import Said, append
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.operations import lock_resolution


def take_consents(
    words: Sequence[tuple[UUID, Said]], *, actor_id: int | None, import_id: UUID | None = None, now: datetime
) -> int:
    """Write what living customers have said, checked before. All of it happens, or nothing. Returns how many masks changed."""
    with acting(SYSTEM), transaction.atomic():
        lock_resolution()
        append(words, author_id=actor_id, import_id=import_id, now=now)
        changed = project([customer_id for customer_id, _ in words], now)
        audit.record(
            action="consent.take", actor_id=actor_id, now=now, object_kind="import" if import_id else "",
            object_id=import_id or "", row_count=len(words), details={"changed": changed},
        )  # fmt: skip
    return changed
