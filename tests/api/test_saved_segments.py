"""Saved segments by the API: versions, members now and at any past time, why, parts, overlap, files."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.analyze.models.segments import Membership, Segment
from kehu.analyze.segments.saved.following import follow
from kehu.govern.models.access import RoleFieldRule
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]
GOLD = {"all": [{"field": "tier", "op": "is", "value": "金"}]}


@pytest.fixture
def compliance(world: World, call: Callable[..., Caller]) -> Caller:
    """Somebody from compliance, a purpose by consent, and three customers, of whom two have agreed."""
    caller = call(appoint(world, "compliance"))
    caller.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
    for number, (name, tier, unit) in enumerate(
        (("沈静仪", "金", world.hangzhou), ("顾衡", "钻石", world.ningbo), ("=赵一", "金", world.hangzhou))
    ):
        world.say(world.core, str(number), name=name, tier=tier, unit=unit)
    for one in caller.get("/customers").json()["items"]:
        if one["name"] != "=赵一":
            caller.post(f"/customers/{one['id']}/consents", {"purpose": "marketing", "state": "given"})
    return caller


@pytest.fixture
def marketer(world: World, compliance: Caller, call: Callable[..., Caller], sync: Sync) -> Caller:
    """A marketer, with the lake as it is."""
    del compliance
    sync()
    return call(appoint(world, "marketer"))


def save(caller: Caller, definition: Any = GOLD, name: str = "金卡", purpose: str = "marketing") -> Any:
    return caller.post("/segments", {"name": name, "purpose": purpose, "definition": definition})


def members(caller: Caller, segment_id: str, **asked: str) -> list[str]:
    page = caller.get(f"/segments/{segment_id}/members?{urlencode(asked)}").json()
    return sorted(one["name"] for one in page["items"])


def touched() -> None:
    """Have what this test wrote count as written since: all of it is one transaction."""
    with acting(SYSTEM):
        Segment.objects.update(watermark=1)


def test_a_saved_segment_has_its_members_at_once(marketer: Caller) -> None:
    answer = save(marketer)

    assert answer.status_code == 201
    made = answer.json()
    assert made["version"] == 1
    assert made["count"] == 1
    assert made["words"] == {"zh": "客户等级等于“金”", "en": "Tier is “金”"} or "金" in made["words"]["zh"]
    page = marketer.get(f"/segments/{made['id']}/members").json()
    assert page["count"] == 1
    assert len(page["items"]) == 1
    assert page["items"][0]["unit"] == "杭州分行"
    assert [event.action for event in trail("segment.create")] == ["segment.create"]


def test_without_a_purpose_or_with_a_taken_name_nothing_is_saved(marketer: Caller) -> None:
    assert save(marketer, purpose="").json()["code"] == "purpose_missing"
    assert save(marketer).status_code == 201
    assert save(marketer).json()["code"] == "segment_taken"
    assert (
        save(marketer, {"all": [{"field": "name", "op": "is", "value": "沈"}]}, "别的").json()["code"]
        == "segment_invalid"
    )


def test_who_was_in_is_answered_for_a_past_time(marketer: Caller, world: World, compliance: Caller) -> None:
    made = save(marketer).json()
    with acting(SYSTEM):
        Membership.objects.update(entered_at=NOW)
    world.say(world.core, "0", name="沈静仪", tier="普通", unit=world.hangzhou, now=NOW + timedelta(hours=1))
    touched()

    moved = follow(now=NOW + timedelta(hours=1)).moved

    assert [len(one.left) for one in moved] == [1]
    assert members(marketer, made["id"]) == []
    past = (NOW + timedelta(minutes=30)).isoformat()
    assert len(members(marketer, made["id"], as_of=past)) == 1
    assert members(marketer, made["id"], as_of=(NOW - timedelta(seconds=1)).isoformat()) == []


def test_a_withdrawal_takes_out_at_once_and_for_the_past_too(marketer: Caller, compliance: Caller) -> None:
    made = save(marketer).json()
    (one,) = marketer.get(f"/segments/{made['id']}/members").json()["items"]

    compliance.post(
        f"/customers/{one['customer_id']}/consents", {"purpose": "marketing", "state": "withdrawn"}
    )

    assert members(marketer, made["id"]) == []
    touched()
    assert [one.left for one in follow(now=NOW + timedelta(hours=1)).moved] == [(UUID(one["customer_id"]),)]


def test_a_branch_sees_its_own_members_only(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    made = save(marketer, {"all": []}, "全部").json()
    assert made["count"] == 2

    head = call(world.head)

    assert head.get(f"/segments/{made['id']}").json()["count"] == 1
    page = head.get(f"/segments/{made['id']}/members").json()
    assert [one["unit"] for one in page["items"]] == ["杭州分行"]
    assert page["count"] == 1


def test_why_is_told_condition_by_condition(marketer: Caller) -> None:
    definition = {"any": [GOLD, {"event": "登录", "times": {"at_least": 2}, "within": {"last_days": 30}}]}
    made = save(marketer, definition).json()
    everybody = save(marketer, {"all": []}, "全部").json()
    found = {}
    for one in marketer.get(f"/segments/{everybody['id']}/members").json()["items"]:
        answer = marketer.get(f"/segments/{made['id']}/explain/{one['customer_id']}")
        assert answer.status_code == 200
        found[one["unit"]] = answer.json()

    inside, outside = found["杭州分行"], found["宁波分行"]
    assert (inside["is_member"], outside["is_member"]) == (True, False)
    assert outside["is_allowed"] is True
    assert [part["holds"] for part in inside["reason"]["parts"]] == [True, False]
    assert inside["reason"]["parts"][1]["times"] == 0
    assert inside["reason"]["parts"][1]["text"]["zh"] == "最近 30 天内“登录”至少 2 次"


def test_another_definition_is_another_version(marketer: Caller) -> None:
    made = save(marketer).json()
    other = {"all": [{"field": "tier", "op": "is", "value": "钻石"}]}

    changed = marketer.patch(f"/segments/{made['id']}", {"definition": other}).json()

    assert changed["version"] == 2
    assert [one["number"] for one in changed["versions"]] == [2, 1]
    assert changed["versions"][1]["definition"] == GOLD
    page = marketer.get(f"/segments/{made['id']}/members").json()
    assert [one["unit"] for one in page["items"]] == ["宁波分行"]


def test_the_list_tells_rule_size_and_author(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    made = save(marketer).json()
    everybody = save(marketer, {"all": []}, "全部").json()

    listed = {one["id"]: one for one in marketer.get("/segments").json()}
    sizes = {one["segment_id"]: one["count"] for one in marketer.get("/segments/sizes").json()}

    assert "金" in listed[made["id"]]["words"]["zh"]
    assert sizes == {made["id"]: 1, everybody["id"]: 2}
    assert made["versions"][0]["author"]
    assert made["versions"][0]["words"] == made["words"]
    branch = {one["segment_id"]: one["count"] for one in call(world.head).get("/segments/sizes").json()}
    assert branch == {made["id"]: 1, everybody["id"]: 1}


def test_a_reader_from_whom_a_field_is_hidden_learns_neither_rule_nor_size(
    marketer: Caller, compliance: Caller
) -> None:
    save(marketer)
    with acting(SYSTEM):
        RoleFieldRule.objects.create(role_id="compliance", field="tier", rule="hidden")

    assert [one["words"] for one in compliance.get("/segments").json()] == [None]
    assert compliance.get("/segments/sizes").json() == []


def test_a_segment_names_others_but_never_itself(marketer: Caller) -> None:
    gold = save(marketer).json()
    rest = save(marketer, {"not": {"segment": gold["id"]}}, "其余").json()
    assert rest["count"] == 1

    looped = marketer.patch(f"/segments/{gold['id']}", {"definition": {"all": [{"segment": rest["id"]}]}})

    assert looped.json()["code"] == "segment_invalid"
    marketer.patch(f"/segments/{gold['id']}", {"definition": {"any": []}})
    assert marketer.get(f"/segments/{rest['id']}").json()["count"] == 2
    assert marketer.patch(f"/segments/{gold['id']}", {"is_archived": True}).json()["code"] == "segment_in_use"


def test_size_by_unit_and_by_field_and_overlap(marketer: Caller) -> None:
    gold, everybody = save(marketer).json(), save(marketer, {"all": []}, "全部").json()

    asked = {"purpose": "marketing", "definition": {"all": []}}
    by_unit = marketer.post("/segments/divide", {**asked, "by": "unit"}).json()["parts"]
    by_tier = marketer.post("/segments/divide", {**asked, "by": "tier"}).json()["parts"]
    parts = marketer.post("/segments/overlap", {"segment_ids": [gold["id"], everybody["id"]]}).json()["parts"]

    assert {part["label"]["zh"]: part["count"] for part in by_unit} == {"杭州分行": 1, "宁波分行": 1}
    assert {part["key"]: part["count"] for part in by_tier} == {"金": 1, "钻石": 1}
    assert [(part["segment_ids"], part["count"]) for part in parts] == [
        ([everybody["id"]], 1), ([gold["id"], everybody["id"]], 1)
    ]  # fmt: skip


def test_a_snapshot_keeps_a_moment_and_its_digest(marketer: Caller) -> None:
    made = save(marketer).json()

    taken = marketer.post(f"/segments/{made['id']}/snapshots", {"name": "开门红"}).json()

    (one,) = marketer.get(f"/segments/{made['id']}/members?{urlencode({'as_of': taken['taken_at']})}").json()[
        "items"
    ]
    assert taken["digest"] == sha256(UUID(one["customer_id"]).bytes).hexdigest()
    assert [s["name"] for s in marketer.get(f"/segments/{made['id']}/snapshots").json()] == ["开门红"]


def test_the_file_tells_what_it_is_and_runs_nothing(
    marketer: Caller, compliance: Caller, world: World, sync: Sync
) -> None:
    for one in compliance.get("/customers").json()["items"]:
        compliance.post(f"/customers/{one['id']}/consents", {"purpose": "marketing", "state": "given"})
    sync()
    made = save(marketer).json()

    answer = marketer.post(f"/segments/{made['id']}/export", {"reason": "开门红名单"})

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    table, about = archive.read("members.csv"), json.loads(archive.read("about.json"))
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {row[1][:1] for row in rows[1:]}.isdisjoint("=+-@")
    assert about["rows"] == 2
    assert about["definition"] == GOLD
    assert about["sha256_of_members_csv"] == sha256(table).hexdigest()
    (event,) = trail("segment.export")
    assert event.row_count == 2
    assert marketer.post(f"/segments/{made['id']}/export", {"reason": " "}).status_code == 422


def test_a_field_hidden_from_the_reader_closes_the_segment(marketer: Caller, compliance: Caller) -> None:
    made = save(marketer).json()
    with acting(SYSTEM):
        RoleFieldRule.objects.create(role_id="compliance", field="tier", rule="hidden")

    for path in ("", "/members", f"/explain/{made['id']}", "/snapshots"):
        answer = compliance.get(f"/segments/{made['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "segment_closed")


def test_what_is_not_there_is_not_found(marketer: Caller) -> None:
    for path in ("", "/members", "/explain/01930000-0000-7000-8000-000000000001", "/snapshots"):
        assert marketer.get(f"/segments/01930000-0000-7000-8000-000000000001{path}").status_code == 404
    made = save(marketer).json()
    assert (
        marketer.get(f"/segments/{made['id']}/explain/01930000-0000-7000-8000-000000000001").status_code
        == 404
    )


def test_stays_end_for_the_reader_when_consent_is_withdrawn(marketer: Caller, compliance: Caller) -> None:
    made = save(marketer).json()
    (one,) = marketer.get(f"/segments/{made['id']}/members").json()["items"]
    assert marketer.get(f"/segments/of/{one['customer_id']}").json()[0]["is_archived"] is False

    compliance.post(
        f"/customers/{one['customer_id']}/consents", {"purpose": "marketing", "state": "withdrawn"}
    )

    assert marketer.get(f"/segments/of/{one['customer_id']}").json() == []


def test_a_segment_whose_purpose_is_off_still_opens(marketer: Caller, compliance: Caller) -> None:
    made = save(marketer).json()
    assert compliance.patch("/purposes/marketing", {"is_active": False}).status_code == 200

    assert marketer.get(f"/segments/{made['id']}").json()["count"] is None
    assert marketer.get("/segments/sizes").json() == []


def test_the_stays_of_a_customer_and_what_erasure_leaves(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    made = save(marketer).json()
    (one,) = marketer.get(f"/segments/{made['id']}/members").json()["items"]
    assert [s["name"] for s in marketer.get(f"/segments/of/{one['customer_id']}").json()] == ["金卡"]
    steward = call(world.steward)

    assert steward.post(f"/customers/{one['customer_id']}/erase", {"reason": "本人要求"}).status_code == 200

    with acting(SYSTEM):
        assert not Membership.objects.filter(customer_id=one["customer_id"]).exists()
