"""A new rule or another trust holds for every customer, also for those who were there before."""

from collections.abc import Callable

from tests.conftest import Caller
from tests.world import World

from kehu.flows.upkeep.recompute import recompute
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer


def tier() -> str:
    with acting(SYSTEM):
        return str(Customer.objects.get().plain["tier"])


def test_another_trust_changes_who_is_believed(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪", resident_id="420111198508141226", tier="金")
    world.say(world.cards, "9", name="沈静仪", resident_id="420111198508141226", tier="钻石")
    assert tier() == "金"

    answer = call(world.steward).patch(f"/sources/{world.cards.pk}", {"trust": 99})
    recompute(actor_id=None)

    assert answer.json()["needs_recompute"] is True
    assert tier() == "钻石"


def test_what_is_right_already_stays_untouched(world: World) -> None:
    world.say(world.core, "1", name="沈静仪")

    assert recompute(actor_id=None) == 0
