"""Answers as files: out as SPSS, CSV or CSV with SPSS syntax, in as SPSS."""

from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from kehu.api.edge.uploads import SealedUpload
from kehu.api.engage.surveys.view import SurveyOut, survey_out
from kehu.api.govern.me import current
from kehu.engage.surveys.files.reading_sav import SavNotRead
from kehu.engage.surveys.operations import get_survey
from kehu.flows.engage.surveys.export_answers import export_answers
from kehu.flows.engage.surveys.import_answers import Trial, import_answers, try_answers
from kehu.govern.sealing.files import open_sealed
from kehu.platform.text import Text

router = Router(tags=["surveys"])
MOST_BYTES = 64 * 1024**2
TYPES = {"sav": "application/x-spss-sav", "csv": "text/csv; charset=utf-8", "sps": "application/zip"}
ENDINGS = {"sav": "sav", "csv": "csv", "sps": "zip"}
BINARY = {"schema": {"type": "string", "format": "binary"}}
CONTENT = dict.fromkeys(["application/x-spss-sav", "text/csv", "application/zip"], BINARY)
FILES = {200: {"description": "OK", "content": CONTENT}}


@router.get("/{survey_id}/export", operation_id="export_survey_answers", openapi_extra={"responses": FILES})
def get_export(
    request: HttpRequest,
    survey_id: UUID,
    format: Literal["sav", "csv", "sps"] = "csv",  # noqa: A002 (the name that scripts use)
    purpose: str = "",
) -> HttpResponse:
    """Return the answers within the reader's scope; with personal links only of whom the purpose allows.

    `sps` is a ZIP of a CSV of codes and the SPSS syntax that reads it.

    `X-Kehu-Rows`, `X-Kehu-Sha256` and `X-Kehu-Cut` tell how many answers, the digest, and how many texts SPSS has no room for.
    """
    made = export_answers(
        survey_id=survey_id, form=format, purpose=purpose, actor=current(request), now=timezone.now()
    )
    answer = HttpResponse(made.data, content_type=TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="survey-{survey_id}.{ENDINGS[format]}"'
    answer.headers["X-Kehu-Rows"] = str(made.rows)
    answer.headers["X-Kehu-Sha256"] = made.digest
    answer.headers["X-Kehu-Cut"] = str(made.cuts)
    return answer


class SavVariable(Schema):
    """What becomes of a variable: the kind of question, its choices, how many cases answered or refused."""

    variable: str
    title: str
    kind: str
    choices: list[str]
    answered: int
    refused: int


class SavTrial(Schema):
    """What an import of the file would make. Nothing was written."""

    title: str
    cases: int
    variables: list[SavVariable]


def _read(file: UploadedFile) -> bytes:
    """Return an upload's bytes; its sealed copy is gone then."""
    if not isinstance(file, SealedUpload) or (file.size or 0) > MOST_BYTES:
        raise SavNotRead(Text("文件最大 64 MB。", "A file has 64 MB at most."))
    with open_sealed(file.path, file_id=file.file_id, key=file.key) as opened:
        data = opened.read()
    file.discard()
    return data


def _name(file: UploadedFile) -> str:
    return PurePath(file.name or "").stem or "SPSS"


@router.post("/import/trial", response=SavTrial, operation_id="try_survey_import")
def post_trial(request: HttpRequest, file: File[UploadedFile]) -> Trial:
    """Read an SPSS file as an import would, and write nothing: its variables as questions, and how many answered each."""
    actor = current(request)
    actor.require("survey.manage")
    return try_answers(data=_read(file), name=_name(file), actor=actor)


@router.post("/import", response={201: SurveyOut}, operation_id="import_survey_answers")
def post_import(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Read an SPSS file into a new, closed survey with its questions, labels and answers."""
    actor = current(request)
    actor.require("survey.manage")
    made = import_answers(data=_read(file), name=_name(file), actor=actor, now=timezone.now())
    return Status(201, survey_out(get_survey(made)))
