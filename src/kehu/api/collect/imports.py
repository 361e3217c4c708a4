"""Imports: upload, look, run, stop, take back, and the file of refused rows."""

import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from kehu.api.collect.import_view import ImportOut, authors, parse_reading, view
from kehu.api.edge.schemas import CSV
from kehu.api.edge.uploads import SealedUpload
from kehu.api.govern.me import current
from kehu.collect import imports
from kehu.collect.files.errors_file import write_error_rows
from kehu.collect.models import Import, Refusal
from kehu.collect.sources import get_source
from kehu.flows import revert_import as reverting
from kehu.flows.imports import start_import as starting
from kehu.flows.imports.work import REFUSAL
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.errors import Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

router = Router(tags=["imports"])


class ImportMade(Schema):
    """A new import."""

    id: UUID
    state: str


class ImportPage(Schema):
    """Imports, newest first."""

    items: list[ImportOut]


class ImportForm(Schema):
    """What comes with the file; `wait` leaves it for a look at the mapping.

    `mapping` is JSON `{column: field}`, `reading` JSON as for the reading of an import.
    """

    source: str
    mapping: str | None = None
    reading: str | None = None
    dry_run: bool = False
    kind: str = "customer"
    wait: bool = False


class Changes(Schema):
    """A mapping to use, and how to meet what is known."""

    mapping: dict[str, Any] | None = None
    options: dict[str, Any] | None = None
    dry_run: bool = False


class RevertOut(Schema):
    """What reverting would do. `values_kept` were stated again since and stay."""

    customers_removed: int
    customers_restored: int
    values_restored: int
    values_kept: int


class RevertDone(RevertOut):
    """What reverting did."""

    id: UUID
    state: str


class RevertReason(Schema):
    """A reason, for the audit."""

    reason: str = Field(default="", max_length=2000)


@router.post("", response={202: ImportMade}, operation_id="create_import")
def create_import(
    request: HttpRequest, form: Form[ImportForm], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Take a file in. It is read by the worker; look at the import for its progress."""
    actor = current(request)
    sealed: Any = file
    if not isinstance(sealed, SealedUpload):
        raise Invalid(Text("没有收到文件。", "No file arrived."))
    try:
        actor.require("import.run")
        _require_record(actor, form.kind)
        job = starting.start_import(
            upload=imports.Upload(sealed.file_id, sealed.key, sealed.name or "file", sealed.size or 0),
            source=get_source(form.source), kind=form.kind, mapping=starting.parse_mapping(form.mapping),
            reading=parse_reading(form.reading),
            is_dry_run=form.dry_run, waits=form.wait, actor_id=actor.id, now=timezone.now(),
        )  # fmt: skip
    except BaseException:
        sealed.discard()
        raise
    return Status(202, {"id": job.pk, "state": job.state})


@router.get("", response=ImportPage, operation_id="list_imports")
def list_imports(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=200)] = 20) -> dict[str, Any]:
    """Return the newest imports within the visible scope."""
    current(request).require("import.run")
    jobs = list(Import.objects.select_related("source").order_by("-created_at")[:limit])
    names = authors(jobs)
    return {"items": [view(job, names) for job in jobs]}


@router.get("/{import_id}", response=ImportOut, operation_id="get_import")
def get_import(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    """Return one import with its progress."""
    current(request).require("import.run")
    job = imports.get_import(import_id)
    return view(job, authors([job]))


@router.post("/{import_id}/run", response={202: ImportMade}, operation_id="run_import")
def run_import(request: HttpRequest, import_id: UUID, body: Changes) -> Status[dict[str, Any]]:
    """Run an import that waits (or was tried), with the mapping given."""
    actor = current(request)
    actor.require("import.run")
    _require_record(actor, imports.get_import(import_id).kind)
    with acting(SYSTEM):
        job = imports.get_import(import_id, for_update=True)
        imports.require_open(job)
        job.mapping = body.mapping if body.mapping is not None else job.mapping
        job.options = body.options if body.options is not None else job.options
        job.is_dry_run = body.dry_run
        job.summary, job.fault = {}, None
        job.save(update_fields=["is_dry_run", "summary", "fault"])
        imports.forget_trial(job)
        starting.queue(job)
    return Status(202, {"id": job.pk, "state": "queued"})


@router.post("/{import_id}/cancel", response=ImportMade, operation_id="cancel_import")
def cancel_import(request: HttpRequest, import_id: UUID) -> dict[str, Any]:
    """Ask an import to stop behind its present batch."""
    current(request).require("import.run")
    imports.get_import(import_id)
    with acting(SYSTEM):
        job = imports.get_import(import_id, for_update=True)
        imports.wish(job, "cancel")
    return {"id": job.pk, "state": job.state}


@router.post("/{import_id}/resume", response={202: ImportMade}, operation_id="resume_import")
def resume_import(request: HttpRequest, import_id: UUID) -> Status[dict[str, Any]]:
    """Take a cancelled or failed import up again where it stopped."""
    actor = current(request)
    actor.require("import.run")
    imports.get_import(import_id)
    with acting(SYSTEM):
        job = imports.get_import(import_id, for_update=True)
        starting.resume(job, actor_id=actor.id, now=timezone.now())
    return Status(202, {"id": job.pk, "state": "queued"})


@router.get("/{import_id}/revert", response=RevertOut, operation_id="preview_import_revert")
def preview_revert(request: HttpRequest, import_id: UUID) -> Any:
    """Return what reverting would remove, restore and leave."""
    current(request).require("import.revert")
    imports.get_import(import_id)
    return reverting.preview_revert(import_id=import_id, now=timezone.now())


@router.post("/{import_id}/revert", response=RevertDone, operation_id="revert_import")
def revert_import(request: HttpRequest, import_id: UUID, body: RevertReason | None = None) -> dict[str, Any]:
    """Take an import back, updates included."""
    actor = current(request)
    actor.require("import.revert")
    _require_record(actor, imports.get_import(import_id).kind)
    done = reverting.revert_import(
        import_id=import_id, actor_id=actor.id, reason=body.reason if body else "", now=timezone.now()
    )
    return {"id": import_id, "state": "reverted", **asdict(done)}


@router.get("/{import_id}/errors", operation_id="get_import_errors", openapi_extra={"responses": CSV})
def get_errors(request: HttpRequest, import_id: UUID) -> StreamingHttpResponse:
    """Return the refused rows as CSV: the original columns and a reason, ready to be mended and sent again; 404 once erased."""
    actor = current(request)
    actor.require("import.run")
    job = imports.get_import(import_id)
    key = get_data_keys([job.pk]).get(job.pk)
    if job.refusals_erased_at is not None or key is None:
        raise imports.RefusalsErased
    language = "zh" if actor.language.startswith("zh") else "en"
    rows = Refusal.objects.filter(import_ref=job).order_by("row").values_list("row", "sealed")
    out = io.BytesIO()
    opened = (unseal(key, bytes(sealed), REFUSAL, row) for row, sealed in rows.iterator())
    write_error_rows(out, job.form["columns"], ((v["cells"], v[language]) for v in opened))
    response = StreamingHttpResponse(_pieces(out), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{job.pk}.csv"'
    return response


def _require_record(actor: Actor, kind: str) -> None:
    """Refuse a file of consents to who may not write what customers have said."""
    if kind == "consent":
        actor.require("consent.record")


def _pieces(out: io.BytesIO) -> Iterator[bytes]:
    out.seek(0)
    while piece := out.read(65536):
        yield piece
