"""Rows of a file as events: what happened, when, to whom, and all other mapped columns as properties. Pure.

A mapping is `{column: target}`, or `{"columns": {…}}` with roles beside it. A target is `event_at`, `event_name`,
`message_id`, an identifier of the customer (`customer_no`, `mobile` …), `name`, or the name of a property.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kehu.collect.files.form import Row, RowFault
from kehu.collect.mapping.events import SUBJECT_FIELDS
from kehu.collect.reading import Refused
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS

KINDS = ("behavior", "transaction", "interaction", "service", "system")
RECORD = "record_key"
_ROLES = {
    "event_at": "event_at", "at": "event_at", "happened_at": "event_at", "event_name": "event_name",
    "event": "event_name", "message_id": "message_id", "record_key": RECORD, "record": RECORD,
}  # fmt: skip
_SERVICE = re.compile(r"工单|受理|投诉|报修|ticket|complaint|case[\s_-]?(?:no|id)", re.IGNORECASE)
_NAMES = {"transaction": "交易", "service": "服务工单"}
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class EventPlan:
    """How the columns of an event file are read, by index; `subjects` come surest first."""

    at: int
    name: int | None
    message: int | None
    record: int | None
    subjects: tuple[tuple[int, FieldSpec], ...]
    person: tuple[int, FieldSpec] | None
    properties: tuple[tuple[int, str], ...]
    columns: tuple[str, ...]
    fixed_name: str
    fixed_kind: str
    is_service: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a file. `subject` is the field and the value it happened to; field `record_key` names the record itself."""

    row: int
    message_id: str
    subject: tuple[str, str]
    person: str
    kind: str
    name: str
    happened_at: datetime
    details: dict[str, Any] = field(default_factory=dict)


def event_plan_of(columns: Sequence[str], mapping: Mapping[str, Any], fields: Registry) -> EventPlan:
    """Make a plan from a mapping. Raises Invalid when the time or the customer of the events cannot be told."""
    place = {name: index for index, name in enumerate(columns)}
    targets = _targets(mapping, place)
    roles = {target: index for index, target in targets.items() if target in (*_ROLES.values(),)}
    known = [
        (place_of, fields[key]) for key in SUBJECT_FIELDS if key in fields for place_of in _at(targets, key)
    ]
    if "event_at" not in roles:
        raise Invalid(
            Text(
                "没有指明哪一列是事件时间（event_at）。",
                "No column is mapped to the time of the event (event_at).",
            )
        )
    if not known and RECORD not in roles:
        raise Invalid(
            Text(
                "没有指明事件属于谁，例如把一列对应到客户号。",
                "No column says whom the events belong to; map one to customer_no, for example.",
            )
        )
    person = [(index, fields["name"]) for index in _at(targets, "name")]
    used = {index for index, _ in (*known, *person)} | set(roles.values())
    kind = str(mapping.get("event_kind") or "")
    return EventPlan(
        at=roles["event_at"],
        name=roles.get("event_name"),
        message=roles.get("message_id"),
        record=roles.get(RECORD),
        subjects=tuple(known),
        person=person[0] if person else None,
        properties=tuple((index, target) for index, target in targets.items() if index not in used),
        columns=tuple(columns),
        fixed_name=_fixed_name(mapping, place),
        fixed_kind=kind if kind in KINDS else "",
        is_service=any(_SERVICE.search(column) for column in columns),
    )


def _at(targets: Mapping[int, str], key: str) -> list[int]:
    return [index for index, target in targets.items() if target == key]


def _fixed_name(mapping: Mapping[str, Any], place: Mapping[str, int]) -> str:
    """Return the name that all events of the file have, when the mapping gives words and no column."""
    given = mapping.get("event") or mapping.get("event_name")
    is_apart = isinstance(mapping.get("columns"), Mapping)
    return given.strip()[:_LONGEST_NAME] if is_apart and isinstance(given, str) and given not in place else ""


