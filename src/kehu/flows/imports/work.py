"""What the real run and the dry run of an import share: reading a batch, writing refusals, counting customers."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from kehu.collect.consent_rows import ConsentPlan
from kehu.collect.files.form import Row
from kehu.collect.models import Import
from kehu.collect.reading import Places, Plan, Refused, read_row
from kehu.collect.records import Policy, Statement
from kehu.collect.tracking.reading.file_rows import EventPlan
from kehu.flows.ingest import Basis, Drafts, draft
from kehu.govern.purposes.ledger import count_customers_of
from kehu.govern.sealing.blobs import seal
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk

BATCH = 4000
Item = TypeVar("Item")
REFUSAL = "collect_refusal.sealed"


@dataclass(frozen=True, slots=True)
class Work:
    """What every batch of one import needs."""

    job: Import
    plan: Plan
    places: Places
    policy: Policy
    key: bytes
    basis: Basis
    events: EventPlan | None = None
    consents: ConsentPlan | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a file, what they say, and what of it can be written; rows of events and consents are read later, by their own rules."""

    rows: list[Row]
    statements: list[Statement]
    refused: list[Refused]
    drafts: Drafts | None = None


def read_batches(work: Work, rows: Iterator[Row]) -> Iterator[Batch]:
    """Yield the rows in batches. Needs no database."""
    while batch := list(islice(rows, BATCH)):
        if work.events or work.consents:
            yield Batch(batch, [], [])
        else:
            statements, refused = read_batch(work, batch)
            drafts = draft(statements, source=work.job.source, basis=work.basis, now=timezone.now())
            yield Batch(batch, statements, refused, drafts)


def ahead(items: Iterator[Item], *, waiting: Callable[[], None], patience: float = 5.0) -> Iterator[Item]:
    """Yield the same items, the next one made in a thread while the caller waits for the database over this one.

    `waiting` is called every `patience` seconds for which the next item is not yet there.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as reader, _quick_turns():
        following = reader.submit(next, items, None)
        while True:
            while not wait([following], timeout=patience).done:
                waiting()
            if (item := following.result()) is None:
                return
            following = reader.submit(next, items, None)
            yield item


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let threads take turns ten times as often: each answer of the database would wait for the reader's turn to end."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 10)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def read_batch(work: Work, batch: Sequence[Row]) -> tuple[list[Statement], list[Refused]]:
    """Read the rows of a batch into statements and refusals."""
    statements: list[Statement] = []
    refused: list[Refused] = []
    for row in batch:
        result = read_row(row, work.plan, work.places, clears_empty=work.policy.clears_empty)
        if isinstance(result, Refused):
            refused.append(result)
        else:
            statements.append(result)
    return statements, refused


def write_refusals(work: Work, refused: Iterable[Refused]) -> None:
    """Write refused rows, sealed with the import's own key."""
    ring = keyring()
    rows = (
        (
            work.job.pk, r.row, r.code, r.field,
            seal(ring.suite, work.key, {"cells": r.cells, "zh": r.reason.zh, "en": r.reason.en}, REFUSAL, r.row),
        )
        for r in refused
    )  # fmt: skip
    columns = ("import_id", "row", "reason_code", "field", "sealed")
    bulk.insert("collect_refusal", columns, rows, conflict="ON CONFLICT DO NOTHING")


_COUNT = """
SELECT count(DISTINCT customer_id) FILTER (WHERE kind = 'created'),
  count(DISTINCT customer_id) FILTER (WHERE kind <> 'created' AND customer_id NOT IN (
    SELECT customer_id FROM profile_change WHERE import_id = %(id)s AND kind = 'created'))
FROM profile_change WHERE import_id = %(id)s
"""


def count_customers(job: Import) -> tuple[int, int]:
    """Return how many customers an import created, and how many it changed, or heard of consent, that were there before."""
    if job.kind == "consent":
        return 0, count_customers_of(job.pk)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"id": job.pk})
        created, updated = cursor.fetchone()
    return int(created), int(updated)
