"""Roles × routes, exactly as the rules say; objects of another unit are absent, not forbidden; what is hidden stays so."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.api.staff import appoint
from tests.architecture.route_rules import EVERYBODY, FILE, ID, NOBODY_ASKED, RULES
from tests.architecture.routes import Operation, ruled
from tests.conftest import Caller
from tests.world import World

from kehu.govern.access.rights import SHIPPED_ROLES
from kehu.govern.models.access import Role, RoleFieldRule, RolePermission, User

OPERATIONS = ruled()
ROLES = {role.key: role for role in SHIPPED_ROLES}
KEYS = {
    "customer_id": ID,
    "segment_id": ID,
    "template_id": ID,
    "campaign_id": ID,
    "import_id": ID,
    "relationship_id": ID,
    "review_id": ID,
    "view_id": ID,
    "board_id": ID,
    "letter_id": ID,
    "suppression_id": ID,
    "mail_id": ID,
    "survey_id": ID,
    "guide_id": ID,
    "record_id": ID,
    "answer_id": ID,
    "task_id": ID,
    "key": "no_such_key",
}
MOBILE = "13857101234"


def request(client: Client, operation: Operation, **keys: str) -> Any:
    """Call an operation with a body that reads; keys that are not given name nothing that is there."""
    path = re.sub(r"\{(\w+)\}", lambda m: (KEYS | keys).get(m.group(1), "999999"), operation.path)
    body = RULES[operation.name].body
    if body == FILE:
        file = SimpleUploadedFile("customers.csv", "姓名\n沈静仪\n".encode())
        return client.post(f"/api/v1{path}", {"source": "nowhere", "file": file})
    return client.generic(
        operation.method, f"/api/v1{path}", data=_json(body), content_type="application/json"
    )


def _json(body: Any) -> str:
    import json

    return "" if body is None else json.dumps(body)


def may(role: str, operation: Operation) -> bool:
    """What the table says."""
    wanted = set(RULES[operation.name].permissions)
    return bool(wanted & {EVERYBODY, NOBODY_ASKED} or wanted & set(ROLES[role].permissions))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_calls_exactly_the_routes_of_its_permissions(
    world: World, call: Callable[..., Caller], role: str
) -> None:
    client = call(appoint(world, role)).client

    for operation in OPERATIONS:
        status = request(client, operation).status_code
        assert status != 401
        assert (status == 403) is not may(role, operation), f"{role} {operation.name}: {status}"
        assert status < 500, operation.name


def test_without_sign_in_only_health_answers_and_no_link_opens_nothing(world: World, client: Client) -> None:
    by_link = (
        "read_own_page", "change_own_consent", "report_bounces", "read_leaving", "leave", "read_survey_form",
        "save_survey_part", "answer_survey",
    )  # fmt: skip
    open_to_all = {"get_health": 200, **dict.fromkeys(by_link, 404)}
    for operation in OPERATIONS:
        expected = open_to_all.get(operation.name, 401)
        assert request(client, operation).status_code == expected, operation.name


def test_a_user_without_roles_calls_what_is_everybodys(world: World, call: Callable[..., Caller]) -> None:
    user = appoint(world, "analyst")
    user.user_roles.all().delete()
    client = call(user).client

    for operation in OPERATIONS:
        is_open = bool(set(RULES[operation.name].permissions) & {EVERYBODY, NOBODY_ASKED})
        assert (request(client, operation).status_code == 403) is not is_open, operation.name


def test_a_customer_of_another_unit_is_absent_from_every_route(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪", mobile=MOBILE)
    (hers,) = call(world.alice).get("/customers").json()["items"]
    client = call(world.charlie).client

    for operation in OPERATIONS:
        if "{customer_id}" in operation.path and may("relationship_manager", operation):
            answer = request(client, operation, customer_id=hers["id"])
            assert answer.status_code == 404, f"{operation.name}: {answer.content!r}"
            assert "沈静仪" not in answer.content.decode()


def test_absent_and_out_of_reach_look_the_same(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪")
    (his,) = call(world.steward).get("/customers").json()["items"]
    charlie = call(world.charlie)

    one, other = charlie.get(f"/customers/{his['id']}").json(), charlie.get(f"/customers/{ID}").json()

    assert one | {"request_id": ""} == other | {"request_id": ""}


@pytest.mark.parametrize("key", ["mobile", "resident_id", "address", "note", "no_such_field"])
def test_no_list_is_filtered_or_sorted_by_what_is_sealed(
    world: World, call: Callable[..., Caller], key: str
) -> None:
    steward = call(world.steward)

    for operator in ("eq", "gte", "lte", "in", "empty"):
        assert steward.get("/customers", filter=f"{key}:{operator}:1").status_code == 422
    for body in ({"filter": [f"{key}:eq:1"]}, {"sort": key}, {"sort": f"-{key}"}):
        assert steward.post("/customers/search", {"q": ""} | body).status_code == 422
    assert steward.get("/customers", sort=key).status_code == 422


def hide(world: World, key: str) -> User:
    """Hide a field from relationship managers."""
    RoleFieldRule.objects.create(role_id="relationship_manager", field=key, rule="hidden")
    return world.alice


def test_a_hidden_field_cannot_be_filtered_seen_or_revealed(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(
        world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪", mobile=MOBILE, aum="3862014.55"
    )
    alice = call(hide(world, "aum"))
    (seen,) = alice.get("/customers").json()["items"]
    profile = alice.get(f"/customers/{seen['id']}")

    assert alice.get("/customers", filter="aum:gte:1000000").status_code == 422
    assert alice.get("/customers", filter="aum:empty:false").status_code == 422
    assert "aum" not in seen["fields"]
    assert "aum" not in [f["key"] for f in profile.json()["fields"]]
    assert "3862014" not in profile.content.decode()
    assert "3862014" not in alice.get(f"/customers/{seen['id']}/records").content.decode()
    reveal = {"fields": ["aum"], "reason": "核对"}
    assert alice.post(f"/customers/{seen['id']}/reveal", reveal).status_code == 403


def test_a_hidden_number_finds_nobody_and_shows_nowhere(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪", mobile=MOBILE)
    alice = call(world.alice)
    question = {"kind": "mobile", "value": MOBILE}
    (seen,) = alice.post("/customers/search", {"q": "1234"}).json()["items"]
    assert alice.post("/customers/lookup", question).status_code == 200

    hide(world, "mobile")

    for text in ("1234", MOBILE, "沈 1234"):
        assert alice.post("/customers/search", {"q": text}).json()["items"] == [], text
    assert alice.post("/customers/lookup", question).status_code == 404
    assert alice.post("/customers/check", {"values": {"mobile": MOBILE}}).json() == []
    for operation in OPERATIONS:
        if operation.method == "GET" and "{customer_id}" in operation.path:
            told = request(alice.client, operation, customer_id=seen["id"]).content.decode()
            assert "*1234" not in told, operation.name
            assert MOBILE not in told, operation.name


def test_an_import_of_another_unit_is_absent_from_every_route(
    world: World, call: Callable[..., Caller]
) -> None:
    role = Role.objects.create(key="importer", label_zh="导入员", label_en="Importer")
    for permission in ("customer.read", "import.run", "import.revert"):
        RolePermission.objects.create(role=role, permission=permission, scope="team")
    made = request_import(call(world.steward))
    client = call(appoint(world, "importer", world.ningbo)).client

    for operation in OPERATIONS:
        if "{import_id}" in operation.path:
            assert request(client, operation, import_id=made).status_code == 404, operation.name


def request_import(steward: Caller) -> str:
    """Let the head office upload a file and leave it waiting."""
    file = SimpleUploadedFile("customers.csv", "姓名,手机\n沈静仪,13857101234\n".encode())
    answer = steward.client.post("/api/v1/imports", {"source": "core", "wait": "true", "file": file})
    assert answer.status_code == 202, answer.content
    return str(answer.json()["id"])


def test_nobody_gives_himself_rights_through_fields_that_are_not_asked_for(
    world: World, call: Callable[..., Caller]
) -> None:
    alice = call(world.alice)
    before = User.objects.values().get(pk=world.alice.pk)
    wish = {
        "language": "en", "id": 1, "email": "boss@hengchuan.example", "is_active": False, "unit_id": world.root.pk,
        "unit": "root", "roles": ["steward"], "add_roles": [{"role": "steward"}], "permissions": ["audit.read"],
        "password": "x", "locked_until": None, "is_superuser": True,
    }  # fmt: skip

    alice.patch("/me", wish)

    assert User.objects.values().get(pk=world.alice.pk) == before | {"language": "en"}
    assert [role["key"] for role in alice.get("/me").json()["roles"]] == ["relationship_manager"]


def test_a_user_is_made_with_nothing_that_the_form_does_not_ask(
    world: World, call: Callable[..., Caller]
) -> None:
    admin = call(appoint(world, "system_admin"))
    form = {"email": "new@hengchuan.example", "name": "新", "password": "a-long-quiet-evening"}

    made = admin.post(
        "/users", form | {"id": 1, "is_active": False, "is_shipped": True, "failed_sign_ins": -99}
    ).json()

    assert made["is_active"]
    assert made["id"] != 1
    assert User.objects.get(pk=made["id"]).failed_sign_ins == 0
