"""A segment as a file: its members as the reader may see them, and beside them what they are and how many, with a digest.

Who has withdrawn is not in it: the query is the one of the members. Cells that a spreadsheet would run are marked as text.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.explaining import titles
from kehu.analyze.segments.saved.queries import list_member_ids
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sentences import tell
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import present_all, shown_name
from kehu.govern.fields.registry import Registry, registry
from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile import queries as profiles
from kehu.standardize.values.cells import write_table

MOST_ROWS = 200_000
PORTION = 1_000
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """A ZIP file of `members.csv` and `about.json`, with the number of rows and the digest of the CSV that `about.json` tells."""

    content: bytes
    rows: int
    digest: str


def export_segment(segment: Segment, *, reason: str, language: str, actor: Actor, now: datetime) -> Exported:
    """Export the members of the scope. Raises NotAllowed, Invalid without a reason, PurposeIsOff or SegmentNotReady."""
    actor.require("segment.export")
    if not reason.strip() or len(reason) > MOST_REASON:
        raise Invalid(
            Text("写明导出的原因（500 字以内）。", "Give the reason for exporting, in 500 characters.")
        )
    ids = sorted(list_member_ids(segment, at=now))
    if len(ids) > MOST_ROWS:
        raise Invalid(
            Text(
                f"一次最多导出 {MOST_ROWS:,} 位客户，这里有 {len(ids):,} 位。请加条件缩小范围。",
                f"At most {MOST_ROWS:,} customers are exported at once, and these are {len(ids):,}. Narrow the segment.",
            )
        )
    table, rows = _table(ids, language, actor)
    digest = sha256(table).hexdigest()
    about = _about(segment, rows, digest, actor, now)
    audit.record(
        action="segment.export", actor_id=actor.id, now=now, object_kind="segment", object_id=segment.pk,
        reason=reason, row_count=rows, details={"purpose": segment.purpose, "sha256": digest},
        request_id=actor.request_id,
    )  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("members.csv", table)
        archive.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=2))
    return Exported(made.getvalue(), rows, digest)


def _table(ids: Sequence[UUID], language: str, actor: Actor) -> tuple[bytes, int]:
    """Return the CSV, in UTF-8 with the mark by which spreadsheets know it, and how many customers are in it."""
    fields = {key: spec for key, spec in registry().items() if spec.is_listed and key != "name"}
    seen = {key: spec for key, spec in fields.items() if actor.rule_for(key, spec.data_class) != "hidden"}
    heads = [Text("客户编号", "Customer"), Text("名称", "Name"), Text("机构", "Unit")]
    first = [*(one.within(language) for one in heads), *(s.label.within(language) for s in seen.values())]
    rows = list(_rows(ids, seen, language, actor))
    return write_table([first, *rows]), len(rows)


def _rows(ids: Sequence[UUID], fields: Registry, language: str, actor: Actor) -> Iterator[list[str]]:
    for start in range(0, len(ids), PORTION):
        own = profiles.Condition("c.id = ANY(%s::uuid[])", (uuid_array(ids[start : start + PORTION]),))
        page = profiles.list_customers(limit=PORTION, cursor=None, sort="name", conditions=[own])
        units = profiles.get_names("govern_unit", [row.unit_id for row in page.rows])
        for row in page.rows:
            held = present_all(row.values, fields, actor=actor, language=language, surface="list")
            cells = [held[key].display if key in held else "" for key in fields]
            yield [str(row.id), shown_name(row.name, actor), units.get(row.unit_id, ""), *cells]


def _about(segment: Segment, rows: int, digest: str, actor: Actor, now: datetime) -> dict[str, object]:
    definition = {} if segment.current is None else segment.current.definition
    book = book_of(actor)
    words = tell(read(definition, book.kinds).root, titles(book))
    return {
        "segment": segment.name,
        "purpose": segment.purpose,
        "version": None if segment.current is None else segment.current.number,
        "definition": definition,
        "words": words._asdict(),
        "exported_at": now.isoformat(),
        "exported_by": actor.id,
        "rows": rows,
        "sha256_of_members_csv": digest,
    }
