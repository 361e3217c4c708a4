"""Answers as files: out as SPSS or CSV, in as SPSS."""

from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Status
from ninja.files import UploadedFile

from kehu.api.edge.uploads import SealedUpload
from kehu.api.engage.surveys.view import SurveyOut, survey_out
from kehu.api.govern.me import current
from kehu.engage.surveys.files.reading_sav import SavNotRead
from kehu.engage.surveys.operations import get_survey
from kehu.flows.engage.surveys.export_answers import export_answers
from kehu.flows.engage.surveys.import_answers import import_answers
from kehu.govern.sealing.files import open_sealed
from kehu.platform.text import Text

router = Router(tags=["surveys"])
MOST_BYTES = 64 * 1024**2
TYPES = {"sav": "application/x-spss-sav", "csv": "text/csv; charset=utf-8"}
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES = {200: {"description": "OK", "content": {"application/x-spss-sav": BINARY, "text/csv": BINARY}}}


@router.get("/{survey_id}/export", operation_id="export_survey_answers", openapi_extra={"responses": FILES})
def get_export(
    request: HttpRequest,
    survey_id: UUID,
    format: Literal["sav", "csv"] = "csv",  # noqa: A002 (the name that scripts use)
    purpose: str = "",
) -> HttpResponse:
    """Return the answers within the reader's scope; with personal links only of whom the purpose allows.

    `X-Kehu-Rows`, `X-Kehu-Sha256` and `X-Kehu-Cut` tell how many answers, the digest, and how many texts SPSS has no room for.
    """
    made = export_answers(
        survey_id=survey_id, form=format, purpose=purpose, actor=current(request), now=timezone.now()
    )
    answer = HttpResponse(made.data, content_type=TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="survey-{survey_id}.{format}"'
    answer.headers["X-Kehu-Rows"] = str(made.rows)
    answer.headers["X-Kehu-Sha256"] = made.digest
    answer.headers["X-Kehu-Cut"] = str(made.cuts)
    return answer


@router.post("/import", response={201: SurveyOut}, operation_id="import_survey_answers")
def post_import(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Read an SPSS file into a new, closed survey with its questions, labels and answers."""
    actor = current(request)
    actor.require("survey.manage")
    if not isinstance(file, SealedUpload) or (file.size or 0) > MOST_BYTES:
        raise SavNotRead(Text("文件最大 64 MB。", "A file has 64 MB at most."))
    with open_sealed(file.path, file_id=file.file_id, key=file.key) as opened:
        data = opened.read()
    file.discard()
    name = PurePath(file.name or "").stem or "SPSS"
    made = import_answers(data=data, name=name, actor=actor, now=timezone.now())
    return Status(201, survey_out(get_survey(made)))
