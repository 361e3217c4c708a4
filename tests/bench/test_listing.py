"""Every way to a page shows the same customers in the same order: gathered, looked up by candidates, walked."""

from collections.abc import Callable
from itertools import product

import pytest
from tests.world import World

from kehu.govern.fields.registry import registry
from kehu.govern.models.access import User
from kehu.platform.scope import acting
from kehu.profile import queries
from kehu.profile.lists import paging, reach
from kehu.profile.lists.search import conditions, parse
from kehu.profile.queries import filter_condition, list_customers

SURNAMES, GIVEN = "王沈单吕", ("静仪", "伟", "伟静", "丽", "安")
WORDS = (
    "",
    "王",
    "静",
    "沈静",
    "沈静仪",
    "w",
    "wang",
    "ww",
    "lv",
    "lu",
    "lyu",
    "dan",
    "shan",
    "l",
    "s",
    "王 0007",
    "0007",
)
Listed = list[str]


@pytest.fixture
def crowd(world: World) -> World:
    """Say twenty people, every third of them in another branch."""
    for number, (surname, given) in enumerate(product(SURNAMES, GIVEN)):
        unit = world.ningbo if number % 3 == 0 else world.xihu
        owner = world.alice if number % 4 == 1 else None
        world.say(
            world.core,
            str(number),
            unit=unit,
            owner=owner,
            name=surname + given,
            mobile=f"1385710{number:04d}",
        )
    return world


def listed(actor_scope: World, user: User, word: str, sort: str) -> tuple[Listed, int]:
    """Turn all pages of a list; returns the ids and the count of the first page."""
    found: Listed = []
    with acting(actor_scope.actor(user).scope):
        wanted = conditions(parse(word, registry())) if word else []
        cursor, count = None, None
        while True:
            page = list_customers(limit=3, cursor=cursor, sort=sort, conditions=wanted)
            count = page.count.value if count is None else count
            found += [str(row.id) for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                return found, count


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make every scope look too wide to gather, and more than so many candidates too many."""

    def make(most_ids: int) -> None:
        monkeypatch.setattr(reach, "FEW", 0)
        monkeypatch.setattr(paging, "MOST_IDS", most_ids)
        monkeypatch.setattr(paging, "FIRST_CHUNK", 1)

    return make


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("sort", ["name", "-name", "-updated_at"])
def test_every_way_shows_the_same_pages(
    crowd: World, wide: Callable[[int], None], word: str, sort: str
) -> None:
    readers = (crowd.steward, crowd.head, crowd.alice)
    gathered = [listed(crowd, reader, word, sort)[0] for reader in readers]

    for most_ids in (2_000, 1):
        wide(most_ids)
        assert [listed(crowd, reader, word, sort)[0] for reader in readers] == gathered


def test_words_find_what_they_should(crowd: World) -> None:
    found = {word: len(listed(crowd, crowd.steward, word, "name")[0]) for word in WORDS}

    assert found[""] == len(SURNAMES) * len(GIVEN)
    assert (
        found["王"]
        == found["wang"]
        == found["lv"]
        == found["lu"]
        == found["dan"]
        == found["shan"]
        == len(GIVEN)
    )
    assert found["沈静仪"] == found["0007"] == 1


def test_a_list_that_was_read_to_its_end_is_counted_exactly(
    crowd: World, wide: Callable[[int], None]
) -> None:
    wide(1)

    with acting(crowd.actor(crowd.steward).scope):
        page = list_customers(
            limit=50, cursor=None, sort="name", conditions=conditions(parse("王", registry()))
        )

    assert page.count == paging.Count(len(GIVEN), is_exact=True)


@pytest.mark.parametrize("sort", ["name", "-updated_at"])
def test_a_filter_shows_the_same_pages_gathered_and_walked(
    crowd: World, wide: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    for number in (2, 5, 9, 17):
        crowd.say(crowd.core, str(number), unit=crowd.xihu, occupation="教师")
    wanted = [filter_condition("occupation", "eq", "教师", is_number=False)]
    seen = []
    for is_wide, few in ((False, 10_000), (True, 10_000), (True, 0)):
        if is_wide:
            wide(1)
        monkeypatch.setattr(queries, "FEW", few)
        for reader in (crowd.steward, crowd.head):
            with acting(crowd.actor(reader).scope):
                page = list_customers(limit=50, cursor=None, sort=sort, conditions=wanted)
            seen.append(([row.id for row in page.rows], page.count.value))

    assert len(seen[0][0]) == 4
    assert seen == [seen[0], seen[1]] * 3
