"""Imports as things: made, looked at, asked to stop. What runs them is `flows.run_import`."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.db import connection

from kehu.collect.files.faults import FileRefused
from kehu.collect.files.form import FileForm, Reading
from kehu.collect.files.sniff import AS_RECOGNIZED, sniff
from kehu.collect.models import Import, Refusal, Source
from kehu.govern.retention.rules import kept_until
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.files import open_sealed
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Conflict, NotFound
from kehu.platform.installation.home import uploads_dir
from kehu.platform.text import Text

NAME = "collect_import.file_name"
REVERT_DAYS = 30
FINAL = ("succeeded", "failed", "cancelled", "reverted")


class ImportNotFound(NotFound):
    """No import of this id, or not one of the actor's."""

    code = "import_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text("没有这次导入，或者不在您的可见范围。", "There is no such import within what you can see.")
        )


class RefusalsErased(NotFound):
    """The refused rows were kept for their time and are gone, or somebody in the import was erased."""

    code = "refusals_erased"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "拒收的行已过保留期，或因删除个人而清除，不能再下载。",
                "The refused rows are past their time, or went with the erasure of a person; they can no longer be fetched.",
            )
        )


class ImportNotReady(Conflict):
    """The import is in a state in which this cannot be done."""

    code = "import_state"


@dataclass(frozen=True, slots=True)
class Upload:
    """A sealed file that has arrived."""

    file_id: UUID
    key: bytes
    name: str
    size: int


def path_of(import_id: UUID) -> Path:
    """Return where the sealed file of an import lies."""
    return uploads_dir() / f"{import_id}.sealed"


def create_import(
    *,
    upload: Upload,
    source: Source,
    kind: str,
    mapping: Mapping[str, Any],
    options: Mapping[str, Any],
    reading: Reading = AS_RECOGNIZED,
    is_dry_run: bool,
    state: str,
    actor_id: int | None,
    now: datetime,
) -> Import:
    """Take a sealed upload as an import. Raises what `sniff` raises when it is no table."""
    with open_sealed(path_of(upload.file_id), file_id=upload.file_id, key=upload.key) as stream:
        form, reading = _recognize(stream, upload.name, reading, source.reading.get(kind))
    ring = keyring()
    version = ring.latest["wrap"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO govern_data_key (owner_id, version, wrapped) VALUES (%s, %s, %s)",
            [upload.file_id, version, ring.wrap(upload.key, upload.file_id, version)],
        )
    return Import.objects.create(
        id=upload.file_id,
        source=source,
        unit_id=source.unit_id,
        actor_id=actor_id,
        kind=kind,
        file_name_sealed=seal(ring.suite, upload.key, {"name": upload.name}, NAME, upload.file_id),
        file_size=upload.size,
        form=stored(form),
        reading=stored(reading),
        mapping=dict(mapping),
        options=dict(options),
        is_dry_run=is_dry_run,
        state=state,
        rows_total=form.row_estimate,
        created_at=now,
    )


def stored(form: FileForm | Reading) -> dict[str, Any]:
    """Return what a column of the import keeps of it."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(form)))
    return found


def _recognize(
    stream: BinaryIO, name: str, reading: Reading, remembered: Mapping[str, Any] | None
) -> tuple[FileForm, Reading]:
    """Read a file as a person says; unsaid, as the source's last file was read, where that gives the same columns."""
    if remembered and not reading.is_given:
        before = Reading(**{key: value for key, value in remembered.items() if key != "columns"})
        with suppress(FileRefused):
            form = sniff(stream, name, before)
            if list(form.columns) == remembered["columns"]:
                return form, before
    return sniff(stream, name, reading), reading


def get_import(import_id: UUID, *, for_update: bool = False) -> Import:
    """Return one import within the actor's scope. Raises ImportNotFound."""
    query = Import.objects.select_for_update(of=("self",)) if for_update else Import.objects
    found = query.select_related("source").filter(pk=import_id).first()
    if found is None:
        raise ImportNotFound
    return found


def form_of(job: Import) -> FileForm:
    """Return the form in which the file is read, recognized when it arrived or as a person said since."""
    lists = {"columns": tuple(job.form["columns"]), "sheets": tuple(job.form.get("sheets", ()))}
    return FileForm(**{**job.form, **lists})


def has_file(job: Import) -> bool:
    """Whether the uploaded file is still kept."""
    return path_of(job.pk).exists()


def require_open(job: Import) -> None:
    """Refuse unless the import waits for a person, was tried, or failed. Raises ImportNotReady."""
    is_tried = job.is_dry_run and job.state == "succeeded"
    if not is_tried and job.state not in {"uploaded", "failed"}:
        raise ImportNotReady(Text("这次导入已经开始或结束。", "This import has begun or ended already."))
    require_file(job)


def require_file(job: Import) -> None:
    """Refuse when the uploaded file is no longer kept. Raises ImportNotReady."""
    if not has_file(job):
        raise ImportNotReady(
            Text(
                "上传的文件已过保留期，清理掉了。请重新上传。",
                "The uploaded file was kept for its time and is gone. Upload it again.",
            )
        )


def list_failed(since: datetime) -> list[UUID]:
    """Return the imports of the open scope that did not finish since a moment, the latest first."""
    failed = Import.objects.filter(state="failed", created_at__gte=since)
    return list(failed.order_by("-created_at").values_list("pk", flat=True))


def file_name(job: Import) -> str:
    """Return the clear name of the file; empty once its key is gone."""
    key = get_data_keys([job.pk]).get(job.pk)
    return "" if key is None else str(unseal(key, bytes(job.file_name_sealed), NAME, job.pk)["name"])


def forget_trial(job: Import) -> None:
    """Forget figures and refusals of a trial, so that a run from the first row counts only its own."""
    started = Import.objects.filter(pk=job.pk, position=0)
    if started.update(
        rows_read=0, rows_accepted=0, rows_rejected=0, rows_unchanged=0, customers_created=0, customers_updated=0,
        reviews_opened=0, started_at=None, finished_at=None,
    ):  # fmt: skip
        Refusal.objects.filter(import_ref=job).delete()


def refusals_until(job: Import, *, now: datetime) -> datetime | None:
    """Return until when the refused rows can be fetched by the rule that counts today; None where there is no end yet."""
    if job.refusals_erased_at is not None or not job.rows_rejected or job.finished_at is None:
        return None
    return kept_until("import_refusals", job.finished_at, now=now)


def wish(job: Import, wanted: str) -> None:
    """Ask a queued or running import to stop. Raises ImportNotReady when it has ended."""
    if job.state in FINAL:
        raise ImportNotReady(
            Text("这次导入已经结束，不能再取消。", "This import has ended; there is nothing to cancel.")
        )
    Import.objects.filter(pk=job.pk).update(wish=wanted)
