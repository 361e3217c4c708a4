"""Funnels by the API: of one's own scope and of the purpose, with the customers behind a step, saved as a segment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.collect.events import Happening, write_events
from kehu.govern.models.access import RoleFieldRule
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

pytestmark = [pytest.mark.django_db]
STEPS = [{"event": "浏览"}, {"event": "申购"}]
CARE = NewTerms("contract", ("sms",), 365, "说明", ("C1",), False)
FUNNEL = {"steps": STEPS, "in_hours": 24, "within": {"last_days": 30}}


@pytest.fixture
def bank(world: World, sync: Callable[[], Any]) -> World:
    """Six customers looked at a fund ten days ago, four of Xihu and two of Ningbo; the first three bought an hour later."""
    compliance = world.actor(appoint(world, "compliance"))
    create_purpose(key="care", name=Text("关怀", "Care"), terms=CARE, actor=compliance, now=NOW)
    for number in range(6):
        unit = world.xihu if number < 4 else world.ningbo
        world.say(
            world.core, str(number), name=f"赵一{number}", unit=unit, tier="金" if number % 2 else "钻石"
        )
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM collect_record r JOIN resolve_link l ON l.record_id = r.id JOIN profile_customer c ON c.id = l.cluster_id ORDER BY c.name"
        )
        records = [row[0] for row in cursor.fetchall()]
    looked = timezone.now() - timedelta(days=10)
    seen = [("浏览", looked, record) for record in records]
    bought = [("申购", looked + timedelta(hours=1), record) for record in records[:3]]
    happenings = [
        Happening(f"{name}{record}", record, "behavior", name, at, at, {"channel": "手机银行"})
        for name, at, record in seen + bought
    ]
    with acting(SYSTEM):
        write_events(happenings, source_id=world.core.pk)
    sync()
    return world


@pytest.fixture
def marketer(bank: World, call: Callable[..., Caller]) -> Caller:
    return call(appoint(bank, "marketer"))


def asked(caller: Caller, path: str = "", **more: Any) -> Any:
    body: dict[str, Any] = {"purpose": "care", "definition": {**FUNNEL, **more.pop("definition", {})}, **more}
    return caller.post(f"/funnels{path}", body)


def test_a_funnel_tells_how_many_came_how_far(marketer: Caller) -> None:
    answer = asked(marketer, definition={"by": "unit"})

    assert answer.status_code == 200, answer.content
    told = answer.json()
    first, second = told["whole"]["steps"]
    assert (told["population"], first["customers"], second["customers"]) == (6, 6, 3)
    assert (second["of_first"]["value"], second["median_seconds"]) == (0.5, 3600)
    assert second["of_first"]["low"] < 0.5 < second["of_first"]["high"]
    groups = {
        group["label"]["zh"]: [step["customers"] for step in group["steps"]] for group in told["groups"]
    }
    assert groups == {"西湖支行": [4, 3], "宁波分行": [2, 0]}


def test_a_branch_head_counts_the_branch_alone(bank: World, call: Callable[..., Caller]) -> None:
    told = asked(call(bank.head)).json()

    assert [step["customers"] for step in told["whole"]["steps"]] == [4, 3]


def test_who_stopped_is_saved_as_a_segment_of_the_same_customers(marketer: Caller) -> None:
    page = asked(marketer, "/customers", step=1).json()
    segment = {"name": "看了没买", "purpose": "care", "definition": page["definition"]}

    made = marketer.post("/segments", segment)

    assert made.status_code == 201, made.content
    members = marketer.get(f"/segments/{made.json()['id']}/members").json()["items"]
    assert {one["customer_id"] for one in members} == {one["customer_id"] for one in page["items"]}
    assert len(members) == 3


def test_customers_behind_a_step_come_in_pages_of_the_scope(bank: World, call: Callable[..., Caller]) -> None:
    head = call(bank.head)
    first = asked(head, "/customers", step=1, which="reached", limit=3).json()
    rest = asked(head, "/customers", step=1, which="reached", limit=3, cursor=first["next_cursor"]).json()

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)
    assert {one["unit"] for one in first["items"] + rest["items"]} == {"西湖支行"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"steps": STEPS[:1]}, "steps"),
        ({"in_hours": 0}, "in_hours"),
        ({"steps": [*STEPS, {"event": "x", "times": 2}]}, "steps[2].times"),
        ({"by": "aum"}, "by"),
        ({"population": {"field": "nothing", "op": "is", "value": "x"}}, "field"),
        ({"zone": "Mars/Olympus"}, "zone"),
        (
            {
                "steps": [
                    {"event": "转出", "where": [{"property": "to", "op": "is", "value": "13857101234"}]},
                    STEPS[1],
                ]
            },
            "steps[0].where[0].value",
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(marketer: Caller, change: dict[str, Any], place: str) -> None:
    answer = asked(marketer, definition=change)

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert place in answer.json()["detail"]
    assert "13857101234" not in answer.content.decode()


def test_without_a_purpose_nothing_is_told(marketer: Caller) -> None:
    answer = marketer.post("/funnels", {"purpose": "", "definition": FUNNEL})

    assert answer.json()["code"] == "purpose_missing"


def test_a_hidden_field_divides_nothing_and_narrows_nothing(bank: World, marketer: Caller) -> None:
    del bank
    RoleFieldRule.objects.create(role_id="marketer", field="tier", rule="hidden")

    for change in ({"by": "tier"}, {"population": {"field": "tier", "op": "is", "value": "金"}}):
        assert asked(marketer, definition=change).json()["code"] == "segment_invalid"


def test_figures_go_out_as_a_file_and_stand_in_the_trail(marketer: Caller) -> None:
    answer = asked(marketer, "/csv", definition={"by": "unit"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3 * 2
    assert lines[2].startswith("全部,2,申购,3,0.5,")
    assert [event.row_count for event in trail("funnel.export")] == [6]


def test_a_step_that_is_not_there_has_nobody_behind_it(marketer: Caller) -> None:
    assert asked(marketer, "/customers", step=3).json()["code"] == "segment_invalid"


RETENTION = {"begin": {"event": "浏览"}, "back": {"event": "申购"}, "unit": "week", "cohorts": 3}


def test_cohorts_tell_who_came_back_and_what_is_not_over(marketer: Caller) -> None:
    again = {"begin": {"event": "浏览"}, "unit": "week", "cohorts": 3, "kind": "since"}
    answer = marketer.post("/retention", {"purpose": "care", "definition": again})

    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert sorted(cohort["customers"] for cohort in told["cohorts"]) == [0, 0, 6]
    assert [cohort["is_open"] for cohort in told["cohorts"]] == [False, False, True]
    [cohort] = [one for one in told["cohorts"] if one["customers"]]
    day = (timezone.now() - timedelta(days=10)).astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat()
    assert cohort["first"] <= day <= cohort["last"]
    assert [one["is_open"] for one in cohort["returns"]] == [False] * (len(cohort["returns"]) - 1) + [True]
    assert cohort["returns"][0]["share"] == pytest.approx({"value": 0, "low": 0, "high": 0.39}, abs=0.01)


def test_retention_goes_out_as_a_file_and_stands_in_the_trail(marketer: Caller) -> None:
    answer = marketer.post("/retention/csv", {"purpose": "care", "definition": RETENTION})

    assert len(answer.content.decode("utf-8-sig").splitlines()) == 1 + 2 + 1
    assert [event.row_count for event in trail("retention.export")] == [3]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"begin": {}}, "begin"),
        ({"unit": "year"}, "unit"),
        ({"cohorts": 99}, "cohorts"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_a_mistake_in_retention_is_told_at_its_place(
    marketer: Caller, change: dict[str, Any], place: str
) -> None:
    answer = marketer.post("/retention", {"purpose": "care", "definition": {**RETENTION, **change}})

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert place in answer.json()["detail"]


def test_a_profile_of_few_customers_tells_nothing_but_how_many(marketer: Caller) -> None:
    segment = {"name": "金", "purpose": "care", "definition": {"field": "tier", "op": "is", "value": "金"}}
    made = marketer.post("/segments", segment).json()

    told = marketer.get(f"/segments/{made['id']}/profile").json()

    assert (told["ours"], told["rest"], told["fewest"], told["differences"]) == (3, 3, 10, [])


def test_a_profile_speaks_of_nothing_that_is_hidden_and_names_what_it_tells(
    world: World, call: Callable[..., Caller], sync: Callable[[], Any]
) -> None:
    compliance = world.actor(appoint(world, "compliance"))
    create_purpose(key="care", name=Text("关怀", "Care"), terms=CARE, actor=compliance, now=NOW)
    for number in range(48):
        unit, tier = (world.xihu if number % 2 else world.ningbo), ("金" if number % 4 < 2 else "钻石")
        world.say(world.core, f"n{number}", name=f"钱二{number}", unit=unit, tier=tier)
    sync()
    marketer = call(appoint(world, "marketer"))
    segment = {"name": "西湖", "purpose": "care", "definition": {"unit": "hz"}}
    made = marketer.post("/segments", segment).json()
    before = marketer.get(f"/segments/{made['id']}/profile").json()
    RoleFieldRule.objects.create(role_id="marketer", field="tier", rule="hidden")
    after = marketer.get(f"/segments/{made['id']}/profile").json()

    told = {one["key"]: one for one in before["differences"]}
    assert (before["ours"], before["rest"]) == (24, 24)
    assert {value["key"] for value in told["tier"]["values"]} == {"金", "钻石"}
    assert told["unit"]["is_sure"]
    assert {value["label"]["zh"] for value in told["unit"]["values"]} == {"西湖支行", "宁波分行"}
    assert "tier" not in {one["key"] for one in after["differences"]}
    assert "unit" in {one["key"] for one in after["differences"]}


def test_a_profile_of_no_segment_is_not_there(marketer: Caller) -> None:
    answer = marketer.get("/segments/01930000-0000-7000-8000-000000000001/profile")

    assert answer.json()["code"] == "segment_not_found"


def test_who_is_behind_a_cell_is_listed_page_by_page_and_kept_as_a_segment(marketer: Caller) -> None:
    asked = {"purpose": "care", "definition": RETENTION}
    [cohort] = [one for one in marketer.post("/retention", asked).json()["cohorts"] if one["customers"] == 6]
    cell = {**asked, "cohort": cohort["first"], "limit": 4}

    first = marketer.post("/retention/customers", cell).json()
    rest = marketer.post("/retention/customers", {**cell, "cursor": first["next_cursor"]}).json()
    away = marketer.post("/retention/customers", {**cell, "later": 1, "which": "away", "limit": 9}).json()
    back = marketer.post("/retention/customers", {**cell, "later": 1}).json()

    assert [len(page["items"]) for page in (first, rest, away, back)] == [4, 2, 6, 0]
    assert rest["next_cursor"] is None
    kept = {"purpose": "care", "definition": away["definition"]}
    assert marketer.post("/segments/count", kept).json()["count"] == 6


@pytest.mark.parametrize(("change", "place"), [({"cohort": "2001-01-01"}, "cohort"), ({"later": 3}, "later")])
def test_a_cell_that_is_not_there_has_nobody_behind_it(
    marketer: Caller, change: dict[str, Any], place: str
) -> None:
    asked = {"purpose": "care", "definition": RETENTION}
    [last] = marketer.post("/retention", asked).json()["cohorts"][-1:]

    answer = marketer.post("/retention/customers", {**asked, "cohort": last["first"], **change})

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert place in answer.json()["detail"]
