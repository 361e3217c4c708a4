"""From what queries return to what answers hold, by the reader's rights."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse

from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import Shown, present_all, shown_name
from kehu.govern.fields.registry import Registry
from kehu.platform.db.rows import uuid_array
from kehu.profile import queries as profiles
from kehu.profile.queries import Row
from kehu.standardize.persons.pinyin import to_pinyin

_encode = msgspec.json.Encoder().encode


def answer(document: Any) -> HttpResponse:
    """Return an answer as it is, for pages of many rows: checking each against its schema takes longer than finding them.

    What the schema promises is proved by tests of the whole document.
    """
    return HttpResponse(_encode(document), content_type="application/json; charset=utf-8")


def shown(value: Shown) -> dict[str, Any]:
    """Return a presented value as the answers hold it."""
    return {"display": value.display, "is_masked": value.is_masked, "code": value.code}


def customer_row(
    row: Row,
    fields: Registry,
    actor: Actor,
    language: str,
    units: Mapping[int, str],
    owners: Mapping[int, str],
) -> dict[str, Any]:
    """Return one row of a list."""
    listed = {key: spec for key, spec in fields.items() if spec.is_listed}
    seen = present_all(row.values, listed, actor=actor, language=language, surface="list")
    is_clear = actor.rule_for("name", "C1") == "clear"
    return {
        "id": row.id,
        "party": row.party,
        "name": shown_name(row.name, actor),
        "pinyin": to_pinyin(row.name) if is_clear and row.name else "",
        "unit": {"id": row.unit_id, "name": units.get(row.unit_id, "")},
        "owner": {"id": row.owner_id, "name": owners.get(row.owner_id, "")} if row.owner_id else None,
        "record_count": row.record_count,
        "completeness": row.completeness,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "fields": {key: shown(value) for key, value in seen.items()},
        "hits": [],
    }


def people_of(ids: Sequence[UUID], actor: Actor) -> list[dict[str, Any]]:
    """Return customers of the open scope as lists of people show them, in the order of their ids."""
    own = profiles.Condition("c.id = ANY(%s::uuid[])", (uuid_array(ids),))
    rows = profiles.list_customers(limit=max(len(ids), 1), cursor=None, sort="name", conditions=[own]).rows
    units = profiles.get_names("govern_unit", [row.unit_id for row in rows])
    return [
        {"customer_id": row.id, "name": shown_name(row.name, actor), "unit": units.get(row.unit_id, "")}
        for row in sorted(rows, key=lambda row: row.id)
    ]
