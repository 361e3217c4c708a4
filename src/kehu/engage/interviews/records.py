"""Records of talks: begun, kept while they are written, finished. A draft is its author's alone; what is done stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.engage.interviews.faults import GuideStateWrong, RecordChanged, RecordIsDone, RecordNotFound
from kehu.engage.interviews.guides import get_guide, read_guide
from kehu.engage.models.interviews import WAYS, InterviewRecord
from kehu.engage.surveys.answers.reading import Given, read_answer
from kehu.engage.surveys.faults import AnswerInvalid
from kehu.engage.surveys.form.questions import text_of
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import create_data_key, destroy_data_keys, get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import from_json, uuid_array
from kehu.platform.errors import Invalid
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PLACE = "engage_interview_record.sealed"
MOST_LETTERS = 20_000
MOST_ROWS = 500
_ROWS = """
SELECT r.id, g.id, g.name, v.version, v.definition, g.codes, c.id, c.name, u.name, r.author_id, a.name, r.state, r.way,
  r.held_at, r.minutes, r.codes, r.plain, r.revision, r.updated_at, r.done_at, r.sealed
FROM engage_interview_record r JOIN engage_interview_guide_version v ON v.id = r.version_id
JOIN engage_interview_guide g ON g.id = v.guide_id JOIN resolve_cluster k ON k.id = r.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id) JOIN govern_unit u ON u.id = c.unit_id
LEFT JOIN govern_user a ON a.id = r.author_id
WHERE (r.state = 'done' OR r.author_id = %(actor)s) AND {where}
ORDER BY r.state = 'done', r.held_at DESC, r.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """A record, opened: `answers` by question, `notes` what was written beside them."""

    id: UUID
    guide_id: UUID
    guide: str
    version: int
    definition: dict[str, Any]
    themes: list[dict[str, str]]
    customer_id: UUID
    customer: str
    unit: str
    author_id: int
    author: str | None
    state: str
    way: str
    held_at: datetime
    minutes: int | None
    codes: list[str]
    answers: dict[str, Any]
    revision: int
    updated_at: datetime
    done_at: datetime | None
    notes: str


@dataclass(frozen=True, slots=True)
class Written:
    """What the author has written so far, all of it. `revision` is that of the draft he had opened."""

    revision: int
    answers: Mapping[str, Any]
    notes: str
    codes: Sequence[str]
    way: str
    held_at: datetime
    minutes: int | None


