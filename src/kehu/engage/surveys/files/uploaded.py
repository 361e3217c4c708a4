"""Files that people handed in with their answers: listed and opened one at a time, and who opened which stands in the audit.

Files of anonymous surveys are neither listed nor opened: what is in them could lead to whoever sent them.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.engage.surveys.answers.collecting import open_sealed
from kehu.engage.surveys.answers.reading import FILE_TYPES
from kehu.engage.surveys.operations import get_survey
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import NotFound
from kehu.platform.text import Text

MOST = 200
_LIST = """
SELECT a.id, a.sealed, a.answered_at, c.id, c.name FROM engage_survey_answer a
JOIN engage_survey_version v ON v.id = a.version_id
LEFT JOIN resolve_cluster k ON k.id = a.customer_id
LEFT JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
WHERE v.survey_id = %(survey)s AND a.sealed IS NOT NULL AND (%(answer)s::uuid IS NULL OR a.id = %(answer)s)
ORDER BY a.answered_at DESC, a.id LIMIT %(most)s
"""


class UploadNotFound(NotFound):
    """No such file within the open scope."""

    code = "upload_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text("没有这个文件，或者不在您的可见范围。", "There is no such file within what you can see.")
        )


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came with an answer. `size` in bytes; without a customer the link was open to all."""

    answer_id: UUID
    question: str
    name: str
    type: str
    size: int
    answered_at: datetime
    customer_id: UUID | None
    customer: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes and its type, one of PNG, JPEG and PDF."""

    data: bytes
    type: str


def list_uploads(survey_id: UUID) -> list[Uploaded]:
    """Return the files of the latest 200 answers with something sealed, the newest first. Raises SurveyNotFound."""
    get_survey(survey_id)
    return [
        Uploaded(row[0], question, str(file.get("name", "")), file["type"], len(base64.b64decode(file["content"])),
                 row[2], row[3], row[4] or "")
        for row, secret in _read(survey_id, None)
        for question, file in secret.items()
        if _is_file(file)
    ]  # fmt: skip


def open_upload(*, survey_id: UUID, answer_id: UUID, question: str, actor: Actor, now: datetime) -> Opened:
    """Return one file of an answer within the actor's scope; audited. Raises UploadNotFound or SurveyNotFound."""
    actor.require("survey.export")
    get_survey(survey_id)
    held: list[Any] = [secret.get(question) for _, secret in _read(survey_id, answer_id)]
    file = next(filter(_is_file, held), None)
    if file is None:
        raise UploadNotFound
    audit.record(
        action="survey.upload.open", actor_id=actor.id, now=now, object_kind="survey_answer", object_id=answer_id,
        row_count=1, details={"survey": str(survey_id), "question": question}, request_id=actor.request_id,
    )  # fmt: skip
    return Opened(base64.b64decode(file["content"]), file["type"])


def _read(survey_id: UUID, answer_id: UUID | None) -> list[tuple[Any, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(_LIST, {"survey": survey_id, "answer": answer_id, "most": MOST})
        rows = cursor.fetchall()
    opened = open_sealed([(row[0], bytes(row[1])) for row in rows])
    return [(row, opened.get(row[0], {})) for row in rows]


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") in FILE_TYPES and "content" in value
