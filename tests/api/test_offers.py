"""Offers by the API: who gets which and why, what is never offered, and what became of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.days import today
from tests.world import World

from kehu.engage.models.recommendations import Offer, OfferOutcome
from kehu.engage.recommendations.holdout import is_held_out
from kehu.flows.erase_customer import erase_customer
from kehu.flows.export_customer import export_customer
from kehu.govern.models.access import RoleFieldRule
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]
RICH = {"all": [{"field": "deposit_balance", "op": "gte", "value": 200_000}]}
GOLD = {"all": [{"field": "tier", "op": "is", "value": "金"}]}
OFFER = {
    "key": "big_deposit", "name": {"zh": "大额存单", "en": "Large deposit"}, "purpose": "marketing",
    "reason": {"zh": "存款较多，利率更高。", "en": "A large balance earns more."}, "eligibility": RICH,
    "holdout_share": 0,
}  # fmt: skip


class Scene:
    """A marketer's offer, Alice's customer 沈静仪 who has agreed to marketing, and those who call."""

    def __init__(self, world: World, call: Callable[..., Caller]) -> None:
        self.world = world
        self.compliance = call(appoint(world, "compliance"))
        self.marketer = call(appoint(world, "marketer"))
        self.alice, self.charlie = call(world.alice), call(world.charlie)
        self.compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
        self.customer = self.say("1", "沈静仪")
        self.agree(self.customer)

    def say(self, key: str, name: str) -> str:
        """Have the bank know a customer with 300,000 in deposits; returns the id."""
        self.world.say(
            self.world.core, key, unit=self.world.xihu, owner=self.world.alice, name=name,
            deposit_balance="300000", tier="金",
        )  # fmt: skip
        rows = self.compliance.get("/customers").json()["items"]
        return next(str(row["id"]) for row in rows if row["name"] == name)

    def agree(self, customer: str, state: str = "given") -> None:
        """Have a customer say a word to marketing."""
        answer = self.compliance.post(
            f"/customers/{customer}/consents", {"purpose": "marketing", "state": state}
        )
        assert answer.status_code == 201, answer.content

    def offer(self, **other: Any) -> Any:
        """Have the marketer write an offer."""
        return self.marketer.post("/offers", OFFER | other)

    def offered(self, caller: Caller | None = None) -> Any:
        """Return what the customer is offered, in Alice's eyes."""
        return (caller or self.alice).get(f"/offers/for/{self.customer}").json()

    def keys(self) -> list[str]:
        """Return the keys of what is offered."""
        return [one["key"] for one in self.offered()["offers"]]

    def tell(self, outcome: str, **more: str) -> Any:
        """Have Alice tell what became of the offer."""
        body = {"customer_id": self.customer, "outcome": outcome, **more}
        return self.alice.post("/offers/big_deposit/outcomes", body)


@pytest.fixture
def scene(world: World, call: Callable[..., Caller]) -> Scene:
    """The bank with one customer."""
    return Scene(world, call)


def test_a_customer_whom_the_rule_suits_is_offered_it_with_the_reason(scene: Scene) -> None:
    assert scene.offer().status_code == 201

    found = scene.offered()

    assert found["state"] == "open"
    (one,) = found["offers"]
    assert one["name"]["zh"] == "大额存单"
    assert one["reason"]["zh"] == "存款较多，利率更高。"
    assert [text["zh"] for text in one["because"]] == ["存款余额大于等于 200,000"]
    assert [event.details["version"] for event in trail("offer.create")] == [1]


def test_whom_the_rule_does_not_suit_or_leaves_out_is_not_offered_it(scene: Scene) -> None:
    scene.offer(eligibility={"all": [{"field": "deposit_balance", "op": "gte", "value": 300_001}]})
    scene.offer(key="other", suppression=GOLD)

    assert scene.offered()["state"] == "none"
    assert scene.keys() == []