def _targets(mapping: Mapping[str, Any], place: Mapping[str, int]) -> dict[int, str]:
    """Return the target of each mapped column; a role beside the columns wins over the target in them."""
    nested = mapping.get("columns")
    flat = nested if isinstance(nested, Mapping) else mapping
    targets: dict[int, str] = {}
    for column, target in flat.items():
        if target in (None, "", "ignore", "@ignore"):
            continue
        if column not in place:
            raise Invalid(
                Text(f"文件里没有“{column[:60]}”这一列。", f"The file has no column {column[:60]!r}.")
            )
        name = str(target).removeprefix("@")
        targets[place[column]] = column if name == "property" else _ROLES.get(name, name)
    if isinstance(nested, Mapping):
        for role, target in _ROLES.items():
            if (index := place.get(str(mapping.get(role)))) is not None:
                targets[index] = target
        index = place.get(str(mapping.get("key")))
        if index is not None and targets.get(index) not in {*SUBJECT_FIELDS, "message_id"}:
            targets[index] = RECORD
    return targets


def read_event_row(row: Row, plan: EventPlan) -> EventRow | Refused:
    """Read one row. A row without a readable time or without a customer is refused."""
    if isinstance(row.cells, RowFault):
        return Refused(row.number, row.cells.code, "", row.cells.reason, row.cells.raw)
    cells = tuple(cell.strip() for cell in row.cells)
    try:
        happened_at = _time(cells[plan.at])
    except InvalidValue as error:
        return Refused(row.number, error.code, "event_at", error.text, row.cells)
    try:
        subject = _subject(cells, plan)
    except InvalidValue as error:
        return Refused(
            row.number, error.code, plan.subjects[0][1].key if plan.subjects else "", error.text, row.cells
        )
    details = _details(cells, plan)
    kind = plan.fixed_kind or (
        "transaction" if "amount" in details else "service" if plan.is_service else "behavior"
    )
    told = cells[plan.name] if plan.name is not None else plan.fixed_name
    return EventRow(
        row=row.number,
        message_id=_message_id(cells, plan),
        subject=subject,
        person=_person(cells, plan),
        kind=kind,
        name=told[:_LONGEST_NAME] or _NAMES.get(kind, "事件"),
        happened_at=happened_at,
        details=details,
    )


def _time(cell: str) -> datetime:
    if not cell:
        raise InvalidValue(Text("没有事件时间。", "The time of the event is missing."))
    return datetime.fromisoformat(str(STANDARDS["timestamp"].parse(cell))).astimezone(UTC)


def _subject(cells: Sequence[str], plan: EventPlan) -> tuple[str, str]:
    """Return the surest identifier that the row holds; a blank or wrong one gives way to the next."""
    wrong: InvalidValue | None = None
    for index, spec in plan.subjects:
        if cells[index]:
            try:
                return spec.key, str(spec.standard.parse(cells[index]))
            except InvalidValue as error:
                wrong = wrong or error
    if plan.record is not None and cells[plan.record]:
        return RECORD, cells[plan.record]
    raise wrong or InvalidValue(
        Text("没有客户号等能指明客户的内容。", "Nothing in the row says whom it belongs to.")
    )


def _person(cells: Sequence[str], plan: EventPlan) -> str:
    if plan.person is None or not cells[plan.person[0]]:
        return ""
    try:
        return str(plan.person[1].standard.parse(cells[plan.person[0]]))
    except InvalidValue:
        return ""


def _details(cells: Sequence[str], plan: EventPlan) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for index, target in plan.properties:
        if cells[index]:
            details[target] = _amount(cells[index]) if target == "amount" else cells[index]
    return details


def _amount(cell: str) -> float | str:
    try:
        return float(str(STANDARDS["money"].parse(cell)))
    except InvalidValue:
        return cell


def _message_id(cells: Sequence[str], plan: EventPlan) -> str:
    """Return the id within the source: the column's name keeps two numberings apart; without a column it is the content."""
    if plan.message is not None and cells[plan.message]:
        return f"{plan.columns[plan.message]}|{cells[plan.message]}"
    return "row|" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
