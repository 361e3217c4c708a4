"""Pairs that contradict each other wait for a steward; his word makes them one, or keeps them apart."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

from kehu.govern.models.access import Role, RolePermission
from kehu.platform.scope import SYSTEM, acting

ONE, OTHER = "420111198508141226", "420111198303094411"


def in_doubt(world: World, steward: Caller) -> Any:
    world.say(world.core, "1", name="沈静仪", mobile="13857101234", resident_id=ONE)
    world.say(world.cards, "9", name="沈静仪", mobile="13857101234", resident_id=OTHER)
    return steward.get("/reviews").json()["items"]


def test_another_id_number_waits_for_a_steward(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)

    (pair,) = in_doubt(world, steward)

    assert pair["reason"] == "other_document"
    assert "resident_id" in pair["differing"]
    assert steward.get("/customers").json()["count"]["value"] == 2


def test_the_same_makes_one_and_the_other_id_forwards(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)

    kept = steward.post(f"/reviews/{pair['id']}/decide", {"decision": "same", "reason": "核对证件"}).json()[
        "customer_id"
    ]

    assert steward.get("/customers").json()["count"]["value"] == 1
    gone = next(side["id"] for side in (pair["left"], pair["right"]) if side["id"] != kept)
    answer = steward.get(f"/customers/{gone}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/customers/{kept}")


def test_different_keeps_them_apart_and_is_remembered(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)

    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different"})
    world.say(world.cards, "9", name="沈静仪", mobile="13857101234", resident_id=OTHER, tier="金")

    assert steward.get("/reviews").json()["items"] == []
    assert steward.get("/customers").json()["count"]["value"] == 2


def test_a_pair_is_decided_once(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)
    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different"})

    assert steward.post(f"/reviews/{pair['id']}/decide", {"decision": "same"}).status_code == 409


def test_what_was_decided_is_listed_with_who_when_and_why(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)
    world.say(world.core, "2", name="顾长林", mobile="13957107753", resident_id="330106198203112018")
    world.say(world.cards, "8", name="顾长林", mobile="13957107753", resident_id="330106198211032026")
    other = next(p for p in steward.get("/reviews").json()["items"] if p["id"] != pair["id"])
    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different", "reason": "两个人，已电话核对"})
    steward.post(f"/reviews/{other['id']}/decide", {"decision": "same"})

    page = steward.get("/reviews", state="decided", limit=1).json()
    behind = steward.get("/reviews", state="decided", limit=1, cursor=page["next_cursor"]).json()

    (merged,), (apart,) = page["items"], behind["items"]
    assert (merged["state"], merged["left"]["id"] == merged["right"]["id"]) == ("same", True)
    assert (apart["state"], apart["decided_by"]["name"], apart["note"]) == (
        "different",
        "steward",
        "两个人，已电话核对",
    )
    assert apart["decided_at"] is not None
    assert behind["next_cursor"] is None
    assert steward.get("/reviews").json()["items"] == []


def test_the_reason_of_a_decision_is_sealed(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)

    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different", "reason": "来电 13857101234"})

    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT v::text, v.note_sealed FROM resolve_review v")
        ((row, sealed),) = cursor.fetchall()
    assert "13857101234" not in row
    assert b"13857101234" not in bytes(sealed)


def test_what_was_kept_apart_can_be_opened_again(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)
    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different", "reason": "看错了"})

    assert steward.post(f"/reviews/{pair['id']}/reopen").status_code == 204

    (again,) = steward.get("/reviews").json()["items"]
    assert (again["id"], again["state"], again["note"], again["decided_by"]) == (pair["id"], "open", "", None)
    assert steward.get("/reviews", state="decided").json()["items"] == []
    assert trail("review.reopen")[0].object_ref == pair["id"]


def test_what_is_open_or_became_one_is_not_opened_again(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)

    while_open = steward.post(f"/reviews/{pair['id']}/reopen")
    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "same"})
    merged = steward.post(f"/reviews/{pair['id']}/reopen")

    assert (while_open.status_code, while_open.json()["code"]) == (409, "review_stays")
    assert (merged.status_code, merged.json()["code"]) == (409, "review_stays")


def test_a_pair_outside_the_scope_is_not_there(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    (pair,) = in_doubt(world, steward)
    role = Role.objects.create(key="decider", label_zh="审核员", label_en="Decider")
    for permission in ("customer.read", "review.decide"):
        RolePermission.objects.create(role=role, permission=permission, scope="team")
    outside = call(appoint(world, "decider", world.ningbo))
    steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different"})

    assert outside.get("/reviews", state="decided").json()["items"] == []
    assert outside.post(f"/reviews/{pair['id']}/reopen").status_code == 404
    assert call(world.alice).post(f"/reviews/{pair['id']}/reopen").status_code == 403
    assert steward.get("/reviews", state="nonsense").status_code == 422


def test_who_has_no_such_right_is_refused(world: World, call: Callable[..., Caller]) -> None:
    assert call(world.alice).get("/reviews").status_code == 403
