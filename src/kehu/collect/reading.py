"""From a row of a file to a statement in standard values, or a refusal that names the field and the remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kehu.collect.files.form import Row, RowFault
from kehu.collect.records import Statement
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.numbers.uscc import parse_uscc

ROLES = ("key", "unit", "owner", "at")
AUTOMATIC_KEYS = ("customer_no", "user_id", "resident_id", "uscc", "account_no")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of one file are read: by index, what each states, and which of them plays a role."""

    fields: tuple[tuple[int, FieldSpec], ...]
    key: int | None
    unit: int | None
    owner: int | None
    at: int | None
    width: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken."""

    row: int
    code: str
    field: str
    reason: Text
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of units and addresses of users, for the columns that name them."""

    units: Mapping[str, int]
    users: Mapping[str, int]


def plan_of(columns: Sequence[str], mapping: Mapping[str, Any], fields: Registry) -> Plan:
    """Make a plan from a mapping `{column: field or role}`; `{"columns": …, "key": …}` is understood too.

    Raises Invalid when a column is not in the file, a field is unknown or nothing is mapped.
    """
    flat = dict(mapping.get("columns", mapping))
    roles = {
        role: mapping[role]
        for role in ROLES
        if isinstance(mapping.get("columns"), dict) and mapping.get(role)
    }
    chosen: list[tuple[int, FieldSpec]] = []
    place = {name: index for index, name in enumerate(columns)}
    for column, target in flat.items():
        if target in (None, "", "ignore"):
            continue
        if column not in place:
            raise Invalid(
                Text(f"文件里没有“{column[:60]}”这一列。", f"The file has no column {column[:60]!r}.")
            )
        name = str(target).removeprefix("@")
        if name in ROLES:
            roles[name] = column
            continue
        spec = fields.get(name)
        if spec is None:
            raise Invalid(Text(f"没有“{name[:60]}”这个字段。", f"There is no field {name[:60]!r}."))
        chosen.append((place[column], spec))
    if not chosen:
        raise Invalid(
            Text(
                "没有任何一列对应到字段，无法导入。",
                "No column is mapped to a field; nothing can be imported.",
            )
        )
    at = {role: place.get(str(column)) for role, column in roles.items()}
    return Plan(
        tuple(chosen),
        _key(at.get("key"), chosen),
        at.get("unit"),
        at.get("owner"),
        at.get("at"),
        len(columns),
    )


def _key(given: int | None, chosen: Sequence[tuple[int, FieldSpec]]) -> int | None:
    if given is not None:
        return given
    by_field = {spec.key: index for index, spec in chosen}
    return next((by_field[key] for key in AUTOMATIC_KEYS if key in by_field), None)


def read_row(row: Row, plan: Plan, places: Places, *, clears_empty: bool) -> Statement | Refused:
    """Read one row. Any invalid value refuses the whole row, with the first reason."""
    if isinstance(row.cells, RowFault):
        return Refused(row.number, row.cells.code, "", row.cells.reason, row.cells.raw)
    cells = row.cells
    values: dict[str, Any] = {}
    for index, spec in plan.fields:
        cell = cells[index].strip() if index < len(cells) else ""
        if not cell:
            if clears_empty:
                values.setdefault(spec.key, None)
            continue
        try:
            key, value = _value(spec, cell)
        except InvalidValue as error:
            reason = Text(f"{spec.label.zh}：{error.text.zh}", f"{spec.label.en}: {error.text.en}")
            return Refused(row.number, error.code, spec.key, reason, cells)
        values[key] = value
    if not any(value is not None for value in values.values()):
        return Refused(
            row.number, "empty_row", "", Text("这一行没有可用的内容。", "This row holds nothing."), cells
        )
    try:
        return _statement(row.number, cells, plan, places, values)
    except InvalidValue as error:
        return Refused(row.number, error.code, "", error.text, cells)


def _value(spec: FieldSpec, cell: str) -> tuple[str, Any]:
    """Parse a cell; an ID column may hold a company's credit code, which is then what it states."""
    try:
        return spec.key, spec.standard.parse(cell)
    except InvalidValue:
        if spec.key != "resident_id":
            raise
        try:
            return "uscc", parse_uscc(cell)
        except InvalidValue:
            pass
        raise


def _statement(
    number: int, cells: Sequence[str], plan: Plan, places: Places, values: dict[str, Any]
) -> Statement:
    key = cells[plan.key].strip() if plan.key is not None and plan.key < len(cells) else ""
    if not key:
        key = "row|" + "|".join(f"{name}={values[name]}" for name in sorted(values))
    unit = _named(cells, plan.unit, places.units, Text("机构代码不认识。", "This unit code is not known."))
    owner = places.users.get(cells[plan.owner].strip().lower()) if plan.owner is not None else None
    return Statement(
        key=key,
        values=values,
        party="o" if "uscc" in values or "legal_representative" in values else "p",
        unit_id=unit,
        owner_id=owner,
        stated_at=_time(cells[plan.at].strip()) if plan.at is not None else None,
        row=number,
    )


def _named(cells: Sequence[str], index: int | None, known: Mapping[str, int], fault: Text) -> int | None:
    if index is None or index >= len(cells) or not cells[index].strip():
        return None
    found = known.get(cells[index].strip().lower())
    if found is None:
        raise InvalidValue(fault)
    return found


def _time(cell: str) -> datetime | None:
    from kehu.standardize.standards import STANDARDS

    if not cell:
        return None
    return datetime.fromisoformat(str(STANDARDS["timestamp"].parse(cell))).astimezone(UTC)
