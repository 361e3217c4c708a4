"""Counting segments by the API: the purpose is named, mistakes are told at their place, and a withdrawal holds at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import World

from kehu.analyze.segments.operators import OPERATORS
from kehu.analyze.segments.schema import definition_schema
from kehu.govern.models.access import RoleFieldRule
from kehu.platform.models import LakeDataset
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]


@pytest.fixture
def compliance(world: World, call: Callable[..., Caller]) -> Caller:
    """Somebody from compliance, a purpose by consent, and two customers who have agreed."""
    caller = call(appoint(world, "compliance"))
    caller.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
    for number, tier in enumerate(("钻石", "金")):
        world.say(world.core, str(number), name=f"赵一{number}", tier=tier, unit=world.hangzhou)
    for one in caller.get("/customers").json()["items"]:
        caller.post(f"/customers/{one['id']}/consents", {"purpose": "marketing", "state": "given"})
    return caller


def count(caller: Caller, definition: Any, purpose: str = "marketing") -> Any:
    return caller.post("/segments/count", {"purpose": purpose, "definition": definition})


def test_an_empty_definition_counts_all_whom_the_purpose_allows(compliance: Caller, sync: Sync) -> None:
    sync()

    answer = count(compliance, {"all": []})

    assert answer.status_code == 200
    assert answer.json()["count"] == 2
    assert answer.json()["as_of"].startswith("2026-11-22T04:00:00")


def test_a_withdrawal_holds_for_the_next_count_without_a_sync(compliance: Caller, sync: Sync) -> None:
    sync()
    assert count(compliance, {"all": []}).json()["count"] == 2
    customer = compliance.get("/customers").json()["items"][0]["id"]

    compliance.post(f"/customers/{customer}/consents", {"purpose": "marketing", "state": "withdrawn"})

    assert count(compliance, {"all": []}).json()["count"] == 1


def test_without_a_purpose_nothing_is_counted(compliance: Caller, sync: Sync) -> None:
    sync()

    for purpose, code in (("", "purpose_missing"), ("nothing", "purpose_not_found")):
        answer = count(compliance, {"all": []}, purpose)
        assert answer.status_code in (404, 422)
        assert answer.json()["code"] == code


def test_a_mistake_is_told_with_its_place(compliance: Caller, sync: Sync) -> None:
    sync()
    wrong = {
        "all": [{"field": "tier", "op": "is", "value": "金"}, {"field": "name", "op": "is", "value": "赵一"}]
    }

    answer = count(compliance, wrong)

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert "all[1].field" in answer.json()["detail"]


def test_what_cannot_be_asked_yet_is_refused_and_not_passed_over(compliance: Caller, sync: Sync) -> None:
    sync()

    for condition in ({"segment": "01930000-0000-7000-8000-000000000001"},):
        answer = count(compliance, {"all": [condition]})
        assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")


def test_before_the_first_sync_the_answer_says_so(compliance: Caller, sync: Sync) -> None:
    del sync

    answer = count(compliance, {"all": []})

    assert (answer.status_code, answer.json()["code"]) == (503, "lake_empty")


def test_a_file_that_is_lost_is_told_and_the_next_sync_heals_it(
    compliance: Caller, sync: Sync, tmp_path: Path
) -> None:
    sync()
    for file in (tmp_path / "customers").glob("*.parquet"):
        file.unlink()

    answer = count(compliance, {"all": []})

    assert (answer.status_code, answer.json()["code"]) == (503, "lake_broken")
    sync()
    assert count(compliance, {"all": []}).json()["count"] == 2


def test_a_lake_of_other_columns_is_not_counted_as_nobody(compliance: Caller, sync: Sync) -> None:
    sync()
    with acting(SYSTEM):
        LakeDataset.objects.filter(pk="customers").update(shape="of other fields")

    answer = count(compliance, {"all": []})

    assert (answer.status_code, answer.json()["code"]) == (503, "lake_empty")
    sync()
    assert count(compliance, {"all": []}).json()["count"] == 2


def test_a_branch_counts_its_own(
    compliance: Caller, sync: Sync, world: World, call: Callable[..., Caller]
) -> None:
    sync()

    assert count(call(world.head), {"all": []}).json()["count"] == 2
    assert count(call(appoint(world, "branch_head", world.ningbo)), {"all": []}).json()["count"] == 0


def test_a_field_that_is_hidden_from_the_caller_is_not_guessed_by_counting(
    compliance: Caller, sync: Sync, world: World, call: Callable[..., Caller]
) -> None:
    sync()
    user = appoint(world, "marketer")
    RoleFieldRule.objects.create(role_id="marketer", field="tier", rule="hidden")
    marketer = call(user)

    answer = count(marketer, {"field": "tier", "op": "is", "value": "金"})

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert "tier" not in {field["key"] for field in marketer.get("/segments/vocabulary").json()["fields"]}
    assert count(compliance, {"field": "tier", "op": "is", "value": "金"}).json()["count"] == 1


def test_who_may_not_count_is_refused(world: World, call: Callable[..., Caller]) -> None:
    assert count(call(world.alice), {"all": []}).status_code == 403


def test_the_schema_takes_every_example_and_refuses_what_reading_refuses(compliance: Caller) -> None:
    schema = compliance.get("/segments/schema.json").json()
    valid = jsonschema_rs.validator_for(schema)

    for form in OPERATORS.values():
        assert valid.is_valid(form.example), form.example
        assert valid.is_valid({"all": [{"not": form.example}], "zone": "Asia/Shanghai"})
    for example in examples(definition_schema()["$defs"]):
        assert valid.is_valid(example), example
    wrongs: list[Any] = [
        {}, {"all": {}}, {"all": [], "any": []}, {"field": "tier", "op": "like", "value": "金"},
        {"field": "tier", "op": "is"}, {"field": "tier", "op": "empty", "value": 1}, {"event": ""},
        {"sequence": [{"event": "登录"}], "in_hours": 1}, {"not": [{"all": []}]}, {"all": [{"zone": "UTC", "all": []}]},
    ]  # fmt: skip
    for wrong in wrongs:
        assert not valid.is_valid(wrong), wrong


def examples(definitions: dict[str, Any]) -> list[Any]:
    """Return the examples of conditions."""
    return [example for name in ("all", "any", "not", "event", "sequence", "unit", "may_reach", "segment")
            for example in definitions[name]["examples"]]  # fmt: skip


def test_the_vocabulary_names_what_may_be_asked_and_nobody(compliance: Caller, sync: Sync) -> None:
    sync()

    found = compliance.get("/segments/vocabulary").json()

    keys = {field["key"]: field for field in found["fields"]}
    assert {"tier", "aum", "opened_on", "sex"} <= keys.keys()
    assert (
        not {"name", "mobile", "resident_id", "birth_date", "legal_representative", "salutation"}
        & keys.keys()
    )
    assert keys["sex"]["codes"]["1"] == {"zh": "男", "en": "Male"}
    assert {operator["key"] for operator in found["operators"]} == set(OPERATORS)


def test_a_draft_is_told_in_words(compliance: Caller) -> None:
    drafted = {
        "all": [
            {"field": "tier", "op": "in", "value": ["钻石", "金"]},
            {"not": {"may_reach": "marketing", "channel": "sms"}},
        ]
    }

    words = compliance.post("/segments/words", {"definition": drafted}).json()["words"]

    assert words["zh"] == "客户等级属于“钻石”、“金”，并且不满足（可以为“营销”通过短信联系）"
    assert "by SMS" in words["en"]


@pytest.mark.parametrize(
    ("condition", "key", "said"),
    [
        ({"unit": "moon"}, "unit", "没有机构“moon”。"),
        ({"may_reach": "nothing"}, "may_reach", "没有"),
        ({"segment": "01930000-0000-7000-8000-000000000001"}, "segment", "没有客群"),
        ({"field": "tier", "op": "gt", "value": 1}, "op", "不能这样比较"),
    ],
)
def test_what_is_wrong_in_a_draft_is_told_at_its_condition(
    compliance: Caller, condition: dict[str, Any], key: str, said: str
) -> None:
    answer = compliance.post("/segments/words", {"definition": {"all": [{"not": {"any": [condition]}}]}})

    (place,) = answer.json()["fields"]
    assert (answer.status_code, place["field"]) == (422, f"all[0].not.any[0].{key}")
    assert said in place["detail"]
    assert "all[0]" not in place["detail"]


def test_what_remains_at_each_part_is_told_and_a_few_are_drawn(
    world: World, compliance: Caller, sync: Sync, call: Callable[..., Caller]
) -> None:
    gold, diamond = ({"field": "tier", "op": "is", "value": tier} for tier in ("金", "钻石"))
    first = compliance.get("/customers").json()["items"][0]["id"]
    sync()
    asked = {"purpose": "marketing", "definition": {"all": [{"any": [gold, diamond]}, {"not": gold}]}}

    found = compliance.post("/segments/steps", asked).json()
    drawn = compliance.post("/segments/sample", {**asked, "seed": 3}).json()

    assert found == {
        "steps": {"all[0]": 2, "all[0].any[0]": 1, "all[0].any[1]": 1, "all[1]": 1, "all[1].not": 1}, "of": 2, "left_out": 0,
    }  # fmt: skip
    assert [(one["name"], one["unit"]) for one in drawn] == [("赵一0", "杭州分行")]
    everybody = {**asked, "definition": {"all": []}}
    compliance.post(f"/customers/{first}/consents", {"purpose": "marketing", "state": "withdrawn"})
    assert compliance.post("/segments/steps", everybody).json() == {"steps": {}, "of": 1, "left_out": 1}
    assert len(compliance.post("/segments/sample", everybody).json()) == 1
    elsewhere = call(appoint(world, "branch_head", unit=world.ningbo))
    assert elsewhere.post("/segments/steps", everybody).json() == {"steps": {}, "of": 0, "left_out": 0}
    assert elsewhere.post("/segments/sample", everybody).json() == []
