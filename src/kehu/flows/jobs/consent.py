"""Consent ends in time, and its masks are compared with the ledger."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kehu.flows.consent.project import end_consents, reconcile


@app.periodic(cron="* * * * *")
@app.task(name="flows.end_consents", queueing_lock="end_consents")
def end_consents_job(timestamp: int) -> None:
    """End consent that was given for a time."""
    end_consents(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="10 19 * * *")
@app.task(name="flows.reconcile_consents", queueing_lock="reconcile_consents")
def reconcile_consents_job(timestamp: int) -> None:
    """Compare every mask of purposes with the ledger of consent."""
    reconcile(now=datetime.fromtimestamp(timestamp, UTC))
