"""Taking an upload in: recognized, mapped, queued. And taking it up again, stopping it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from kehu.collect import imports
from kehu.collect.consent_rows import consent_plan_of
from kehu.collect.files.form import FileForm, Reading
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import AS_RECOGNIZED
from kehu.collect.mapping.consents import mapping_of_consents, propose_consents
from kehu.collect.mapping.events import propose_events
from kehu.collect.mapping.proposal import ColumnProposal, FieldSpec
from kehu.collect.mapping.proposing import propose
from kehu.collect.models import Import, Source
from kehu.collect.reading import Places, plan_of
from kehu.collect.sources import require_active
from kehu.collect.tracking.reading.file_rows import event_plan_of
from kehu.flows.events.ingest_events import mapping_of_events
from kehu.govern import audit
from kehu.govern.fields.registry import registry
from kehu.govern.models.access import Unit, User
from kehu.govern.sealing.files import open_sealed
from kehu.platform.errors import Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

SAMPLE = 1000
KINDS = ("customer", "event", "consent")
PLANS = {"customer": plan_of, "event": event_plan_of, "consent": consent_plan_of}
"""What reads the mapping of each kind of file; raises Invalid for one that cannot be used."""
_GUESSES = {"customer": propose, "event": propose_events, "consent": propose_consents}


def start_import(
    *,
    upload: imports.Upload,
    source: Source,
    kind: str = "customer",
    mapping: Mapping[str, Any] | None,
    options: Mapping[str, Any] | None = None,
    reading: Reading = AS_RECOGNIZED,
    is_dry_run: bool = False,
    waits: bool = False,
    actor_id: int | None,
    now: datetime,
) -> Import:
    """Take an upload in and queue it; `waits` leaves it for a person to look at the mapping first.

    Without a mapping the proposed one is taken, without a reading the recognized one. Raises Invalid for a kind or
    mapping that cannot be used, SourceInactive for a source out of use.
    """
    require_active(source)
    if kind not in KINDS:
        raise Invalid(
            Text("kind 只能是 customer、event 或 consent。", "`kind` is customer, event or consent.")
        )
    with acting(SYSTEM):
        job = imports.create_import(
            upload=upload, source=source, kind=kind, mapping=mapping or {}, options=options or {}, reading=reading,
            is_dry_run=is_dry_run, state="uploaded" if waits else "queued", actor_id=actor_id, now=now,
        )  # fmt: skip
        if mapping is None:
            job.mapping = proposed_mapping(job, upload.key)
            job.save(update_fields=["mapping"])
        if not waits:
            queue(job)
        audit.record(
            action="import.start", actor_id=actor_id, now=now, object_kind="import", object_id=job.pk,
            details={"source": source.key, "kind": kind, "dry_run": is_dry_run},
        )  # fmt: skip
    return job


def proposed_mapping(job: Import, key: bytes) -> dict[str, Any]:
    """Return the mapping that the proposals for an import amount to."""
    proposals = propose_mapping(job, key)
    if job.kind == "consent":
        return mapping_of_consents(proposals)
    return mapping_of_events(proposals) if job.kind == "event" else mapping_of(proposals)


def queue(job: Import) -> None:
    """Check the mapping and hand the import to the worker, in the open transaction."""
    PLANS[job.kind](imports.form_of(job).columns, job.mapping, registry())
    from kehu.flows.jobs.imports import run_import_job

    Import.objects.filter(pk=job.pk).update(
        state="queued", wish="", mapping=job.mapping, options=job.options, refusals_erased_at=None
    )
    run_import_job.configure(queueing_lock=f"import-{job.pk}").defer(import_id=str(job.pk))


def propose_mapping(job: Import, key: bytes) -> list[ColumnProposal]:
    """Propose a field for each column of an import's file, by header, by what the source had before, by content."""
    form = imports.form_of(job)
    specs = [FieldSpec(s.key, s.label, s.standard.key, s.synonyms) for s in registry().values()]
    with open_sealed(imports.path_of(job.pk), file_id=job.pk, key=key) as stream:
        rows = [r.cells for r in islice(read_rows(stream, form), SAMPLE) if isinstance(r.cells, tuple)]
    remembered = {c: f for c, f in job.source.mapping.items() if isinstance(f, str)}
    columns = _columns(form, rows)
    proposals = _GUESSES[job.kind](form.columns, columns, specs, remembered or None)
    known = places()
    return [_with_known_places(p, columns[p.index], known) for p in proposals]


def _with_known_places(proposal: ColumnProposal, cells: Sequence[str], known: Places) -> ColumnProposal:
    """Leave out a column that seems to name units or managers when none of its values is one of ours."""
    names = {"unit": known.units, "owner": known.users}.get(proposal.role)
    if names is None or any(cell.strip().lower() in names for cell in cells):
        return proposal
    words = Text("内容不是本行的机构或用户，不导入", "The values are none of our units or users; left out")
    return replace(proposal, role="ignore", field=None, certainty="none", reason=words, warning=None)


def places() -> Places:
    """Return the units by code and by name, and the users by address and by name; ambiguous names are left out."""
    units: dict[str, int] = {}
    for number, code, name in Unit.objects.order_by("-id").values_list("id", "code", "name"):
        units[name.lower()] = number
        units[code.lower()] = number
    users: dict[str, int] = {}
    rows = list(User.objects.values_list("id", "email", "name"))
    names = Counter(name for _, _, name in rows)
    for number, email, name in rows:
        users[email.lower()] = number
        if names[name] == 1:
            users.setdefault(name.lower(), number)
    return Places(units, users)


def _columns(form: FileForm, rows: list[tuple[str, ...]]) -> list[list[str]]:
    return [[row[i] if i < len(row) else "" for row in rows] for i in range(len(form.columns))]


def mapping_of(proposals: list[ColumnProposal]) -> dict[str, Any]:
    """Return the mapping that proposals amount to."""
    mapping: dict[str, Any] = {
        "columns": {p.column: p.field for p in proposals if p.field and p.role in {"field", "key"}}
    }
    for role in ("key", "unit", "owner", "at"):
        found = next((p.column for p in proposals if p.role == role), None)
        if found is not None:
            mapping[role] = found
    return mapping


def parse_mapping(text: str | None) -> dict[str, Any] | None:
    """Read a mapping given as JSON text. Raises Invalid."""
    if not text:
        return None
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Invalid(Text("mapping 不是 JSON。", "`mapping` is not JSON.")) from error
    if not isinstance(found, dict):
        raise Invalid(Text("mapping 要写成 {列名: 字段}。", "`mapping` must be {column: field}."))
    return found


def resume(job: Import, *, actor_id: int | None, now: datetime) -> None:
    """Take a cancelled or failed import up again, behind the last row that was written. Raises ImportNotReady."""
    if job.state not in {"cancelled", "failed", "uploaded"} or not imports.path_of(job.pk).exists():
        raise imports.ImportNotReady(Text("这次导入不能继续。", "This import cannot be taken up again."))
    queue(job)
    audit.record(action="import.resume", actor_id=actor_id, now=now, object_kind="import", object_id=job.pk)


def get_proposals(job: Import) -> list[ColumnProposal]:
    """Return the proposals for an import that waits for its mapping."""
    from kehu.govern.sealing.data_keys import get_data_keys

    imports.require_file(job)
    return propose_mapping(job, get_data_keys([job.pk])[job.pk])
