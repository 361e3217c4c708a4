"""How far the sealing of a field's earlier values has come, after its class was raised; `flows.upkeep.seal_field` does it."""

from datetime import datetime

from django.db.models import F

from kehu.govern import audit
from kehu.govern.models.fields import FieldSealing

ALMOST = 99


def begin(key: str, *, actor_id: int | None, now: datetime) -> None:
    """Note that the values of a field are to be sealed."""
    FieldSealing.objects.get_or_create(pk=key, defaults={"actor_id": actor_id, "requested_at": now})


def open_keys() -> list[str]:
    """Return the fields of which values may still lie clear, the longest waiting first."""
    waiting = FieldSealing.objects.filter(finished_at__isnull=True)
    return list(waiting.order_by("requested_at").values_list("pk", flat=True))


def percents() -> dict[str, int]:
    """Return how much is sealed of each field that is not done; 100 is never said before the end."""
    return {row.pk: _percent(row) for row in FieldSealing.objects.filter(finished_at__isnull=True)}


def _percent(row: FieldSealing) -> int:
    return min(ALMOST, 100 * (row.versions + row.customers) // row.total) if row.total else 0


def count(key: str, total: int) -> None:
    """Note how many rows there were to begin with; a run that goes on keeps the figure of the first."""
    FieldSealing.objects.filter(pk=key, total__isnull=True).update(total=total)


def advance(key: str, **figures: int) -> None:
    """Add to the figures (`versions`, `customers`, `views`, `imports`), in the transaction that did it."""
    FieldSealing.objects.filter(pk=key).update(**{name: F(name) + more for name, more in figures.items()})


def finish(key: str, *, now: datetime) -> None:
    """Note the end, and tell the audit what was sealed and for whom."""
    FieldSealing.objects.filter(pk=key).update(finished_at=now)
    row = FieldSealing.objects.get(pk=key)
    details = {name: getattr(row, name) for name in ("versions", "customers", "views", "imports")}
    audit.record(
        action="field.seal", actor_id=row.actor_id, now=now, object_kind="field", object_id=key,
        row_count=row.versions + row.customers, details=details,
    )  # fmt: skip
