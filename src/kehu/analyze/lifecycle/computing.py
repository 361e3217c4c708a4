"""What lifecycles come to: everybody's stage by the lake, kept as stays. A new one is traced back to the ends of past months."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from kehu.analyze.lifecycle import stays
from kehu.analyze.lifecycle.operations import KIND
from kehu.analyze.lifecycle.reading import PART, Lifecycle, read_lifecycle
from kehu.analyze.lifecycle.sql import staged
from kehu.analyze.mirror.asking import LakeEmpty, ask, watermark
from kehu.analyze.modeling.computing import Computed, gate_of
from kehu.analyze.modeling.queries import traits_of, waiting
from kehu.analyze.models.lifecycle import Stay
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.traits import Trait
from kehu.analyze.segments.saved.reading import Book, book_of
from kehu.analyze.traits.values import count_holders
from kehu.govern.purposes.gate import Gate
from kehu.platform.db import locks
from kehu.platform.scope import SYSTEM, acting

TRACED_MONTHS = 12
_LEASE = UUID("6c616b65-0000-4000-8000-6c6966650001")


def refresh(*, now: datetime, is_full: bool = False) -> Computed:
    """Compute the lifecycles that wait, or all in use; nothing where another process is at it, or nothing was mirrored."""
    with acting(SYSTEM), locks.held(_LEASE) as is_held:
        if not is_held:
            return Computed()
        with transaction.atomic():
            in_use = AnalysisModel.objects.filter(kind=KIND, is_active=True).order_by("id")
            wanted = list(in_use) if is_full else waiting(KIND, now=now)
        try:
            changed = sum(_compute(model, now) for model in wanted)
        except LakeEmpty:
            return Computed()
    return Computed(len(wanted), changed)


def _compute(model: AnalysisModel, now: datetime) -> int:
    with transaction.atomic():
        known_to, traits, book = watermark(), traits_of(model), book_of(None)
        lifecycle, gate = read_lifecycle(model.definition, book), gate_of(model)
        is_first = model.computed_at is None
        if is_first:  # a run that was killed left it half traced
            Stay.objects.filter(model=model).delete()
    moments = [*month_ends(now, lifecycle.zone)] if is_first and gate else []
    changed = sum(_put(model, lifecycle, gate, book, at, is_past=True) for at in moments)
    changed += _put(model, lifecycle, gate, book, now, is_past=False)
    with transaction.atomic():
        trait = traits[PART]
        stays.tell_trait(model.pk, trait.pk, now=now)
        count_holders([trait.pk])
        Trait.objects.filter(pk=trait.pk).update(watermark=max(known_to, 1), computed_at=now)
        AnalysisModel.objects.filter(pk=model.pk, version=model.version).update(
            watermark=max(known_to, 1), computed_at=now
        )
    return changed


def _put(
    model: AnalysisModel, lifecycle: Lifecycle, gate: Gate | None, book: Book, at: datetime, *, is_past: bool
) -> int:
    with transaction.atomic():
        found: list[tuple[UUID, str]] = []
        if gate is not None:
            rows, _ = ask(staged(lifecycle, book.names(), gate, SYSTEM, at, is_past=is_past))
            found = [(UUID(row[0]), str(row[1])) for row in rows]
        return stays.put(model.pk, found, at=at, is_traced=is_past)


def month_ends(now: datetime, zone: str) -> Iterator[datetime]:
    """Yield when the months before this one ended, the earliest first."""
    begin = now.astimezone(ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = [begin]
    while len(begins) < TRACED_MONTHS:
        begins.append((begins[-1] - timedelta(days=1)).replace(day=1))
    yield from reversed(begins)