def test_who_objected_to_automated_decisions_is_offered_nothing_and_it_is_told(scene: Scene) -> None:
    scene.compliance.post(
        "/purposes",
        {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract", "is_automated": False},
    )
    scene.offer(purpose="care")
    assert scene.keys() == ["big_deposit"]

    scene.compliance.post(f"/customers/{scene.customer}/objections", {"state": "objected"})

    found = scene.offered()
    assert (found["state"], found["offers"]) == ("objected", [])
    assert "反对自动化决策" in found["words"]["zh"]


def test_without_consent_nothing_is_offered_from_the_next_look_on(scene: Scene) -> None:
    scene.offer()
    scene.agree(scene.customer, "withdrawn")

    found = scene.offered()

    assert (found["state"], found["offers"]) == ("not_allowed", [])
    assert "没有同意" in found["words"]["zh"]


def test_three_at_most_by_priority_then_fit_then_key(scene: Scene) -> None:
    both = {"any": [*RICH["all"], {"field": "tier", "op": "is", "value": "银"}]}
    for key, priority, rule in (("d", 10, RICH), ("b", 50, RICH), ("a", 50, both), ("c", 90, RICH)):
        scene.offer(key=key, priority=priority, eligibility=rule)

    assert scene.keys() == ["c", "b", "a"]
    assert scene.keys() == ["c", "b", "a"]


def test_an_offer_counts_from_its_first_day_to_its_last(scene: Scene) -> None:
    scene.offer(starts_on=str(today() + timedelta(days=2)))
    scene.offer(key="over", ends_on=str(today() - timedelta(days=2)))
    scene.offer(key="now", starts_on=str(today()), ends_on=str(today()))
    scene.offer(key="off", is_active=False)

    assert scene.keys() == ["now"]


def test_a_refusal_leaves_the_customer_in_peace_and_interest_keeps_the_offer(scene: Scene) -> None:
    scene.offer()

    assert scene.tell("interested", note="下周来网点").status_code == 201
    assert scene.offered()["offers"][0]["interested_at"] is not None
    assert scene.tell("declined", because="elsewhere").status_code == 201
    assert scene.keys() == []

    moments = scene.alice.get(f"/customers/{scene.customer}/timeline").json()["items"]
    told = {one["name"]: one["details"] for one in moments if one["kind"] == "interaction"}
    assert told["offer_interested"]["text"] == "下周来网点"
    assert told["offer_declined"]["because"] == "elsewhere"
    assert [event.details["outcome"] for event in trail("customer.offer")] == ["interested", "declined"]


def test_a_showing_is_kept_once_a_week_and_then_the_offer_rests(scene: Scene) -> None:
    scene.offer()
    path = f"/offers/for/{scene.customer}/shown"

    assert [scene.alice.post(path).json()["is_new"] for _ in range(2)] == [True, False]
    assert scene.tell("shown").json()["id"] is None
    assert scene.keys() == ["big_deposit"]
    with acting(SYSTEM):
        offer = Offer.objects.get()
        OfferOutcome.objects.all().delete()
        OfferOutcome.objects.create(
            id=offer.pk, offer=offer, version=1, customer_id=scene.customer, outcome="shown", place="profile",
            at=timezone.now() - timedelta(days=8),
        )  # fmt: skip

    assert scene.keys() == []
    scene.marketer.patch("/offers/big_deposit", {"rest_after_shown": 0})
    assert scene.keys() == ["big_deposit"]


def test_who_is_held_out_is_never_shown_it_and_is_counted_apart(scene: Scene, sync: Sync) -> None:
    scene.customer = held_one(scene)
    scene.offer(holdout_share=0.5, goal_event="购买")

    found = scene.offered()
    scene.alice.post(f"/offers/for/{scene.customer}/shown")

    assert (found["state"], found["offers"]) == ("none", [])
    assert "held" not in str(found)
    scene.tell("accepted")
    sync()
    results = scene.marketer.get("/offers/big_deposit/results").json()
    assert (results["total"]["held"], results["total"]["held_taken"], results["held_rate"]["value"]) == (
        1,
        1,
        1.0,
    )
    assert (results["total"]["shown"], results["rate"]) == (0, None)


def held_one(scene: Scene) -> str:
    """Return a customer of the half that is held out."""
    for number in range(2, 40):
        scene.customer = scene.say(str(number), f"顾衡{number}")
        if is_held_out("big_deposit", 0.5, UUID(scene.customer)):
            scene.agree(scene.customer)
            return scene.customer
    raise AssertionError


def test_results_count_customers_by_unit(scene: Scene) -> None:
    scene.offer()
    scene.alice.post(f"/offers/for/{scene.customer}/shown")
    scene.tell("interested")
    scene.tell("interested")
    scene.tell("accepted")

    found = scene.marketer.get("/offers/big_deposit/results").json()

    assert [(one["unit"], one["shown"], one["interested"], one["accepted"]) for one in found["units"]] == [
        ("西湖支行", 1, 1, 1)
    ]
    assert (found["rate"]["value"], found["held_rate"], found["uplift"]) == (1.0, None, None)
    assert found["rate"]["low"] < 1.0
    assert scene.charlie.get("/offers/big_deposit/results").json()["total"]["shown"] == 0


def test_the_list_counts_whom_each_offer_suits_now(scene: Scene, sync: Sync) -> None:
    scene.say("2", "赵一")
    scene.offer()
    scene.offer(key="nobody", eligibility={"any": []}, priority=60)
    assert [one["count"] for one in scene.marketer.get("/offers").json()] == [None, None]
    sync()

    found = {one["key"]: one for one in scene.marketer.get("/offers").json()}

    assert (found["big_deposit"]["count"], found["nobody"]["count"]) == (1, 0)
    assert found["big_deposit"]["is_current"]
    rule = {"purpose": "marketing", "eligibility": RICH}
    assert scene.marketer.post("/offers/count", rule).json()["count"] == 1
    assert scene.marketer.post("/offers/count", rule | {"suppression": GOLD}).json()["count"] == 0


def test_a_rule_is_tried_on_a_customer_condition_by_condition(scene: Scene) -> None:
    body = {"customer_id": scene.customer, "purpose": "marketing", "eligibility": RICH, "suppression": GOLD}

    found = scene.marketer.post("/offers/try", body).json()

    assert found["verdict"] == "suppressed"
    assert [part["holds"] for part in found["eligibility"]["parts"]] == [True]
    assert found["suppression"]["holds"]
    other = body | {"customer_id": "01930000-0000-7000-8000-000000000001"}
    assert scene.marketer.post("/offers/try", other).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "code", "place"),
    [
        ({"eligibility": {"all": [{"field": "shoe", "op": "is", "value": "1"}]}}, "segment_invalid", "eligibility.all[0].field"),
        ({"suppression": {"any": 1}}, "segment_invalid", "suppression.any"),
        ({"eligibility": {"segment": "01930000-0000-7000-8000-000000000001"}}, "segment_invalid", "eligibility"),
        ({"purpose": ""}, "purpose_missing", ""),
        ({"key": "for"}, "invalid", ""),
        ({"priority": 101}, "invalid", ""),
        ({"holdout_share": 0.6}, "invalid", ""),
        ({"kind": "gift"}, "invalid", ""),
        ({"name": {"zh": "存单", "en": " "}}, "invalid", ""),
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "invalid", ""),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_with_its_place(
    scene: Scene, wrong: dict[str, Any], code: str, place: str
) -> None:
    answer = scene.offer(**wrong)

    assert answer.status_code == 422, answer.content
    assert answer.json()["code"] == code
    assert place in answer.json()["detail"]
    assert not Offer.objects.exists()