def begin(*, guide_id: UUID, customer_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Begin a record of a talk with a customer (his living id). Raises GuideNotFound or GuideStateWrong."""
    actor.require("customer.contact")
    guide = get_guide(guide_id)
    if guide.state != "open" or guide.current is None:
        raise GuideStateWrong(
            Text("这份提纲没有在用，先发布。", "The guide is not in use; publish it first.")
        )
    record_id = new_id()
    with acting(SYSTEM):
        held = seal(
            keyring().suite, create_data_key(record_id), {"answers": {}, "notes": ""}, PLACE, record_id
        )
        InterviewRecord.objects.create(
            id=record_id, version=guide.current, customer_id=customer_id, author_id=actor.id, held_at=now,
            sealed=held, created_at=now, updated_at=now,
        )  # fmt: skip
    return record_id


def keep(*, record_id: UUID, written: Written, actor: Actor, now: datetime, is_done: bool = False) -> Given:
    """Keep what was written; the last time with `is_done`, when what is required must be there. Returns the answers.

    Raises RecordNotFound, RecordIsDone, RecordChanged, AnswerInvalid or Invalid.
    """
    actor.require("customer.contact")
    seen = get_talk(record_id, actor=actor)
    if seen.author_id != actor.id:
        raise RecordNotFound
    given = _read(seen.definition, written.answers, is_whole=is_done)
    _check(written, seen, now)
    with acting(SYSTEM):
        record = InterviewRecord.objects.select_for_update().get(pk=record_id)
        if record.state == "done":
            raise RecordIsDone
        if record.revision != written.revision:
            raise RecordChanged
        key = get_data_keys([record_id])[record_id]
        held = {"answers": given.secret, "notes": written.notes.strip()}
        record.sealed = seal(keyring().suite, key, held, PLACE, record_id)
        record.plain, record.codes = given.plain, sorted(set(written.codes))
        record.way, record.held_at, record.minutes = written.way, written.held_at, written.minutes
        record.revision, record.updated_at = record.revision + 1, now
        if is_done:
            record.state, record.done_at = "done", now
        record.save()
    return given


def discard(*, record_id: UUID, actor: Actor) -> None:
    """Throw a draft of the actor's own away, with its key. Raises RecordNotFound or RecordIsDone."""
    actor.require("customer.contact")
    seen = get_talk(record_id, actor=actor)
    if seen.state == "done":
        raise RecordIsDone
    with acting(SYSTEM):
        gone, _ = InterviewRecord.objects.filter(pk=record_id, state="draft").delete()
        if gone:
            destroy_data_keys([record_id])


def get_talk(record_id: UUID, *, actor: Actor) -> Talk:
    """Return one record within the open scope. Raises RecordNotFound."""
    found = _fetch("r.id = %(id)s", {"id": record_id}, actor.id)
    if not found:
        raise RecordNotFound
    return found[0]


def list_talks(guide_id: UUID, *, actor: Actor, code: str = "") -> list[Talk]:
    """Return the records of a guide within the open scope, one's own drafts first, the newest first; 500 at most.

    With a code only those in which that theme came up.
    """
    where = "g.id = %(guide)s AND (%(code)s = '' OR r.codes @> jsonb_build_array(%(code)s::text))"
    return _fetch(where, {"guide": guide_id, "code": code}, actor.id, MOST_ROWS)


def list_done(guide_id: UUID, *, purpose: str | None = None) -> list[Talk]:
    """Return every finished record of a guide within the open scope; for a purpose only of whom it allows."""
    allowed = "true" if purpose is None else open_gate(purpose).condition("c")
    return _fetch(f"g.id = %(guide)s AND r.state = 'done' AND {allowed}", {"guide": guide_id}, None)


def list_talks_of(customer_ids: Collection[UUID], *, actor_id: int | None) -> list[Talk]:
    """Return the records under these ids of one customer; without an actor only those that are done."""
    return _fetch("r.customer_id = ANY(%(ids)s::uuid[])", {"ids": uuid_array(customer_ids)}, actor_id)


def forget(customer_ids: Collection[UUID]) -> None:
    """Erase the talks with customers, with their keys. In the system's scope."""
    ids = list(InterviewRecord.objects.filter(customer_id__in=customer_ids).values_list("pk", flat=True))
    destroy_data_keys(ids)
    InterviewRecord.objects.filter(pk__in=ids).delete()


def _read(raw: Any, answers: Mapping[str, Any], *, is_whole: bool) -> Given:
    """Read answers; what does not fit is told by the title of its question, since a colleague reads it."""
    definition = read_guide(raw)
    try:
        return read_answer(definition, answers, is_whole=is_whole)
    except AnswerInvalid as wrong:
        title = definition.by_name()[wrong.question].title
        named = Text(f"“{text_of(title)}”", f"“{text_of(title, 'en')}”")
        raise AnswerInvalid(wrong.question, wrong.words, named) from None


def _check(written: Written, seen: Talk, now: datetime) -> None:
    if written.way not in WAYS:
        raise Invalid(Text(f"方式只有：{'、'.join(WAYS)}。", f"A way is one of: {', '.join(WAYS)}."))
    if written.held_at > now:
        raise Invalid(Text("访谈时间不能晚于现在。", "An interview cannot lie in the future."))
    if len(written.notes) > MOST_LETTERS:
        raise Invalid(Text(f"最多写 {MOST_LETTERS} 个字。", f"Write {MOST_LETTERS} characters at most."))
    if set(written.codes) - {one["key"] for one in seen.themes}:
        raise Invalid(
            Text("有的主题不在提纲里，刷新后再选。", "A theme is not of this guide; open it again.")
        )


def _fetch(where: str, values: dict[str, Any], actor_id: int | None, most: int | None = None) -> list[Talk]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), {**values, "actor": actor_id, "limit": most})
        rows = cursor.fetchall()
    keys = get_data_keys([row[0] for row in rows])
    return [_talk(row, keys) for row in rows]


def _talk(row: Any, keys: Mapping[UUID, bytes]) -> Talk:
    held = unseal(keys[row[0]], bytes(row[20]), PLACE, row[0]) if row[0] in keys else {}
    definition, themes, codes, plain = (from_json(row[place]) for place in (4, 5, 15, 16))
    answers = {**plain, **held.get("answers", {})}
    values: list[Any] = [
        *row[:4],
        definition,
        themes,
        *row[6:15],
        codes,
        answers,
        *row[17:20],
        held.get("notes", ""),
    ]
    return Talk(*values)
