"""The JSON Schema of a definition, with every operator and every kind of condition documented by an example."""

from typing import Any, get_args

from kehu.analyze.segments.operators import MOST_VALUES, OPERATORS
from kehu.analyze.segments.reading import FEWEST_STEPS, MOST_STEPS, ZONE
from kehu.analyze.segments.tree import ANYBODY, Kind
from kehu.analyze.segments.values import MOST_DAYS, MOST_TEXT
from kehu.analyze.segments.windows import HOURS, MOST_TIMES
from kehu.govern.purposes.terms import CHANNELS
from kehu.profile.ties.relationships import ROLES

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MOST_TEXT}
_ONE: Schema = {"type": ["string", "number", "boolean"]}
_VALUES: dict[str, Schema | None] = {
    "none": None,
    "one": _ONE,
    "two": {"type": "array", "items": _ONE, "minItems": 2, "maxItems": 2},
    "many": {"type": "array", "items": _ONE, "minItems": 1, "maxItems": MOST_VALUES},
    "days": {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
}
_NODE = {"$ref": "#/$defs/node"}
_UNIT = {"unit": "571000", "below": True}
_REACH = {"may_reach": "wealth_marketing", "channel": "email"}
_DONE = {
    "event": "转出", "where": [{"property": "amount", "op": "lt", "value": -10_000}],
    "times": {"at_least": 2}, "within": {"last_days": 90},
}  # fmt: skip
_ORDER = {
    "sequence": [{"event": "转账失败"}, {"event": "拨打客服"}], "in_hours": 168, "within": {"last_days": 60}
}  # fmt: skip


def definition_schema() -> Schema:
    """Return the schema of a definition."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "/api/v1/segments/schema.json",
        "title": "客群定义 / The definition of a segment",
        "description": "一棵条件树；空的 all 是该目的允许的所有客户。 A tree of conditions; an empty all is everyone whom the purpose allows.",
        "oneOf": [_with_zone(schema) for schema in _nodes().values()],
        "examples": [{"all": [*(form.example for form in list(OPERATORS.values())[:2]), _DONE], "zone": ZONE}],
        "$defs": {
            "node": {"type": "object", "oneOf": [{"$ref": f"#/$defs/{name}"} for name in _nodes()]},
            **_nodes(),
            "step": _object({"event": _TEXT, "where": {"type": "array", "items": {"$ref": "#/$defs/where"}}}, "event"),
            "where": {"oneOf": _asked("property")},
            "times": _times(),
            "window": _window(),
        },
    }  # fmt: skip


def _with_zone(schema: Schema) -> Schema:
    """Return the schema of a condition that stands alone, where the zone may be said."""
    if "oneOf" in schema:
        return {**schema, "oneOf": [_with_zone(one) for one in schema["oneOf"]]}
    zone = {"type": "string", "default": ZONE, "description": "日期按哪个时区算 / the zone of days"}
    return {**schema, "properties": {**schema["properties"], "zone": zone}}


def _nodes() -> dict[str, Schema]:
    parts = {"type": "array", "items": _NODE}
    steps = {
        "type": "array", "items": {"$ref": "#/$defs/step"}, "minItems": FEWEST_STEPS, "maxItems": MOST_STEPS
    }  # fmt: skip
    window, times = {"$ref": "#/$defs/window"}, {"$ref": "#/$defs/times"}
    hours = {"type": "integer", "minimum": 1, "maximum": MOST_DAYS * HOURS}
    where = {"type": "array", "items": {"$ref": "#/$defs/where"}}
    return {
        "all": _told("全部满足 / every part holds", _object({"all": parts}, "all"), {"all": []}),
        "any": _told("任一满足 / one part holds", _object({"any": parts}, "any"), {"any": [_UNIT, _REACH]}),
        "not": _told("不满足 / the part does not hold", _object({"not": _NODE}, "not"), {"not": _REACH}),
        "field": {"oneOf": _asked("field")},
        "trait": {"oneOf": _asked("trait", ("text", "number"))},
        "event": _told(
            "发生过几次 / how often an event happened",
            _object({"event": _TEXT, "where": where, "times": times, "within": window}, "event"), _DONE,
        ),
        "sequence": _told(
            "依次发生 / events one after another",
            _object({"sequence": steps, "in_hours": hours, "within": window}, "sequence", "in_hours"), _ORDER,
        ),
        "unit": _told(
            "所属机构 / the home unit", _object({"unit": _TEXT, "below": {"type": "boolean", "default": True}}, "unit"), _UNIT
        ),
        "may_reach": _told(
            "该目的可以使用 / a purpose may take him", _object({"may_reach": _TEXT, "channel": {"enum": list(CHANNELS)}}, "may_reach"), _REACH
        ),
        "segment": _told(
            "属于另一个客群 / a member of another segment",
            _object({"segment": {"type": "string", "format": "uuid"}}, "segment"),
            {"segment": "01930000-0000-7000-8000-000000000001"},
        ),
        "list": _told(
            "在一份名单上 / on a list", _object({"list": {"type": "integer", "minimum": 1}}, "list"), {"list": 1}
        ),
        "tag": _told("有标签 / has a tag", _object({"tag": {"type": "integer", "minimum": 1}}, "tag"), {"tag": 1}),
        "relationship": _told(
            "今天另一位客户是他的什么人 / what another customer is for him today",
            _object({"relationship": {"enum": [ANYBODY, *ROLES]}}, "relationship"), {"relationship": "guarantor"},
        ),
    }  # fmt: skip


def _asked(subject: str, kinds: tuple[Kind, ...] = get_args(Kind)) -> list[Schema]:
    """Return one schema an operator that is asked of one of these kinds."""
    found = []
    for key, form in OPERATORS.items():
        if not set(form.kinds) & set(kinds):
            continue
        value = _VALUES[form.takes]
        told = _object({subject: _TEXT, "op": {"const": key}, **({"value": value} if value else {})}, subject, "op",
                       *(("value",) if value else ()))  # fmt: skip
        example = {subject if name == "field" else name: one for name, one in form.example.items()}
        found.append(_told(f"{form.text.zh} / {form.text.en}", told, example))
    return found


def _times() -> Schema:
    number = {"type": "integer", "minimum": 0, "maximum": MOST_TIMES}
    exactly = _object({"exactly": number}, "exactly")
    bounds = {**_object({"at_least": number, "at_most": number}), "minProperties": 1}
    return {"oneOf": [exactly, bounds], "examples": [{"at_least": 2}, {"exactly": 0}]}


def _window() -> Schema:
    day = {"type": "string", "format": "date"}
    days = {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}
    hours = {"type": "integer", "minimum": 1, "maximum": MOST_DAYS * HOURS}
    ago = {
        "type": "array", "prefixItems": [days, {"type": "integer", "minimum": 0}], "minItems": 2, "maxItems": 2
    }  # fmt: skip
    return {
        "anyOf": [
            _told("最近几天 / the last days", _object({"last_days": days}, "last_days"), {"last_days": 30}),
            _told("最近几小时 / the last hours", _object({"last_hours": hours}, "last_hours"), {"last_hours": 48}),
            _told("几天前到几天前 / from so many days ago to so many", _object({"days_ago": ago}, "days_ago"), {"days_ago": [90, 30]}),
            _told("从哪天到哪天，含两端 / from day to day, both included", _object({"from": day, "to": day}), {"from": "2026-01-01"}),
        ]
    }  # fmt: skip


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _told(words: str, schema: Schema, example: Any) -> Schema:
    return {"description": words, **schema, "examples": [example]}
