"""What the next file of a source takes over from this one: the targets of its columns, and how the file was read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kehu.collect import imports
from kehu.collect.models import Import, Source
from kehu.flows.imports import start_import as starting
from kehu.govern import audit
from kehu.govern.fields.registry import registry

_ROLES = {"key": "key", "unit": "unit", "owner": "owner", "at": "at", "event_at": "at"}


def save_mapping(
    job: Import,
    *,
    mapping: Mapping[str, Any],
    options: Mapping[str, Any],
    actor_id: int | None,
    now: datetime,
) -> None:
    """Keep a mapping with an import that waits, and for its source; columns left out of it stay out next time.

    Raises ImportNotReady when the import has begun, Invalid for a mapping that cannot be used.
    """
    imports.require_open(job)
    starting.PLANS[job.kind](imports.form_of(job).columns, mapping, registry())
    job.mapping, job.options = dict(mapping), dict(options)
    job.save(update_fields=["mapping", "options"])
    if job.kind != "consent":
        remember(job, before=dict.fromkeys(job.form["columns"], "ignore"))
    audit.record(
        action="import.save_mapping", actor_id=actor_id, now=now, object_kind="import", object_id=job.pk,
        details={"source": job.source.key},
    )  # fmt: skip


def remember(job: Import, *, before: Mapping[str, str] | None = None) -> None:
    """Keep the mapping of an import, and its reading where a person said it, for the next file of its source."""
    source = Source.objects.select_for_update(of=("self",)).get(pk=job.source_id)
    columns = job.mapping.get("columns", job.mapping)
    told = {column: target for column, target in columns.items() if isinstance(target, str)}
    roles = {
        job.mapping[name]: role for name, role in _ROLES.items() if isinstance(job.mapping.get(name), str)
    }
    source.mapping = {**source.mapping, **(before or {}), **roles, **told}
    said = {name: part for name, part in job.reading.items() if part is not None}
    if said:
        source.reading = {**source.reading, job.kind: {**said, "columns": job.form["columns"]}}
    source.save(update_fields=["mapping", "reading"])
