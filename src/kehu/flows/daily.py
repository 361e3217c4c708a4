"""Housekeeping, once a day: what was kept for a while only is deleted, and how much of it is told to the audit."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection, transaction

from kehu.collect.models import Import
from kehu.engage.channels.sink import forget_mails
from kehu.engage.channels.webhook.dead_letters import delete_old
from kehu.flows.imports.end_staging import end_staging
from kehu.govern import audit
from kehu.platform.installation.home import uploads_dir
from kehu.platform.scope import SYSTEM, acting

OUTCOME_DAYS = 7
ORPHAN_HOURS = 24
GONE_DAYS = 7


def clean_up(*, now: datetime) -> dict[str, int]:
    """Delete answers kept for idempotency, ended sessions, and what imports keep no longer: files, samples, refused rows."""
    with acting(SYSTEM), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM platform_idempotent_outcome WHERE created_at < %s",
                [now - timedelta(days=OUTCOME_DAYS)],
            )
            outcomes = int(cursor.rowcount)
            cursor.execute("DELETE FROM engage_survey_ticket WHERE ends_on < %s", [now.date()])
            cursor.execute("DELETE FROM platform_gone WHERE told_at < %s", [now - timedelta(days=GONE_DAYS)])
        sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
        staging = end_staging(now=now)
        known = set(Import.objects.values_list("pk", flat=True))
        figures = {
            "outcomes": outcomes,
            "sessions": sessions,
            **staging,
            "orphans": _orphans(known, now),
            "dead_letters": delete_old(now=now),
            "sink_mails": forget_mails(now=now),
        }
        audit.record(action="housekeeping", actor_id=None, now=now, details=figures)
    return figures


def _orphans(known: set[UUID], now: datetime) -> int:
    """Remove sealed files of uploads that never became an import."""
    removed = 0
    for path in uploads_dir().glob("*.sealed"):
        is_old = now.timestamp() - path.stat().st_mtime > ORPHAN_HOURS * 3600
        if is_old and path.stem not in {str(one) for one in known}:
            path.unlink()
            removed += 1
    return removed
