"""Tags by the API: who makes them, who puts them on whom, and that tags and relationships follow merges, reverts and erasure."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.flows.test_revert_import import an_import
from tests.world import NOW, World

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.following import fall_due, follow
from kehu.flows.erase_customer import _erase
from kehu.flows.revert_import import revert_import
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.ties.tags import tags_ever

pytestmark = [pytest.mark.django_db]
RESIDENT, MOBILE = "420111198508141226", "13857101234"
CARE = {**TERMS, "legal_basis": "contract", "channels": ["phone"]}


@pytest.fixture
def people(world: World) -> World:
    """A customer of Hangzhou, one of its branch Xihu whom Alice keeps, one of Ningbo."""
    world.say(world.core, "1", name="沈静仪", resident_id=RESIDENT, unit=world.hangzhou)
    world.say(world.core, "2", name="顾长林", mobile=MOBILE, unit=world.xihu, owner=world.alice)
    world.say(world.core, "3", name="许慕白", unit=world.ningbo)
    return world


def named(name: str) -> UUID:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM profile_customer WHERE name = %s", [name])
        found: UUID = cursor.fetchone()[0]
        return found


def make(caller: Caller, name: str = "重点客户") -> Any:
    return caller.post("/tags", {"name": name, "meaning": "行领导每季度走访"}).json()


def put(caller: Caller, tag: Any, *names: str, off: bool = False) -> Any:
    end = "/remove" if off else ""
    return caller.post(f"/tags/{tag['id']}/customers{end}", {"customers": [str(named(one)) for one in names]})


def worn(caller: Caller, name: str, **query: str) -> list[str]:
    return [one["name"] for one in caller.get(f"/customers/{named(name)}/tags", **query).json()]


def rows(table: str) -> int:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_tag_is_put_on_once_and_taken_off(people: World, call: Callable[..., Caller]) -> None:
    steward, alice = call(people.steward), call(people.alice)
    tag = make(steward)

    assert put(steward, tag, "沈静仪", "顾长林").json() == {"changed": 2}
    assert put(alice, tag, "顾长林").json() == {"changed": 0}
    assert [(one["name"], one["count"]) for one in steward.get("/tags").json()] == [("重点客户", 2)]
    assert alice.get("/tags").json()[0]["count"] == 1
    told = alice.get(f"/customers/{named('顾长林')}/tags").json()[0]
    assert (told["meaning"], told["author"]) == ("行领导每季度走访", people.steward.name)
    assert put(alice, tag, "顾长林", off=True).json() == {"changed": 1}
    assert put(alice, tag, "顾长林", off=True).json() == {"changed": 0}
    assert worn(alice, "顾长林") == []
    assert [one.row_count for one in trail("customer.untag")] == [1, 0]
    assert trail("customer.tag")[0].object_kind == "tag"
    assert trail("customer.tag")[1].object_kind == "customer"


def test_who_is_out_of_scope_is_not_tagged_and_nobody_beside_him(
    people: World, call: Callable[..., Caller]
) -> None:
    tag = make(call(people.steward))
    head = call(people.head)  # of Hangzhou

    refused = put(head, tag, "沈静仪", "许慕白")

    assert (refused.status_code, refused.json()["code"]) == (404, "customer_not_found")
    assert rows("profile_tagged") == 0
    assert call(appoint(people, "analyst")).post("/tags", {"name": "新"}).status_code == 403
    assert put(call(appoint(people, "analyst", name="two")), tag, "沈静仪").status_code == 403


def test_a_name_is_taken_once_and_a_tag_in_use_stays(people: World, call: Callable[..., Caller]) -> None:
    call(appoint(people, "compliance")).post("/purposes", {"key": "care", "name": "关怀", **CARE})
    marketer = call(appoint(people, "marketer"))
    tag = make(marketer)

    assert marketer.post("/tags", {"name": " 重点客户 "}).json()["code"] == "tag_taken"
    body = {"name": "重点", "purpose": "care", "definition": {"not": {"any": [{"tag": tag["id"]}]}}}
    segment = marketer.post("/segments", body).json()
    assert segment["words"]["zh"] == "不满足（有标签“重点客户”）"
    in_use = marketer.patch(f"/tags/{tag['id']}", {"is_archived": True})
    assert (in_use.status_code, in_use.json()["code"]) == (409, "tag_in_use")
    marketer.patch(f"/segments/{segment['id']}", {"is_archived": True})
    put(marketer, tag, "沈静仪")
    assert marketer.patch(f"/tags/{tag['id']}", {"is_archived": True}).json()["is_archived"] is True
    assert worn(marketer, "沈静仪") == []
    unknown = marketer.post("/segments/words", {"definition": {"all": [{"tag": tag["id"]}]}})
    assert (unknown.status_code, unknown.json()["fields"][0]["field"]) == (422, "all[0].tag")
    assert put(marketer, tag, "沈静仪").status_code == 404
    marketer.patch(f"/tags/{tag['id']}", {"is_archived": False})
    assert worn(marketer, "沈静仪") == ["重点客户"]
    assert marketer.patch("/tags/999", {"name": "新"}).status_code == 404
    assert marketer.post("/tags", {"name": "字" * 21}).status_code == 422


def test_the_list_shows_tags_and_is_narrowed_by_them(people: World, call: Callable[..., Caller]) -> None:
    steward, head = call(people.steward), call(people.head)
    key, late = make(steward), make(steward, "待回访")
    put(steward, key, "沈静仪", "许慕白")
    put(steward, late, "沈静仪")

    def found(caller: Caller, *texts: str) -> dict[str, list[str]]:
        items = caller.get("/customers", filter=list(texts)).json()["items"]
        return {one["name"]: one["tags"] for one in items}

    assert found(steward, f"tag:eq:{key['id']}") == {"沈静仪": ["待回访", "重点客户"], "许慕白": ["重点客户"]}
    assert found(head, f"tag:in:{key['id']},{late['id']}") == {"沈静仪": ["待回访", "重点客户"]}
    assert found(steward, f"tag:eq:{late['id']}", f"unit:eq:{people.ningbo.pk}") == {}
    sought = steward.post("/customers/search", {"q": "沈", "filter": [f"tag:eq:{key['id']}"]}).json()
    assert [one["name"] for one in sought["items"]] == ["沈静仪"]
    assert steward.get("/customers", filter=["tag:eq:x"]).status_code == 422


def test_tags_and_relationships_follow_merges_and_part_again(
    people: World, call: Callable[..., Caller]
) -> None:
    people.say(people.core, "8", name="沈静仪", mobile="13857101235", unit=people.hangzhou)
    steward = call(people.steward)
    key, late, other = make(steward), make(steward, "待回访"), str(named("许慕白"))
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM profile_customer WHERE name = '沈静仪' ORDER BY created_at, id")
        ids = [row[0] for row in cursor.fetchall()]
    steward.post(f"/tags/{key['id']}/customers", {"customers": [str(one) for one in ids]})
    steward.post(f"/tags/{late['id']}/customers", {"customers": [str(ids[1])]})
    for one in ids:
        steward.post(f"/customers/{one}/relationships", {"other_id": other, "role": "guarantor"})
    steward.post(f"/customers/{ids[0]}/relationships", {"other_id": str(ids[1]), "role": "spouse"})
    said: dict[str, object] = {"name": "沈静仪", "resident_id": RESIDENT, "mobile": "13857101235"}
    bridge = an_import(people, people.cards, ("9", said))

    def tags(customer: UUID) -> list[str]:
        return sorted(one["name"] for one in steward.get(f"/customers/{customer}/tags").json())

    def ties(customer: UUID) -> list[str]:
        return sorted(one["role"] for one in steward.get(f"/customers/{customer}/relationships").json())

    living = named("沈静仪")
    assert living in ids
    assert tags(living) == ["待回访", "重点客户"]
    assert ties(living) == ["guarantor", "guarantor"]  # he is his own spouse no more
    revert_import(import_id=bridge, actor_id=None, reason="", now=NOW)
    assert (tags(ids[0]), tags(ids[1])) == (["重点客户"], ["待回访", "重点客户"])
    assert (ties(ids[0]), ties(ids[1])) == (["guarantor", "spouse"], ["guarantor", "spouse"])


def test_what_hung_on_a_withdrawn_record_hangs_on_another(people: World, call: Callable[..., Caller]) -> None:
    steward = call(people.steward)
    tag = make(steward)
    first = an_import(people, people.cards, ("7", {"name": "方志远", "mobile": "13600000001"}))
    people.say(people.core, "7", name="方志远", mobile="13600000001", unit=people.hangzhou)
    put(steward, tag, "方志远", "许慕白")
    body = {"other_id": str(named("方志远")), "role": "child"}
    steward.post(f"/customers/{named('许慕白')}/relationships", body)

    revert_import(import_id=first, actor_id=None, reason="", now=NOW)

    assert worn(steward, "方志远") == ["重点客户"]
    assert steward.get(f"/customers/{named('方志远')}/relationships").json()[0]["role"] == "parent"


def test_a_relationship_is_seen_by_who_sees_both(people: World, call: Callable[..., Caller]) -> None:
    steward, head = call(people.steward), call(people.head)
    one, other = named("沈静仪"), named("许慕白")
    steward.post(f"/customers/{one}/relationships", {"other_id": str(other), "role": "employer"})

    assert head.get(f"/customers/{one}/relationships").json() == []
    with acting(people.actor(people.head).scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM profile_relationship")
        assert cursor.fetchone()[0] == 0
    refused = head.post("/segments/words", {"definition": {"relationship": "employer"}})
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "relationship")
    assert head.get("/segments/vocabulary").json()["relationships"] == {}
    assert "spouse" in call(appoint(people, "analyst")).get("/segments/vocabulary").json()["relationships"]


def test_a_segment_follows_tags_and_relationships_and_their_days(
    people: World, call: Callable[..., Caller], sync: Callable[[], Any]
) -> None:
    call(appoint(people, "compliance")).post("/purposes", {"key": "care", "name": "关怀", **CARE})
    marketer, steward = call(appoint(people, "marketer")), call(people.steward)
    tag = make(steward)
    sync()
    definition = {"any": [{"tag": tag["id"]}, {"relationship": "guarantor"}]}
    body = {"name": "要看的", "purpose": "care", "definition": definition}
    segment = marketer.post("/segments", body).json()

    def members() -> list[str]:
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.name FROM analyze_membership m JOIN profile_customer c ON c.id = m.customer_id WHERE m.left_at IS NULL"
            )
            return sorted(row[0] for row in cursor.fetchall())

    def followed() -> list[str]:
        with acting(SYSTEM):
            Segment.objects.update(watermark=1)
        follow(now=NOW)
        return members()

    put(steward, tag, "沈静仪")
    assert followed() == ["沈静仪"]
    put(steward, tag, "沈静仪", off=True)
    assert followed() == []
    today = date(2026, 11, 22)
    body = {"other_id": str(named("许慕白")), "role": "guarantor", "valid_from": str(today + timedelta(1)), "valid_to": str(today + timedelta(1))}  # fmt: skip
    steward.post(f"/customers/{named('顾长林')}/relationships", body)
    assert followed() == []
    fall_due(now=NOW + timedelta(days=1))
    assert members() == ["顾长林"]
    reason = marketer.get(f"/segments/{segment['id']}/explain/{named('顾长林')}").json()["reason"]
    assert reason["parts"][1]["text"]["zh"] == "有客户是他的“担保人”"
    fall_due(now=NOW + timedelta(days=2))
    assert members() == []


def test_erasure_and_the_copy_know_of_tags(people: World, call: Callable[..., Caller]) -> None:
    steward = call(people.steward)
    tag = make(steward)
    put(steward, tag, "沈静仪", "许慕白")
    put(steward, tag, "沈静仪", off=True)
    one = named("沈静仪")
    steward.post(f"/customers/{one}/relationships", {"other_id": str(named("许慕白")), "role": "sibling"})

    held = steward.get(f"/customers/{one}/export").json()["tags"]
    assert (held[0]["name"], held[0]["to"] is None) == ("重点客户", False)
    with acting(SYSTEM):
        assert len(tags_ever(one)) == 1
        _erase(one, NOW)
    assert rows("profile_tagged") == 1
    assert rows("profile_relationship") == 0
