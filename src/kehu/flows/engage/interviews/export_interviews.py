"""The talks along a guide as a CSV: who may, for what purpose, of whom; and what was given out stands in the audit."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kehu.engage.interviews.guides import get_guide, read_guide
from kehu.engage.interviews.records import Talk, list_done
from kehu.engage.surveys.files.variables import Variable, merged, value_of, variables_of
from kehu.engage.surveys.files.writing import Cell, Table, write_csv
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text

WAYS = {
    "visit": Text("上门", "Visit"), "branch": Text("网点面谈", "At the branch"), "phone": Text("电话", "Telephone"),
    "video": Text("视频", "Video"),
}  # fmt: skip
_LEAD = [
    ("held_on", Text("访谈日期", "Held on")), ("way", Text("方式", "Way")), ("minutes", Text("时长（分钟）", "Minutes")),
    ("author", Text("访谈人", "Interviewer")), ("unit", Text("机构", "Unit")), ("customer_id", Text("客户编号", "Customer id")),
    ("themes", Text("主题", "Themes")), ("notes", Text("整体记录", "Notes")),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was given out: its bytes, how many talks, their SHA-256."""

    data: bytes
    rows: int
    digest: str


def export_interviews(*, guide_id: UUID, purpose: str, actor: Actor, now: datetime) -> Exported:
    """Return the finished talks within the actor's scope with whom the purpose allows. Raises PurposeMissing or GuideNotFound."""
    actor.require("survey.export")
    guide = get_guide(guide_id)
    talks = list_done(guide_id, purpose=purpose)
    definitions = [read_guide(one.definition) for one in guide.versions.order_by("-version")]
    variables = variables_of(merged(definitions or [read_guide(guide.draft)]), actor.language)
    lead = [(name, label.within(actor.language)) for name, label in _LEAD]
    rows = [_row(one, variables, actor.language) for one in talks]
    data, _ = write_csv(Table(guide.name, lead, variables, rows))
    found = Exported(data, len(rows), hashlib.sha256(data).hexdigest())
    audit.record(
        action="interview.export", actor_id=actor.id, now=now, object_kind="interview", object_id=guide.pk,
        row_count=found.rows, details={"purpose": purpose, "sha256": found.digest}, request_id=actor.request_id,
    )  # fmt: skip
    return found


def _row(talk: Talk, variables: list[Variable], language: str) -> list[Cell]:
    day = talk.held_at.astimezone(ZoneInfo(environment().time_zone)).date()
    names = {one["key"]: (one["en"] if language == "en" else "") or one["zh"] for one in talk.themes}
    themes = "；".join(names.get(code, code) for code in talk.codes)
    lead: list[Cell] = [
        day, WAYS[talk.way].within(language), "" if talk.minutes is None else str(talk.minutes), talk.author or "",
        talk.unit, str(talk.customer_id), themes, talk.notes,
    ]  # fmt: skip
    return [*lead, *(value_of(variable, talk.answers, talk.answers) for variable in variables)]
