"""The first page: each part by the reader's rights and scope, and nothing of what he has no right to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api import survey_scene
from tests.api.staff import appoint
from tests.api.survey_scene import answer, link_for, make_survey
from tests.api.test_saved_segments import compliance as compliance  # noqa: PLC0414
from tests.api.test_saved_segments import marketer as marketer  # noqa: PLC0414
from tests.api.test_saved_segments import save
from tests.conftest import Caller
from tests.world import World

from kehu.analyze.models.segments import Segment
from kehu.engage.campaigns.operations import matter_of
from kehu.engage.models.campaigns import Campaign
from kehu.govern.access import approvals
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪").profiles.created[0]


def unhappy(world: World, call: Callable[..., Caller], customer: UUID, score: int = 3) -> None:
    writer = survey_scene.marketer(world, call)
    rule = {"question": "nps", "at_most": 6, "due_days": 2}
    answer(link_for(writer, make_survey(writer, rule=rule), customer), nps=score, why="等了一个小时")


def today(caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = caller.get("/today").json()
    return found


def test_a_manager_sees_his_tasks_and_customers_and_no_part_without_a_right(
    world: World, customer: UUID, call: Callable[..., Caller]
) -> None:
    unhappy(world, call, customer)

    found = today(call(world.alice))

    assert found["tasks"]["own"] == 1
    assert found["tasks"]["kinds"] == [{"reason": "survey", "count": 1}]
    assert [(one["customer"], one["customer_id"]) for one in found["tasks"]["first"]] == [
        ("沈静仪", str(customer))
    ]
    assert (found["campaigns"], found["imports"], found["reviews"]) == (None, None, None)
    assert call(world.alice).get("/today/segments").status_code == 403


def test_tasks_and_customers_of_others_do_not_count(
    world: World, customer: UUID, call: Callable[..., Caller]
) -> None:
    unhappy(world, call, customer)

    found = today(call(world.charlie))

    assert (found["tasks"]["own"], found["tasks"]["unclaimed"], found["tasks"]["others_late"]) == (0, 0, 0)
    assert found["customers"] == {"created": 0, "changed": 0}


def test_who_administers_users_sees_no_work_with_customers(
    world: World, customer: UUID, call: Callable[..., Caller]
) -> None:
    found = today(call(appoint(world, "system_admin")))

    assert [found[part] for part in ("tasks", "customers", "campaigns", "imports", "reviews")] == [None] * 5
    assert found["is_empty"] is False


def test_an_installation_without_customers_says_so(world: World, call: Callable[..., Caller]) -> None:
    assert today(call(world.steward))["is_empty"] is True


def test_what_somebody_asks_himself_does_not_wait_for_him(world: World, call: Callable[..., Caller]) -> None:
    asker, other = appoint(world, "branch_head", name="asker"), appoint(world, "compliance")
    now = timezone.now()
    with acting(SYSTEM):
        segment = Segment.objects.create(id=new_id(), name="全部", purpose="care", created_at=now)
        Campaign.objects.create(
            id=new_id(),
            name="春节关怀",
            segment=segment,
            account="smtp",
            channel="email",
            seed="s",
            created_at=now,
        )
        approvals.ask(matter_of(Campaign.objects.get()), asker_id=asker.pk, now=now)

    assert [one["name"] for one in today(call(other))["campaigns"]["to_decide"]] == ["春节关怀"]
    assert today(call(asker))["campaigns"]["to_decide"] == []


def test_segments_tell_who_came_within_the_readers_scope(
    world: World, marketer: Caller, call: Callable[..., Caller]
) -> None:
    made = save(marketer).json()
    ningbo = call(appoint(world, "branch_head", world.ningbo, name="ningbo"))

    (fresh,) = marketer.get("/today/segments").json()
    with acting(SYSTEM):
        Segment.objects.update(created_at=timezone.now() - timedelta(days=9))
    (known,) = marketer.get("/today/segments").json()

    assert (fresh["count"], fresh["entered"], fresh["is_new"]) == (1, 0, True)
    assert (known["id"], known["count"], known["entered"], known["left"]) == (made["id"], 1, 1, 0)
    assert (len(known["sizes"]), known["sizes"][-1]) == (7, 1)
    assert [one["count"] for one in ningbo.get("/today/segments").json()] == [0]
