"""The answers of a survey as a file: who may, for what purpose, of whom; and what was given out stands in the audit.

Personal answers go out for a purpose that each customer allows; anonymous ones by the closed
buckets that results tell of, in no order and with nothing that tells when.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.answers.collecting import ANONYMOUS, ANSWER, open_sealed, shuffled
from kehu.engage.surveys.faults import SurveyStateWrong
from kehu.engage.surveys.files.syntax import write_zip
from kehu.engage.surveys.files.variables import merged, value_of, variables_of
from kehu.engage.surveys.files.writing import Cell, Table, write_csv, write_sav
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.operations import get_survey
from kehu.engage.surveys.results.buckets import close_buckets, held
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.db.rows import from_json
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text

Format = Literal["sav", "csv", "sps"]
_WRITERS = {"sav": write_sav, "csv": write_csv, "sps": write_zip}
_PERSONAL = """
SELECT a.id, a.plain, a.sealed, v.version, a.language, a.answered_at, u.name, c.id FROM engage_survey_answer a
JOIN engage_survey_version v ON v.id = a.version_id JOIN resolve_cluster k ON k.id = a.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id) JOIN govern_unit u ON u.id = c.unit_id
WHERE v.survey_id = %s AND {allowed} ORDER BY a.answered_at, a.id
"""
_OPEN = """
SELECT a.id, a.plain, a.sealed, v.version, a.language, a.answered_at FROM engage_survey_answer a
JOIN engage_survey_version v ON v.id = a.version_id WHERE v.survey_id = %s ORDER BY a.answered_at, a.id
"""
_ANONYMOUS = """
SELECT a.id, a.plain, a.sealed, a.batch, a.week_on FROM engage_survey_anonymous a
JOIN engage_survey_version v ON v.id = a.version_id WHERE v.survey_id = %s
"""
_LEAD = [("survey_version", Text("版本", "Version")), ("language", Text("语言", "Language"))]
_DAY = ("answered_on", Text("回答日期", "Answered on"))
_OWN = [("unit", Text("机构", "Unit")), ("customer_id", Text("客户编号", "Customer id"))]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was given out: its bytes, how many answers, their SHA-256, and how many texts were cut."""

    data: bytes
    rows: int
    digest: str
    cuts: int


def export_answers(*, survey_id: UUID, form: Format, purpose: str, actor: Actor, now: datetime) -> Exported:
    """Return the answers within the actor's scope as a file. Raises PurposeMissing for a survey with personal links.

    Raises SurveyStateWrong where an anonymous survey has fewer answers than its threshold.
    """
    actor.require("survey.export")
    survey = get_survey(survey_id)
    table = _table(survey, purpose, actor.language)
    data, cuts = _WRITERS[form](table)
    found = Exported(data, len(table.rows), hashlib.sha256(data).hexdigest(), cuts)
    audit.record(
        action="survey.export", actor_id=actor.id, now=now, object_kind="survey", object_id=survey.pk,
        row_count=found.rows, details={"format": form, "purpose": purpose, "sha256": found.digest, "cuts": cuts},
        request_id=actor.request_id,
    )  # fmt: skip
    return found


def _table(survey: Survey, purpose: str, language: str) -> Table:
    is_anonymous, is_personal = survey.mode == "anonymous", survey.mode == "personal"
    query = _ANONYMOUS if is_anonymous else _OPEN
    if is_personal:
        query = _PERSONAL.format(allowed=open_gate(purpose).condition("c"))
    with connection.cursor() as cursor:
        cursor.execute(query, [survey.pk])
        rows = cursor.fetchall()
    if is_anonymous:
        rows = _closed(rows, survey.threshold)
    definitions = [read_definition(v.definition) for v in survey.versions.order_by("-version")]
    variables = variables_of(merged(definitions), language)
    opened = open_sealed([(row[0], row[2]) for row in rows], ANONYMOUS if is_anonymous else ANSWER)
    lead = [] if is_anonymous else [*_LEAD, _DAY, *(_OWN if is_personal else [])]
    cells: list[list[Cell]] = []
    for row in rows:
        plain, secret = from_json(row[1]), opened.get(row[0], {})
        own: list[Cell] = [] if is_anonymous else [float(row[3]), str(row[4]), _day(row[5])]
        own += [str(row[6]), str(row[7])] if is_personal else []
        cells.append([*own, *(value_of(variable, plain, secret) for variable in variables)])
    return Table(survey.name, [(name, label.within(language)) for name, label in lead], variables, cells)


def _closed(rows: list[tuple[Any, ...]], least: int) -> list[tuple[Any, ...]]:
    """Return the anonymous answers that results tell of, in no order. Raises SurveyStateWrong where there are none."""
    found = held(close_buckets(rows, batch_of=lambda row: row[3], week_of=lambda row: row[4], least=least))
    if not found:
        raise SurveyStateWrong(
            Text(
                f"少于 {least} 份，匿名问卷不导出。",
                f"Fewer than {least} answers: an anonymous survey is not exported.",
            )
        )
    return shuffled(found)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(environment().time_zone)).date()
