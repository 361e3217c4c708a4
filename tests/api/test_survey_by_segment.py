"""Results by segment: who was in when he answered or is in now, within scope and purpose, through merges; nothing of the anonymous."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.api.staff import appoint
from tests.api.survey_scene import answer, link_for, make_survey, marketer
from tests.conftest import Caller
from tests.flows.test_revert_import import an_import
from tests.world import World

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.evaluating import Verdict
from kehu.analyze.segments.saved.members import put_some
from kehu.govern.models.access import RolePermission
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
RESIDENT = "420111198508141226"


class Scene:
    """Five customers of three branches who answered, and two segments."""

    def __init__(self, world: World, call: Callable[..., Caller]) -> None:
        self.world, self.call = world, call
        self.writer = marketer(world, call)
        self.survey = make_survey(self.writer)
        self.customers = [
            self.customer("1", "沈静仪", world.xihu, resident_id=RESIDENT),
            self.customer("2", "顾长林", world.xihu),
            self.customer("3", "许慕白", world.ningbo),
            self.customer("4", "方志远", world.hangzhou),
            self.customer("5", "沈静仪", world.xihu, mobile="13857101235"),
        ]
        self.gold, self.young = self.segment("金卡"), self.segment("年轻")

    def customer(self, key: str, name: str, unit: Any, **values: Any) -> UUID:
        made: UUID = self.world.say(self.world.core, key, unit=unit, name=name, **values).profiles.created[0]
        return made

    def segment(self, name: str) -> UUID:
        definition = {"field": "tier", "op": "is", "value": name}
        made = self.writer.post("/segments", {"name": name, "purpose": "care", "definition": definition})
        long_ago = timezone.now() - timedelta(days=30)
        with acting(SYSTEM):
            Segment.objects.filter(pk=made.json()["id"]).update(
                refreshed_at=timezone.now(), created_at=long_ago
            )
        return UUID(made.json()["id"])

    def answers(self, *scores: int) -> None:
        for customer, score in zip(self.customers, scores, strict=False):
            assert answer(link_for(self.writer, self.survey, customer), nps=score).status_code == 204

    def put(self, segment: UUID, *places: int, days: int = 1, is_in: bool = True) -> None:
        """Have customers enter a segment some days ago, or leave it then."""
        verdicts = {self.customers[place]: Verdict(is_in, None) for place in places}
        with acting(SYSTEM):
            put_some(segment, verdicts, timezone.now() - timedelta(days=days))

    def results(self, *segments: UUID, caller: Caller | None = None, **query: str) -> Any:
        asked = {"segment": [str(one) for one in segments], **query}
        return (caller or self.writer).get(f"/surveys/{self.survey['id']}/results/segments", **asked)

    def told(self, *segments: UUID, **query: Any) -> list[tuple[int, float | None]]:
        """Return answers and measure of all, of each segment and of the rest."""
        found = self.results(*segments, **query).json()
        parts = [found["whole"], *found["segments"], found["rest"]]
        return [(one["answers"], one["estimate"] and one["estimate"]["value"]) for one in parts]


@pytest.fixture
def scene(world: World, call: Callable[..., Caller]) -> Scene:
    return Scene(world, call)


def test_who_was_in_when_he_answered_counts_in_each_segment(scene: Scene) -> None:
    scene.put(scene.gold, 0, 1, 2)
    scene.put(scene.young, 1)
    scene.answers(10, 10, 0, 8)
    scene.put(scene.gold, 0, days=0, is_in=False)

    assert scene.told(scene.gold, scene.young, when="then") == [
        (4, 25),
        (3, pytest.approx(100 / 3)),
        (1, 100),
        (1, 0),
    ]
    assert scene.told(scene.gold) == [(4, 25), (2, 0), (2, 50)]
    named = scene.results(scene.young, scene.gold, when="then").json()["segments"]
    assert [one["name"] for one in named] == ["年轻", "金卡"]
    assert named[1]["estimate"]["low"] < 100 / 3 < named[1]["estimate"]["high"]


def test_what_was_answered_before_a_segment_was_made_counts_nowhere(scene: Scene) -> None:
    scene.answers(10, 0)
    with acting(SYSTEM):
        Segment.objects.filter(pk=scene.young).update(created_at=timezone.now())
    scene.put(scene.gold, 0)

    found = scene.results(scene.young, scene.gold, when="then").json()
    young, gold = found["segments"]
    assert (young["answers"], young["before"], gold["answers"], gold["before"]) == (0, 2, 1, 0)
    assert (found["rest"]["answers"], found["rest"]["before"], found["whole"]["answers"]) == (0, 2, 2)


def test_a_branch_counts_the_answers_of_its_customers(scene: Scene) -> None:
    scene.put(scene.gold, 0, 2)
    scene.answers(10, 10, 0)
    head = scene.call(scene.world.head)  # of Hangzhou

    assert scene.told(scene.gold, caller=head) == [(2, 100), (1, 100), (1, 100)]
    manager = scene.results(scene.gold, caller=scene.call(scene.world.alice))
    assert manager.status_code == 403  # who may not read segments


def test_whoever_the_purpose_may_not_take_is_in_no_segment(scene: Scene) -> None:
    scene.put(scene.gold, 0, 1)
    scene.answers(10, 10)
    steward = scene.call(scene.world.steward)
    said = {"purpose": "care", "state": "refused", "channel": "", "evidence": "电话"}
    assert steward.post(f"/customers/{scene.customers[0]}/consents", said).status_code == 201

    assert scene.told(scene.gold) == [(2, 100), (1, 100), (1, 100)]


def test_stays_and_answers_follow_a_merge(scene: Scene) -> None:
    scene.put(scene.gold, 4)
    scene.answers(10, 10, 0, 8, 3)
    said: dict[str, object] = {"name": "沈静仪", "resident_id": RESIDENT, "mobile": "13857101235"}
    an_import(scene.world, scene.world.cards, ("9", said))

    assert scene.told(scene.gold, when="then")[1] == (2, 0)
    assert scene.told(scene.gold)[1] == (2, 0)  # both answers are his, and he was in under one of his ids


def test_what_cannot_be_cut_is_said(scene: Scene) -> None:
    assert scene.results().status_code == 422
    assert scene.results(*[scene.gold] * 7).status_code == 422
    anonymous = make_survey(scene.writer, "anonymous", threshold=5)
    refused = scene.writer.get(f"/surveys/{anonymous['id']}/results/segments", segment=[str(scene.gold)])
    assert refused.status_code == 422
    assert "匿名" in refused.json()["detail"]
    with acting(SYSTEM):
        Segment.objects.filter(pk=scene.gold).update(refreshed_at=None)
    assert scene.results(scene.gold).json()["code"] == "segment_not_ready"
    RolePermission.objects.get_or_create(role_id="relationship_manager", permission="segment.read", defaults={"scope": "own"})  # fmt: skip
    closed = scene.call(appoint(scene.world, "relationship_manager", name="mgr"))
    assert scene.results(scene.young, caller=closed).status_code == 200