def test_another_rule_is_another_version_and_another_name_is_not(scene: Scene) -> None:
    scene.offer()

    assert scene.offer().json()["code"] == "offer_taken"
    assert scene.marketer.patch("/offers/big_deposit", {"priority": 60}).json()["version"] == 1
    changed = scene.marketer.patch("/offers/big_deposit", {"suppression": GOLD}).json()
    assert (changed["version"], changed["priority"], changed["eligibility"]) == (2, 60, RICH)
    assert scene.marketer.patch("/offers/big_deposit", {"suppression": None}).json()["suppression"] is None
    assert scene.marketer.patch("/offers/none", {"priority": 1}).status_code == 404


def test_another_managers_customer_is_absent_and_his_outcomes_too(scene: Scene) -> None:
    scene.offer()
    scene.tell("interested")

    assert scene.charlie.get(f"/offers/for/{scene.customer}").status_code == 404
    body = {"customer_id": scene.customer, "outcome": "accepted"}
    assert scene.charlie.post("/offers/big_deposit/outcomes", body).status_code == 404
    assert scene.alice.post("/offers", OFFER).status_code == 403


@pytest.mark.parametrize(
    "body", [{"outcome": "held"}, {"outcome": "liked"}, {"outcome": "accepted", "because": "later"}, {"outcome": "declined", "because": "x"}]
)  # fmt: skip
def test_an_outcome_that_is_none_is_refused(scene: Scene, body: dict[str, str]) -> None:
    scene.offer()

    assert scene.alice.post("/offers/big_deposit/outcomes", {"customer_id": scene.customer, **body}).status_code == 422  # fmt: skip


def test_an_offer_by_what_is_hidden_from_the_reader_is_not_shown_to_him(scene: Scene) -> None:
    scene.offer()
    assert scene.keys() == ["big_deposit"]

    RoleFieldRule.objects.create(role_id="relationship_manager", field="deposit_balance", rule="hidden")

    assert scene.keys() == []


def test_erasure_takes_all_outcomes_and_an_export_tells_them(scene: Scene) -> None:
    scene.offer()
    scene.tell("accepted", note="已办理三年期")
    steward = scene.world.actor(scene.world.steward)
    now = timezone.now()

    with acting(steward.scope):
        told = export_customer(customer_id=UUID(scene.customer), reason="本人要求", actor=steward, now=now)
        erase_customer(customer_id=UUID(scene.customer), reason="本人要求", actor=steward, now=now)

    assert [(one["offer"], one["outcome"]) for one in told["offers"]] == [("大额存单", "accepted")]
    with acting(SYSTEM):
        assert not OfferOutcome.objects.exists()


def test_an_outcome_that_was_kept_stays_as_it_is(scene: Scene) -> None:
    scene.offer()
    scene.tell("interested")

    with acting(SYSTEM), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        OfferOutcome.objects.update(outcome="accepted")


def test_deciding_takes_few_questions_however_many_offers_there_are(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        scene.offer(key=f"offer_{number}", suppression=GOLD, priority=number + 1)
    scene.offered()

    with django_assert_max_num_queries(32):
        scene.offered()
