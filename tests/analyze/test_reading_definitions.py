"""Definitions of segments: what reads, and what is refused with its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.analyze.segments.operators import MET_BY_NOTHING, OPERATORS
from kehu.analyze.segments.reading import DEEPEST, MOST_NODES, read
from kehu.analyze.segments.tree import (
    All,
    AnyOf,
    Done,
    FieldIs,
    InOrder,
    Kind,
    MayReach,
    Not,
    OfUnit,
    PropertyIs,
    Step,
    Window,
)  # fmt: skip
from kehu.analyze.segments.values import DefinitionInvalid

KINDS: dict[str, Kind] = {
    "tier": "code", "risk_level": "code", "region": "text", "occupation": "text", "name": "text", "email": "text",
    "mobile": "text", "product_count": "number", "aum": "number", "loan_balance": "number", "opened_on": "date",
    "birth_date": "date", "risk_expires_on": "date", "is_staff": "yes_no",
}  # fmt: skip
RICH = {"field": "aum", "op": "gte", "value": 500_000}


def test_the_unhappy_rich_read_as_drawn() -> None:
    found = read(
        {
            "all": [
                RICH,
                {"unit": "571000"},
                {"any": [
                    {"event": "complaint", "within": {"last_days": 60}},
                    {"sequence": [
                        {"event": "transfer_failed", "where": [{"property": "amount", "op": "gt", "value": 0}]},
                        {"event": "service_call"},
                    ], "in_hours": 168},
                ]},
                {"not": {"event": "visit", "times": {"at_least": 1}, "within": {"last_days": 14}}},
                {"may_reach": "service_care", "channel": "phone"},
            ],
            "zone": "Asia/Shanghai",
        },
        KINDS,
    )  # fmt: skip

    assert found.zone == "Asia/Shanghai"
    assert found.root == All((
        FieldIs("aum", "gte", (500_000.0,)),
        OfUnit("571000", is_below=True),
        AnyOf((
            Done(Step("complaint"), 1, None, Window(since_hours=60 * 24)),
            InOrder(
                (Step("transfer_failed", (PropertyIs("amount", "gt", (0.0,)),)), Step("service_call")), 168, Window()
            ),
        )),
        Not(Done(Step("visit"), 1, None, Window(since_hours=14 * 24))),
        MayReach("service_care", "phone"),
    ))  # fmt: skip


def test_an_empty_all_is_everybody() -> None:
    assert read({"all": []}, {}).root == All(())


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_reads_its_own_example(operator: str) -> None:
    form = OPERATORS[operator]  # type: ignore[index]  # its own key

    node = read(form.example, KINDS).root

    assert isinstance(node, FieldIs)
    assert node.operator == operator
    assert KINDS[node.field] in form.kinds


def test_what_denies_is_met_by_what_is_not_known() -> None:
    assert {op for op in OPERATORS if op.startswith("not_") or op in {"is_not", "ne", "empty"}} - {
        "not_empty"
    } == MET_BY_NOTHING


@pytest.mark.parametrize(
    ("times", "bounds"),
    [
        ({"at_least": 3}, (3, None)),
        ({"at_most": 2}, (0, 2)),
        ({"at_least": 1, "at_most": 5}, (1, 5)),
        ({"exactly": 0}, (0, 0)),
    ],
)
def test_times_have_bounds(times: dict[str, int], bounds: tuple[int, int | None]) -> None:
    node = read({"event": "login", "times": times}, KINDS).root

    assert isinstance(node, Done)
    assert (node.least, node.most) == bounds


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ([], "$"),
        ({}, "$"),
        ({"all": RICH}, "all"),
        ({"all": [RICH], "any": []}, "any"),
        ({"all": [RICH], "zone": "Mars/Olympus"}, "zone"),
        ({"all": [RICH, {"field": "shoe_size", "op": "eq", "value": 42}]}, "all[1].field"),
        ({"any": [{"not": {"field": "aum", "op": "contains", "value": "5"}}]}, "any[0].not.op"),
        ({"field": "aum", "op": "gte", "value": "500000"}, "value"),
        ({"field": "aum", "op": "gte", "value": True}, "value"),
        ({"field": "aum", "op": "gte", "value": float("nan")}, "value"),
        ({"field": "aum", "op": "between", "value": [5, 1]}, "value"),
        ({"field": "tier", "op": "in", "value": []}, "value"),
        ({"field": "tier", "op": "in", "value": ["金", 3]}, "value[1]"),
        ({"field": "tier", "op": "empty", "value": "x"}, "value"),
        ({"field": "opened_on", "op": "on", "value": "22.11.2026"}, "value"),
        ({"field": "opened_on", "op": "last_days", "value": 0}, "value"),
        ({"event": ""}, "event"),
        ({"event": "login", "times": {"at_least": 3, "at_most": 2}}, "times.at_most"),
        ({"event": "login", "times": {"exactly": 1, "at_most": 2}}, "times.at_most"),
        ({"event": "login", "within": {"last_days": 3, "from": "2026-01-01"}}, "within.last_days"),
        ({"event": "login", "within": {"from": "2026-02-01", "to": "2026-01-01"}}, "within"),
        ({"event": "login", "within": {"days_ago": [30, 90]}}, "within.days_ago[1]"),
        ({"event": "login", "where": [{"op": "eq", "value": 1}]}, "where[0]"),
        ({"event": "login", "where": [{"property": "n", "op": "eq", "value": "x"}]}, "where[0].value"),
        ({"event": "login", "wihtin": {"last_days": 3}}, "wihtin"),
        ({"sequence": [{"event": "a"}], "in_hours": 1}, "sequence"),
        ({"sequence": [{"event": "a"}, {"event": "b", "times": {}}], "in_hours": 1}, "sequence[1].times"),
        ({"sequence": [{"event": "a"}, {"event": "b"}]}, "in_hours"),
        ({"segment": "mine"}, "segment"),
        ({"unit": "571000", "below": "yes"}, "below"),
    ],
)
def test_a_mistake_is_told_with_its_place(raw: Any, path: str) -> None:
    with pytest.raises(DefinitionInvalid) as told:
        read(raw, KINDS)

    assert (told.value.path or "$") == path
    assert told.value.text.zh.startswith(f"{path}：")


def test_a_definition_is_neither_deep_nor_endless() -> None:
    deep: dict[str, Any] = RICH
    for _ in range(DEEPEST):
        deep = {"not": deep}

    for raw in (deep, {"all": [RICH] * MOST_NODES}):
        with pytest.raises(DefinitionInvalid):
            read(raw, KINDS)
    assert read({"all": [RICH] * (MOST_NODES - 1)}, KINDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([
            "all", "any", "not", "field", "op", "value", "event", "where", "times", "within", "sequence", "in_hours",
            "unit", "below", "may_reach", "channel", "segment", "zone", "property", "at_least", "exactly", "last_days",
            "days_ago", "from",
        ]), inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_whatever_comes_is_read_or_refused_with_words(raw: Any) -> None:
    told = None
    try:
        read(raw, KINDS)
    except DefinitionInvalid as error:
        told = error.text

    assert told is None or all(told)
