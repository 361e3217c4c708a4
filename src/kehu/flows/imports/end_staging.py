"""The end of what an import keeps for a while: its file, the samples of its trial, its refused rows. The rules say when."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from kehu.collect import imports
from kehu.collect.models import Import, Refusal
from kehu.govern.retention.rules import kept_since

_FORGET_SAMPLES = (
    "UPDATE collect_import SET summary = summary - 'samples' WHERE id = ANY(%s) AND summary ? 'samples'"
)
_NAMING = """
UPDATE collect_import SET summary = summary - 'samples'
WHERE summary ? 'samples' AND EXISTS (SELECT FROM unnest(%s::text[]) word WHERE strpos((summary->'samples')::text, word) > 0)
"""


def end_staging(*, now: datetime) -> dict[str, int]:
    """Erase what is kept no longer, in the open transaction of the system; returns how much of what."""
    waiting = Import.objects.filter(
        state="uploaded", created_at__lt=kept_since("waiting_imports", now=now)
    ).update(state="cancelled", wish="", finished_at=now)
    ended = Import.objects.filter(state__in=imports.FINAL)
    late = list(
        ended.filter(finished_at__lt=kept_since("import_files", now=now)).values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_SAMPLES, [late])
    over = ended.filter(finished_at__lt=kept_since("import_refusals", now=now), refusals_erased_at=None)
    refusals = _erase_refusals(list(over.values_list("pk", flat=True)), now)
    return {"waiting": waiting, "uploads": sum(map(_remove_file, late)), "refusals": refusals}


def _erase_refusals(ids: list[UUID], now: datetime) -> int:
    erased, _ = Refusal.objects.filter(import_ref__in=ids).delete()
    Import.objects.filter(pk__in=ids, rows_rejected__gt=0).update(refusals_erased_at=now)
    return erased


def erase_staging(ids: list[UUID], *, now: datetime) -> None:
    """Erase refused rows and samples of these imports at once: somebody in them is erased. Their files go on commit."""
    _erase_refusals(ids, now)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_SAMPLES, [ids])


def forget_samples(words: list[str]) -> None:
    """Drop the samples of every trial that holds one of these ids or names."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [words])


def _remove_file(import_id: UUID) -> int:
    path = imports.path_of(import_id)
    if not path.exists():
        return 0
    path.unlink()
    return 1
