"""Rows of a file of consents: each finds its customer and goes into the ledger, or is refused with what to mend.

A row never makes a customer: whoever is not known has nothing to be used for. All signs of a row must lead to one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from kehu.collect.consent_rows import ConsentPlan, ConsentRow, Terms, read_consent_row
from kehu.collect.files.form import Row
from kehu.collect.mapping.consents import RECORD
from kehu.collect.models import Import
from kehu.collect.reading import Refused
from kehu.collect.tracking.known import get_known as get_records
from kehu.flows.consent.take_consents import take_consents
from kehu.govern.fields.registry import registry
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes.ledger import Mark, Said, get_known, mark_of
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import bytea_array
from kehu.platform.text import Text
from kehu.resolve.kinds import get_kinds
from kehu.resolve.operations import get_clusters_of
from kehu.standardize.values.folding import fold_text

_HOLDERS = """
SELECT i.kind, i.value, array_agg(DISTINCT i.cluster_id) FROM resolve_identifier i
JOIN unnest(%s::bytea[], %s::smallint[]) AS w(value, kind) USING (value, kind) GROUP BY 1, 2
"""
Sign = tuple[str, str]
_NOBODY = Text(
    "没有这位客户。先导入客户，或改正客户号、号码。",
    "There is no such customer. Import the customer first, or correct the number.",
)
_SEVERAL = Text(
    "这个号码属于几位客户，分不清是谁。加上客户号或证件号码。",
    "Several customers have this number. Add a customer number or an ID number.",
)
_CONTRADICTORY = Text(
    "这一行的几个号码属于不同的客户。核对后只留正确的。",
    "The numbers of this row belong to different customers. Check them and keep the right one.",
)


@dataclass(slots=True)
class ConsentsIngested:
    """What a batch did: rows that were taken, rows that said what was known, refusals, and customers whose masks changed."""

    accepted: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    updated: int = 0


def terms_now() -> Terms:
    """Return the purposes that rows may name, by key and by name, and their versions."""
    purposes: dict[str, Purpose] = {}
    for purpose in Purpose.objects.select_related("current").order_by("-id"):
        for word in (purpose.name_en, purpose.name_zh, purpose.key):
            purposes[fold_text(word)] = purpose
    versions = {(v.purpose_id, v.version): v for v in PurposeVersion.objects.all()}
    return Terms(purposes, versions)


def ingest_consents(
    rows: Sequence[Row], *, plan: ConsentPlan, job: Import, now: datetime
) -> ConsentsIngested:
    """Write what the rows of a file say, in the open transaction of the system. What is known already stays as it is."""
    result, read = ConsentsIngested(), []
    terms = terms_now()
    for row in rows:
        found = read_consent_row(row, plan, terms, now)
        if isinstance(found, Refused):
            result.refused.append(found)
        else:
            read.append(found)
    taken: list[list[tuple[UUID, Said]]] = []
    holders = _holders({sign for one in read for sign in one.subjects}, job.source_id)
    for one in read:
        customer = _customer(one, holders)
        if isinstance(customer, Refused):
            result.refused.append(customer)
            continue
        taken.append([(customer, said) for said in one.words])
    result.refused.sort(key=lambda refused: refused.row)
    result.accepted = len(taken)
    known: set[Mark] = {*get_known([entry for row in taken for entry in row])}
    new: dict[Mark, tuple[UUID, Said]] = {}
    for entries in taken:
        fresh = {mark_of(*entry): entry for entry in entries if mark_of(*entry) not in known}
        result.unchanged += not fresh
        new |= fresh
        known |= fresh.keys()
    if new:
        result.updated = take_consents(list(new.values()), actor_id=job.actor_id, import_id=job.pk, now=now)
    return result


def _customer(row: ConsentRow, holders: dict[Sign, set[UUID]]) -> UUID | Refused:
    """Return whom all signs of a row lead to; one that nobody has says nothing."""
    led = [found for sign in row.subjects if (found := holders.get(sign))]
    both = set.intersection(*led) if led else set()
    if len(both) == 1:
        return both.pop()
    field_ = row.subjects[0][0]
    if not led:
        return Refused(row.row, "customer_unknown", field_, _NOBODY, row.cells)
    reason, code = (_SEVERAL, "customer_ambiguous") if both else (_CONTRADICTORY, "customer_contradictory")
    return Refused(row.row, code, field_, reason, row.cells)


def _holders(signs: set[Sign], source_id: int) -> dict[Sign, set[UUID]]:
    """Return the living customers that each sign leads to: a key to its record of this source, an identifier to whoever has it."""
    records = get_records(source_id, {value for key, value in signs if key == RECORD})
    homes = get_clusters_of(record.id for record in records.values())
    found = {(RECORD, key): {homes[record.id]} for key, record in records.items() if record.id in homes}
    fields, kinds, ring = registry(), get_kinds(), keyring()
    marks: dict[tuple[int, bytes], list[Sign]] = {}
    for key, value in signs:
        kind = kinds.by_key.get(fields[key].identifier) if key in fields else None
        if kind is not None and not kinds.is_blocked(kind.key, value):
            for index in ring.blinds(kind.key, value):
                marks.setdefault((kind.id, index), []).append((key, value))
    if marks:
        with connection.cursor() as cursor:
            cursor.execute(_HOLDERS, [bytea_array(m[1] for m in marks), [m[0] for m in marks]])
            for kind_id, value, clusters in cursor.fetchall():
                for sign in marks[kind_id, bytes(value)]:
                    found.setdefault(sign, set()).update(clusters)
    return found
