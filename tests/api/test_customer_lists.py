"""Lists by the API: what is pasted is matched within the scope, counted, kept nowhere, and follows merges and erasure."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.lists import matching
from kehu.analyze.segments.lists.queries import names_of
from kehu.analyze.segments.saved.following import follow
from kehu.api.edge import uploads
from kehu.flows.erase_customer import _erase
from kehu.govern.models.access import RoleFieldRule, RolePermission
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
CARE = {**TERMS, "legal_basis": "contract", "channels": ["phone"]}
PHONES = ["13857101234", "13857105678", "13600000003"]
PASTED = "+86 138-5710-1234\n138 5710 5678, 13857101234；12345\t13599999999\n\n=1+1"


@pytest.fixture
def people(world: World) -> World:
    """Three customers with a phone each, the third of another branch; the second has his number in two systems."""
    for number, (phone, unit) in enumerate(
        zip(PHONES, (world.hangzhou, world.hangzhou, world.ningbo), strict=True)
    ):
        world.say(
            world.core,
            str(number),
            name=f"赵一{number}",
            mobile=phone,
            email=f"z{number}@hengchuan.example",
            unit=unit,
        )
    return world


def paste(caller: Caller, text: str = PASTED, *, name: str = "开门红", by: str = "mobile") -> Any:
    return caller.post("/segments/lists", {"name": name, "by": by, "text": text})


def counts(version: Any) -> dict[str, int]:
    names = ("given", "matched", "unmatched", "doubled", "refused", "customers", "shared")
    return {name: version[name] for name in names}


def everything() -> str:
    """Return all that the database holds of this layer and of the trail, as text."""
    found = []
    with acting(SYSTEM), connection.cursor() as cursor:
        for table in ("analyze_list", "analyze_list_version", "analyze_list_member", "govern_audit_event"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            found.append(cursor.fetchone()[0])
    return " ".join(found)


def test_what_is_pasted_is_counted_and_kept_nowhere(people: World, call: Callable[..., Caller]) -> None:
    marketer = call(appoint(people, "marketer"))
    made = paste(marketer)

    assert made.status_code == 201, made.content
    assert counts(made.json()["versions"][0]) == {
        "given": 6, "matched": 2, "unmatched": 1, "doubled": 1, "refused": 2, "customers": 2, "shared": 0,
    }  # fmt: skip
    assert made.json()["count"] == 2
    assert len(trail("list.create")) == 1
    held = everything()
    assert not any(phone in held or phone[-8:] in held for phone in (*PHONES, "13599999999"))


def test_whoever_is_out_of_scope_is_as_nobody(people: World, call: Callable[..., Caller]) -> None:
    for permission in ("segment.read", "segment.manage"):
        RolePermission.objects.get_or_create(
            role_id="branch_head", permission=permission, defaults={"scope": "below"}
        )
    head = call(people.head)  # of Hangzhou
    theirs, nobody = (paste(head, text, name=text) for text in (PHONES[2], "13599999999"))

    told = [one.json()["versions"][0] | {"made_at": ""} for one in (theirs, nobody)]
    assert told[0] == told[1]
    assert told[0]["unmatched"] == 1
    whole = paste(call(appoint(people, "marketer")), "\n".join(PHONES), name="全行").json()
    assert whole["count"] == 3
    listed = {one["name"]: one["count"] for one in head.get("/segments/lists").json()}
    assert listed["全行"] == 2


def test_a_number_that_is_hidden_matches_nothing(people: World, call: Callable[..., Caller]) -> None:
    caller = call(appoint(people, "marketer"))
    RoleFieldRule.objects.create(role_id="marketer", field="mobile", rule="hidden")

    ways = [one["key"] for one in caller.get("/segments/lists/ways").json()["ways"]]
    refused = paste(caller)

    assert "mobile" not in ways
    assert "email" in ways
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("text", "code"), [("", "invalid"), (" \n ", "invalid"), ("1\n2\n3\n4", "list_too_long")]
)
def test_too_little_or_too_much_is_refused(
    people: World, call: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch, text: str, code: str
) -> None:
    monkeypatch.setattr(matching, "MOST_VALUES", 3)
    refused = paste(call(appoint(people, "marketer")), text)

    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_hostile_values_are_no_numbers(people: World, call: Callable[..., Caller]) -> None:
    marketer = call(appoint(people, "marketer"))
    hostile = ["' OR 1=1 --", "$(id)", "{}", "\\x00", "%s", "🙂", "0" * 500]
    made = paste(marketer, "\n".join(hostile)).json()

    assert counts(made["versions"][0])["refused"] == len(hostile)
    ids = paste(marketer, "\n".join(hostile), name="编号", by="customer_id").json()
    assert counts(ids["versions"][0])["customers"] == 0
    assert paste(marketer, "1", name="别的", by="mobile'; DROP TABLE x").status_code == 422


def test_a_file_is_read_by_its_column_and_deleted(
    people: World, call: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(uploads, "uploads_dir", lambda: tmp_path)
    marketer = call(appoint(people, "marketer"))
    text = "姓名,联系号码\n赵一0,13857101234\n赵一1,13857105678\n赵一2,13600000003\n"

    def upload(path: str, **form: Any) -> Any:
        file = SimpleUploadedFile("名单.csv", text.encode("gb18030"))
        return marketer.client.post(f"/api/v1/segments/lists/{path}", {"file": file, **form})

    columns = upload("columns").json()
    made = upload("file", name="文件", by="mobile", column="联系号码")
    missing = upload("file", name="别的", by="mobile", column="电话")

    assert [(one["name"], one["filled"], one["by"]) for one in columns] == [
        ("姓名", 3, None),
        ("联系号码", 3, "mobile"),
    ]
    assert made.json()["count"] == 3, made.content
    assert missing.status_code == 422
    refused = call(people.steward).client.post(
        "/api/v1/segments/lists/columns", {"file": SimpleUploadedFile("名单.csv", text.encode())}
    )
    assert refused.status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_versions_replace_or_add_and_a_segment_follows(
    people: World, call: Callable[..., Caller], sync: Callable[[], Any]
) -> None:
    call(appoint(people, "compliance")).post("/purposes", {"key": "care", "name": "关怀", **CARE})
    marketer = call(appoint(people, "marketer"))
    made = paste(marketer, PHONES[0]).json()
    sync()
    body = {"name": "名单客群", "purpose": "care", "definition": {"list": made["id"]}}
    segment = marketer.post("/segments", body).json()
    address = f"/segments/lists/{made['id']}"

    def names() -> list[str]:
        with acting(SYSTEM):
            Segment.objects.update(watermark=1)
        follow(now=NOW)
        found = marketer.get(f"/segments/{segment['id']}/members").json()["items"]
        return sorted(one["name"] for one in found)

    assert segment["words"]["zh"] == "在名单“开门红”上"
    assert names() == ["赵一0"]
    marketer.post(f"{address}/versions", {"by": "mobile", "text": PHONES[1], "mode": "add"})
    assert names() == ["赵一0", "赵一1"]
    changed = marketer.post(
        f"{address}/versions", {"by": "email", "text": "Z2@hengchuan.example", "mode": "replace"}
    )
    assert names() == ["赵一2"]
    assert [one["number"] for one in changed.json()["versions"]] == [3, 2, 1]
    reason = marketer.get(f"/segments/{segment['id']}/explain/{_customer('赵一2')}").json()["reason"]
    assert (reason["holds"], reason["text"]["en"]) == (True, "is on the list “开门红”")
    in_use = marketer.patch(address, {"is_archived": True})
    assert (in_use.status_code, in_use.json()["code"]) == (409, "list_in_use")
    unknown = marketer.post("/segments/words", {"definition": {"all": [{"list": 999}]}})
    assert (unknown.status_code, unknown.json()["fields"][0]["field"]) == (422, "all[0].list")


def test_members_follow_merges_and_go_with_the_erased(people: World, call: Callable[..., Caller]) -> None:
    marketer = call(appoint(people, "marketer"))
    made = paste(marketer, "\n".join(PHONES)).json()
    people.say(people.core, "9", name="赵一0", mobile=PHONES[0], customer_no="C0", unit=people.hangzhou)
    listed = marketer.get("/segments/lists").json()[0]
    assert listed["count"] == 3  # the record that joined changes nobody's place

    with acting(SYSTEM):
        assert names_of(_customer("赵一0")) == ["开门红"]
    with acting(SYSTEM):
        _erase(_customer("赵一0"), NOW)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM analyze_list_member WHERE list_id = %s", [made["id"]])
            assert cursor.fetchone()[0] == 2
    assert marketer.get("/segments/lists").json()[0]["count"] == 2


def test_a_name_is_taken_once(people: World, call: Callable[..., Caller]) -> None:
    marketer = call(appoint(people, "marketer"))
    made, again = paste(marketer).json(), paste(marketer)

    assert (again.status_code, again.json()["code"]) == (409, "list_taken")
    put_away = marketer.patch(f"/segments/lists/{made['id']}", {"is_archived": True})
    assert put_away.json()["is_archived"] is True
    assert paste(marketer).status_code == 201
    assert marketer.patch("/segments/lists/999", {"name": "新"}).status_code == 404


def _customer(name: str) -> Any:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM profile_customer WHERE name = %s", [name])
        return cursor.fetchone()[0]
