"""What is shown of an import, and how a person says that its file is read."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Schema
from pydantic import ValidationError

from kehu.api.edge.schemas import Reference
from kehu.collect import imports
from kehu.collect.files.form import Reading
from kehu.collect.models import Import
from kehu.govern.models.access import User
from kehu.platform.errors import Invalid
from kehu.platform.text import Text


class ReadingIn(Schema):
    """How the file is read; what is left out is recognized. `header_row` counts from 0, -1 where there is none."""

    encoding: Literal["utf-8", "gb18030", "utf-16", "big5"] | None = None
    delimiter: Literal[",", "\t", ";", "|", "^"] | None = None
    header_row: int | None = Field(default=None, ge=-1, le=9999)
    sheet: str | None = Field(default=None, min_length=1, max_length=200)

    def given(self) -> Reading:
        """Return it as the reader takes it."""
        return Reading(self.encoding, self.delimiter, self.header_row, self.sheet)


class Fault(Schema):
    """Why an import failed."""

    code: str
    zh: str
    en: str


class ImportOut(Schema):
    """An import and how far it is. `reading` is what a person said of it; refused rows can be fetched `refusals_until`."""

    id: UUID
    source: Reference
    kind: str
    file_name: str
    file_size: int
    state: str
    is_dry_run: bool
    encoding: str
    delimiter: str
    header_row: int
    rows_total: int
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_unchanged: int
    customers_created: int
    customers_updated: int
    reviews_opened: int
    summary: dict[str, Any]
    mapping: dict[str, Any]
    options: dict[str, Any]
    fault: Fault | None
    author: str
    sheet: str | None
    sheets: list[str]
    reading: ReadingIn
    has_file: bool
    refusals_until: datetime | None
    refusals_erased_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def view(job: Import, names: dict[int, str]) -> dict[str, Any]:
    """Return an import as `ImportOut`."""
    form = job.form
    return {
        **{key: getattr(job, key) for key in ImportOut.model_fields if hasattr(job, key)},
        "id": job.pk,
        "source": {"id": job.source_id, "name": job.source.name},
        "file_name": imports.file_name(job),
        "encoding": form.get("encoding", ""),
        "delimiter": form.get("delimiter", ""),
        "header_row": form.get("header_row", 0),
        "sheet": form.get("sheet"),
        "sheets": form.get("sheets", []),
        "has_file": imports.has_file(job),
        "refusals_until": imports.refusals_until(job, now=timezone.now()),
        "author": names.get(job.actor_id or 0, ""),
    }


def authors(jobs: list[Import]) -> dict[int, str]:
    """Return the names of those who began these imports."""
    return dict(
        User.objects.filter(pk__in=[j.actor_id for j in jobs if j.actor_id]).values_list("pk", "name")
    )


def parse_reading(text: str | None) -> Reading:
    """Read a reading given as JSON text. Raises Invalid."""
    try:
        return (ReadingIn.model_validate_json(text) if text else ReadingIn()).given()
    except ValidationError as error:
        raise Invalid(
            Text(
                "reading 要写成 JSON：encoding、delimiter、header_row、sheet，每项可省略。",
                "`reading` is JSON with encoding, delimiter, header_row and sheet, each of which may be left out.",
            )
        ) from error
