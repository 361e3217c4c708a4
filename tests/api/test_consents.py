"""What customers say about the use of their data, and that every count follows it at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.api.staff import appoint, trail
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.flows.consent.project import end_consents, reconcile
from kehu.flows.erase_customer import erase_customer
from kehu.govern.purposes.gate import ChannelNotOfPurpose, open_gate
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer
from kehu.profile.purposes import count_allowed, wipe_bit

ONE, OTHER = "420111198508141226", "420111198303094411"


@pytest.fixture
def compliance(world: World, call: Callable[..., Caller]) -> Caller:
    """Somebody from compliance, two purposes, and three customers of one branch."""
    caller = call(appoint(world, "compliance"))
    caller.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
    caller.post("/purposes", {"key": "care", "name": "服务关怀", **TERMS, "legal_basis": "contract"})
    for number in range(3):
        world.say(world.core, str(number), unit=world.xihu, owner=world.alice, name=f"沈静{number}")
    return caller


def ids() -> list[str]:
    with acting(SYSTEM):
        return [str(pk) for pk in Customer.objects.order_by("name").values_list("pk", flat=True)]


def figures(caller: Caller, key: str) -> tuple[int, int]:
    found = caller.get(f"/purposes/{key}").json()
    return found["allowed"], found["left_out"]


def say(caller: Caller, customer: str, state: str, **body: Any) -> int:
    path, said = f"/customers/{customer}/consents", {"purpose": "marketing", "state": state, **body}
    status: int = caller.post(path, said).status_code
    return status


def test_consent_opens_and_withdrawal_closes_at_once(compliance: Caller) -> None:
    customer = ids()[0]
    assert figures(compliance, "marketing") == (0, 3)

    assert say(compliance, customer, "given", evidence="柜面签字单 0071") == 201
    assert figures(compliance, "marketing") == (1, 2)

    assert say(compliance, customer, "withdrawn", channel="sms") == 201
    assert figures(compliance, "marketing") == (1, 2)
    assert say(compliance, customer, "withdrawn") == 201
    assert figures(compliance, "marketing") == (0, 3)


def test_withdrawing_one_channel_leaves_the_others(compliance: Caller) -> None:
    customer = ids()[0]
    say(compliance, customer, "given")
    assert [reachable(channel) for channel in ("sms", "email")] == [1, 1]

    say(compliance, customer, "withdrawn", channel="sms")
    assert [reachable(channel) for channel in ("sms", "email")] == [0, 1]

    say(compliance, customer, "withdrawn")
    assert [reachable(channel) for channel in ("sms", "email")] == [0, 0]
    with pytest.raises(ChannelNotOfPurpose):
        open_gate("marketing", "visit")


def test_a_bit_that_is_free_again_begins_with_every_channel_open(compliance: Caller) -> None:
    customer = ids()[0]
    say(compliance, customer, "given")
    say(compliance, customer, "withdrawn", channel="sms")
    with acting(SYSTEM):
        before = Customer.objects.get(pk=customer).closed
        assert before is not None
        assert sum(before) > 0

        assert wipe_bit(open_gate("marketing").terms.bit, limit=10) == 1

        after = Customer.objects.get(pk=customer)
        assert (after.consented, after.closed) == (0, None)


def reachable(channel: str) -> int:
    """Return how many customers may be reached for marketing by a channel."""
    with acting(SYSTEM):
        return count_allowed(open_gate("marketing", channel))[0]


def test_what_rests_on_a_contract_leaves_out_only_who_refuses(compliance: Caller) -> None:
    assert figures(compliance, "care") == (3, 0)

    say(compliance, ids()[0], "refused", purpose="care")

    assert figures(compliance, "care") == (2, 1)


def test_who_objects_to_automated_decisions_is_left_out_where_they_are_made(compliance: Caller) -> None:
    compliance.post("/purposes/care/versions", {**TERMS, "legal_basis": "contract", "is_automated": True})
    customer = ids()[0]

    compliance.post(f"/customers/{customer}/objections", {"state": "objected"})
    assert figures(compliance, "care") == (2, 1)
    assert compliance.get(f"/customers/{customer}/consents").json()["automation"] == "objected"

    compliance.post(f"/customers/{customer}/objections", {"state": "lifted"})
    assert figures(compliance, "care") == (3, 0)


def test_other_terms_want_consent_anew_and_refusals_stay(compliance: Caller) -> None:
    first, second, _ = ids()
    say(compliance, first, "given")
    say(compliance, second, "refused", purpose="care")

    compliance.post("/purposes/marketing/versions", {**TERMS, "retention_days": 730})
    compliance.post("/purposes/care/versions", {**TERMS, "legal_basis": "contract"})

    assert figures(compliance, "marketing") == (0, 3)
    assert figures(compliance, "care") == (2, 1)
    held = compliance.get(f"/customers/{first}/consents").json()["purposes"][0]
    assert (held["state"], held["may_use"]) == ("outdated", False)
    say(compliance, first, "given")
    assert figures(compliance, "marketing") == (1, 2)


def test_a_bit_that_is_free_again_begins_empty(compliance: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehu.govern.purposes.operations.BITS", 3)
    say(compliance, ids()[0], "given")
    compliance.post("/purposes/marketing/versions", TERMS)
    assert compliance.post("/purposes", {"key": "new", "name": "新", **TERMS}).status_code == 409

    reconcile(now=timezone.now())

    assert compliance.post("/purposes", {"key": "new", "name": "新", **TERMS}).status_code == 201
    assert figures(compliance, "new") == (0, 3)


def test_a_purpose_out_of_use_takes_no_consent_and_still_hears_a_withdrawal(compliance: Caller) -> None:
    compliance.patch("/purposes/marketing", {"is_active": False})
    customer = ids()[0]

    assert say(compliance, customer, "given") == 409
    assert say(compliance, customer, "withdrawn") == 201
    assert compliance.get("/purposes/marketing").json()["allowed"] is None


def test_who_has_refused_stays_out_when_a_purpose_is_used_again(compliance: Caller) -> None:
    first, second, _ = ids()
    say(compliance, first, "refused", purpose="care")
    say(compliance, first, "given")
    compliance.patch("/purposes/care", {"is_active": False})
    compliance.patch("/purposes/marketing", {"is_active": False})

    say(compliance, second, "withdrawn", purpose="care")
    reconcile(now=timezone.now())
    compliance.patch("/purposes/care", {"is_active": True})
    compliance.patch("/purposes/marketing", {"is_active": True})

    assert figures(compliance, "care") == (1, 2)
    assert figures(compliance, "marketing") == (1, 2)


def test_consent_for_a_time_ends_by_itself(compliance: Caller) -> None:
    customer, soon = ids()[0], timezone.now() + timedelta(hours=1)
    say(compliance, customer, "given", valid_until=soon.isoformat())
    assert figures(compliance, "marketing") == (1, 2)

    assert (end_consents(now=soon), end_consents(now=soon)) == (1, 0)

    assert figures(compliance, "marketing") == (0, 3)
    held = compliance.get(f"/customers/{customer}/consents").json()
    assert [entry["state"] for entry in held["entries"]] == ["expired", "given"]


def test_the_ledger_tells_what_was_said_when_by_whom_with_what_proof(
    compliance: Caller, world: World, call: Callable[..., Caller]
) -> None:
    customer = ids()[0]
    before = timezone.now() - timedelta(days=30)
    say(
        call(world.alice),
        customer,
        "given",
        channel="sms",
        evidence="柜面签字单 0071",
        said_at=before.isoformat(),
    )
    say(compliance, customer, "withdrawn", evidence="来电 13857101234")

    latest, first = compliance.get(f"/customers/{customer}/consents").json()["entries"]

    assert (latest["state"], latest["channel"], latest["author"]) == ("withdrawn", "", "the-compliance")
    assert (first["state"], first["channel"], first["evidence"]) == ("given", "sms", "柜面签字单 0071")
    assert first["said_at"][:19] == before.isoformat()[:19]
    assert len(first["notice_hash"]) == 64
    assert [e.details["channel"] for e in trail("consent.given")] == ["sms"]
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT c::text, evidence_sealed FROM govern_consent c")
        assert not any(
            "13857101234" in row[0] or b"13857101234" in bytes(row[1]) for row in cursor.fetchall()
        )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"state": "maybe"}, 422),
        ({"state": "given", "channel": "pigeon"}, 422),
        ({"state": "given", "channel": "phone"}, 422),
        ({"state": "given", "purpose": "nothing"}, 404),
        ({"state": "given", "said_at": "2030-01-01T00:00:00Z"}, 422),
        ({"state": "given", "valid_until": "2020-01-01T00:00:00Z"}, 422),
        ({"state": "withdrawn", "valid_until": "2030-01-01T00:00:00Z"}, 422),
    ],
)
def test_what_cannot_be_said_is_refused(compliance: Caller, body: dict[str, Any], status: int) -> None:
    answer = compliance.post(f"/customers/{ids()[0]}/consents", {"purpose": "marketing", **body})

    assert answer.status_code == status
    assert compliance.get(f"/customers/{ids()[0]}/consents").json()["entries"] == []


def test_a_customer_outside_the_scope_is_not_there(
    compliance: Caller, world: World, call: Callable[..., Caller]
) -> None:
    customer = ids()[0]
    say(compliance, customer, "given")
    outside = call(world.charlie)

    assert outside.get(f"/customers/{customer}/consents").status_code == 404
    assert say(outside, customer, "withdrawn") == 404
    assert say(call(appoint(world, "marketer")), customer, "withdrawn") == 403
    assert figures(outside, "marketing") == (0, 0)
    assert figures(call(world.alice), "marketing") == (1, 2)


def test_when_two_become_one_the_stricter_word_holds(
    compliance: Caller, world: World, call: Callable[..., Caller]
) -> None:
    steward = call(world.steward)
    yes = world.say(world.core, "8", name="顾长林", mobile="13857101234", resident_id=ONE).profiles.created[0]
    no = world.say(world.cards, "9", name="顾长林", mobile="13857101234", resident_id=OTHER).profiles.created[
        0
    ]
    say(compliance, str(yes), "given")
    say(compliance, str(no), "withdrawn")
    assert figures(compliance, "marketing") == (1, 4)

    (pair,) = steward.get("/reviews").json()["items"]
    kept = steward.post(f"/reviews/{pair['id']}/decide", {"decision": "same"}).json()["customer_id"]

    assert figures(compliance, "marketing") == (0, 4)
    assert len(compliance.get(f"/customers/{kept}/consents").json()["entries"]) == 2
    say(compliance, kept, "given")
    assert figures(compliance, "marketing") == (1, 3)


def test_a_new_record_that_joins_two_customers_brings_their_words_together(
    compliance: Caller, world: World
) -> None:
    yes = world.say(world.core, "8", name="顾长林", mobile="13857101234").profiles.created[0]
    no = world.say(world.core, "9", name="顾长林", email="g@hengchuan.example").profiles.created[0]
    say(compliance, str(yes), "given")
    say(compliance, str(no), "withdrawn")

    now, email = timezone.now(), "g@hengchuan.example"
    world.say(world.cards, "7", now=now, name="顾长林", mobile="13857101234", email=email)

    assert figures(compliance, "marketing") == (0, 4)


def test_erasure_takes_the_words_along(compliance: Caller, world: World) -> None:
    with acting(SYSTEM):
        customer = Customer.objects.order_by("name")[0].pk
    say(compliance, str(customer), "given", evidence="签字单")

    with acting(world.actor(world.steward).scope):
        erase_customer(customer_id=customer, reason="本人要求", actor=world.actor(world.steward), now=NOW)

    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM govern_consent")
        assert cursor.fetchone() == (0,)


def test_nobody_changes_what_was_said(compliance: Caller) -> None:
    say(compliance, ids()[0], "given")

    for statement in (
        "UPDATE govern_consent SET state = 'withdrawn'",
        "UPDATE govern_purpose_version SET notice = '{}'",
    ):
        with (
            pytest.raises(Exception, match="permission denied"),
            acting(SYSTEM),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SAVEPOINT here; {statement}")
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT here")


def test_a_mask_that_differs_from_the_ledger_is_mended(compliance: Caller) -> None:
    say(compliance, ids()[0], "given")
    with acting(SYSTEM):
        Customer.objects.update(consented=7)

    assert reconcile(now=timezone.now()) == 3

    assert figures(compliance, "marketing") == (1, 2)
    assert trail("consent.reconcile")[0].row_count == 3
