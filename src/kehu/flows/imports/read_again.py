"""Reading a waiting file another way than it was recognized: columns, samples and proposals are found anew."""

from datetime import datetime

from kehu.collect import imports
from kehu.collect.files.form import Reading
from kehu.collect.files.sniff import sniff
from kehu.collect.models import Import
from kehu.flows.imports.start_import import proposed_mapping
from kehu.govern import audit
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.files import open_sealed
from kehu.platform.text import Text


def read_again(job: Import, reading: Reading, *, actor_id: int | None, now: datetime) -> None:
    """Read the file as a person says; what is not said is recognized. A trial of the other reading is forgotten.

    Raises ImportNotReady once a row is written, and the kind of FileRefused that says why it cannot be read so.
    """
    imports.require_open(job)
    if job.position:
        raise imports.ImportNotReady(
            Text(
                "已经写入了一部分行，不能再改读取方式。",
                "Some rows are written already; the file is read on as it was.",
            )
        )
    key = get_data_keys([job.pk])[job.pk]
    with open_sealed(imports.path_of(job.pk), file_id=job.pk, key=key) as stream:
        form = sniff(stream, imports.file_name(job), reading)
    job.form, job.reading = imports.stored(form), imports.stored(reading)
    job.mapping = proposed_mapping(job, key)
    job.state, job.is_dry_run, job.rows_total, job.summary, job.fault = (
        "uploaded",
        False,
        form.row_estimate,
        {},
        None,
    )
    job.save(
        update_fields=["form", "reading", "mapping", "state", "is_dry_run", "rows_total", "summary", "fault"]
    )
    imports.forget_trial(job)
    audit.record(
        action="import.read_again", actor_id=actor_id, now=now, object_kind="import", object_id=job.pk,
        details={"encoding": form.encoding, "delimiter": form.delimiter, "header_row": form.header_row},
    )  # fmt: skip
