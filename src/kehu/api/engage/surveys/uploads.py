"""Files that came with answers, for whoever may take answers out."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from kehu.api.govern.me import current
from kehu.engage.surveys.files.uploaded import list_uploads, open_upload
from kehu.govern.fields.presentation import shown_name

router = Router(tags=["surveys"])
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}
FILE = {
    200: {
        "description": "OK",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ENDINGS},
    }
}


class SurveyUploadOut(Schema):
    """A file that came with an answer. `size` in bytes; `customer_id` is empty where the link was open to all."""

    answer_id: UUID
    question: str
    name: str
    type: str
    size: int
    answered_at: datetime
    customer_id: UUID | None
    customer: str


@router.get("/{survey_id}/uploads", response=list[SurveyUploadOut], operation_id="list_survey_uploads")
def get_uploads(request: HttpRequest, survey_id: UUID) -> list[dict[str, Any]]:
    """Return the files that customers within the reader's scope sent with their answers, the newest first."""
    actor = current(request)
    actor.require("survey.export")
    return [{**asdict(one), "customer": shown_name(one.customer, actor)} for one in list_uploads(survey_id)]


@router.get(
    "/{survey_id}/uploads/{answer_id}/{question}",
    operation_id="open_survey_upload",
    openapi_extra={"responses": FILE},
)
def get_upload(request: HttpRequest, survey_id: UUID, answer_id: UUID, question: str) -> HttpResponse:
    """Return one file, to be saved and never shown in place; who opened it stands in the audit."""
    actor = current(request)
    actor.require("survey.export")
    file = open_upload(
        survey_id=survey_id, answer_id=answer_id, question=question, actor=actor, now=timezone.now()
    )
    answer = HttpResponse(file.data, content_type=file.type)
    answer["Content-Disposition"] = f'attachment; filename="{answer_id}.{ENDINGS[file.type]}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer
