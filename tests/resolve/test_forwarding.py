"""An id once given keeps its answer through every merging, and what waits for a steward follows the customer."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.flows.desk.decide_review import rebuild
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.models import Cluster
from kehu.resolve.operations import Cause, lock_resolution, merge_clusters
from kehu.resolve.undoing import part_merged

ONE, OTHER = "420111198508141226", "420111198303094411"


def merge(kept: UUID, gone: UUID, *, import_id: UUID | None = None, hours: int = 1) -> None:
    cause = Cause(import_id, None, NOW + timedelta(hours=hours))
    with acting(SYSTEM):
        lock_resolution()
        merge_clusters(kept, gone, evidence=("mobile",), cause=cause)
        rebuild([kept, gone], cause)


def part(import_id: UUID) -> None:
    with acting(SYSTEM):
        rebuild(list(part_merged(import_id, author_id=None, now=NOW)), Cause(import_id, None, NOW))


def leads() -> dict[UUID, UUID | None]:
    with acting(SYSTEM):
        return dict(Cluster.objects.values_list("id", "living_id"))


@pytest.fixture
def three(world: World) -> list[UUID]:
    """Three customers of one branch."""
    said = [world.say(world.core, str(number), unit=world.xihu, name=f"沈静{number}") for number in range(3)]
    return [done.profiles.created[0] for done in said]


def test_an_id_that_was_merged_twice_leads_to_the_living(
    world: World, call: Callable[..., Caller], three: list[UUID]
) -> None:
    first, second, third = three
    merge(second, first)
    merge(third, second)

    for retired in (first, second):
        answer = call(world.head).get(f"/customers/{retired}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/customers/{third}")
        assert call(world.charlie).get(f"/customers/{retired}").status_code == 404


def test_parting_leads_each_id_back(three: list[UUID]) -> None:
    first, second, third = three
    later = new_id()
    merge(second, first)
    merge(third, second, import_id=later, hours=2)
    assert leads() == {first: third, second: third, third: None}

    part(later)

    assert leads() == {first: second, second: None, third: None}


def test_a_review_follows_the_customer_it_names(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    known = world.say(world.core, "1", name="沈静仪", mobile="13857101234", resident_id=ONE)
    world.say(world.cards, "9", name="沈静仪", mobile="13857101234", resident_id=OTHER)
    other = world.say(world.core, "2", name="沈静仪", email="s@hengchuan.example").profiles.created[0]
    merge(other, known.profiles.created[0])

    (pair,) = steward.get("/reviews").json()["items"]
    done = steward.post(f"/reviews/{pair['id']}/decide", {"decision": "same"}).json()

    assert str(other) in {pair["left"]["id"], pair["right"]["id"]}
    assert done["customer_id"] == str(other)
    assert steward.get("/customers").json()["count"]["value"] == 1


def test_two_that_became_one_wait_no_longer(world: World, call: Callable[..., Caller]) -> None:
    steward, later = call(world.steward), new_id()
    known = world.say(world.core, "1", name="沈静仪", mobile="13857101234", resident_id=ONE).profiles.created[
        0
    ]
    other = world.say(world.cards, "9", name="沈静仪", mobile="13857101234", resident_id=OTHER)
    (pair,) = steward.get("/reviews").json()["items"]
    merge(known, other.profiles.created[0], import_id=later)

    page = steward.get("/reviews").json()
    assert (page["items"], page["open_count"]) == ([], 0)
    assert steward.post(f"/reviews/{pair['id']}/decide", {"decision": "different"}).status_code == 409

    part(later)
    assert [p["id"] for p in steward.get("/reviews").json()["items"]] == [pair["id"]]
