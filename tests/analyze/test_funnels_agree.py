"""Whatever the funnel, the engine counts what a plain evaluator finds by trying every chain of events."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analyze.behavior_scene import CHANNELS, EVENTS, TIERS, Doer, asking, seen, settle
from tests.analyze.reference import Person, Reference
from tests.world import NOW, World

from kehu.analyze.behavior.funnel import Funnel, behind_step, read_funnel
from kehu.analyze.behavior.funnels import ask_funnel, customers_behind
from kehu.analyze.segments.counting import count
from kehu.analyze.segments.tree import All, Definition
from kehu.govern.access.actors import Actor
from kehu.platform.scope import acting

pytestmark = [pytest.mark.django_db]
Try = list[datetime]
REFERENCE = Reference(Definition(All(()), "Asia/Shanghai"), {}, NOW)


def tries(doer: Doer, funnel: Funnel) -> list[Try]:
    """Every try of a customer: by looking at each chain of occurrences, the furthest, earliest step by step."""
    person = Person("", (), {}, doer.events)
    times = [sorted(set(REFERENCE.happened(person, step, funnel.window))) for step in funnel.steps]
    return [furthest([begin], times[1:], begin + timedelta(hours=funnel.hours)) for begin in times[0]]


def furthest(chain: Try, rest: Sequence[Try], limit: datetime) -> Try:
    """The longest way on from a chain, of equally long ones the one whose steps come first."""
    if not rest:
        return chain
    ways = [furthest([*chain, at], rest[1:], limit) for at in rest[0] if chain[-1] < at <= limit]
    return min(ways, key=lambda way: (-len(way), way), default=chain)


def best(found: Sequence[Try]) -> Try:
    return max(found, key=lambda one: (len(one), one[0]), default=[])


def end_of(funnel: Funnel) -> datetime:
    window = funnel.window
    if window.since_hours is not None:
        return NOW - timedelta(hours=window.until_hours or 0)
    if window.last is None:
        return NOW
    return datetime.combine(window.last + timedelta(days=1), datetime.min.time(), REFERENCE.zone)


def is_open(found: Sequence[Try], funnel: Funnel) -> bool:
    return max(one[0] for one in found) + timedelta(hours=funnel.hours) > end_of(funnel)


def population(raw: dict[str, Any], people: dict[UUID, Doer], ids: set[UUID]) -> dict[UUID, Doer]:
    tier = raw.get("population", {}).get("value")
    return {one: d for one, d in people.items() if one in ids and d.may and (tier is None or d.tier == tier)}


where = st.one_of(
    st.fixed_dictionaries({"property": st.just("channel"), "op": st.just("is"), "value": st.sampled_from(CHANNELS)}),
    st.fixed_dictionaries({"property": st.just("amount"), "op": st.just("gt"), "value": st.integers(0, 3)}),
)  # fmt: skip
step = st.fixed_dictionaries(
    {"event": st.sampled_from(EVENTS)}, optional={"where": st.lists(where, max_size=1)}
)
window: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}), st.sampled_from([1, 2, 30, 120]).map(lambda n: {"last_days": n}), st.just({"days_ago": [100, 1]}),
    st.just({"from": "2026-10-01", "to": "2026-11-21"}), st.just({"to": "2026-11-20"}),
)  # fmt: skip
FUNNELS = st.fixed_dictionaries(
    {"steps": st.lists(step, min_size=2, max_size=4), "in_hours": st.sampled_from([1, 6, 12, 48, 24 * 60]), "within": window},
    optional={
        "by": st.sampled_from(["unit", "tier"]),
        "population": st.sampled_from(TIERS).map(lambda tier: {"field": "tier", "op": "is", "value": tier}),
    },
)  # fmt: skip


def expect_agreement(
    raw: dict[str, Any], actor: Actor, people: dict[UUID, Doer], ids: set[UUID]
) -> list[int]:
    """Compare everything that is told of a funnel; returns how many came to each step."""
    with acting(actor.scope):
        asked = asking(actor)
        funnel = read_funnel(raw, asked.book)
        answer = ask_funnel(funnel, asked)
        able = population(raw, people, ids)
        mine = {one: tries(doer, funnel) for one, doer in able.items()}
        bests = {one: best(found) for one, found in mine.items() if found}
        assert answer.population == len(able)
        reached = [sum(len(one) >= n for one in bests.values()) for n in range(1, len(funnel.steps) + 1)]
        assert [one.customers for one in answer.whole.steps] == reached, raw
        for place, figures in enumerate(answer.whole.steps):
            gaps = [
                (one[place] - one[place - 1]).total_seconds()
                for one in bests.values()
                if place and len(one) > place
            ]
            assert figures.median_seconds == (median(gaps) if gaps else None), raw
            stopped = {one for one, way in bests.items() if len(way) == place + 1}
            still = {one for one in stopped if is_open(mine[one], funnel)}
            assert figures.still_open == (len(still) if place + 1 < len(funnel.steps) else 0), raw
            page = customers_behind(funnel, asked, step=place + 1, has_stopped=True, after=None, limit=100)
            assert set(page.ids) == stopped, raw
            saved = behind_step(raw, place + 1, has_stopped=True)
            assert count(saved, purpose="care", actor=actor, now=NOW).count == len(stopped), raw
        groups = {group.key: [one.customers for one in group.steps] for group in answer.groups}
        if by := raw.get("by"):
            keys = {one: str(able[one].unit) if by == "unit" else able[one].tier for one in bests}
            wanted = {
                key: [
                    sum(keys[one] == key and len(way) >= n for one, way in bests.items())
                    for n in range(1, len(reached) + 1)
                ]
                for key in set(keys.values())
            }
            assert groups == wanted, raw
    return reached


def test_every_funnel_counts_what_trying_every_chain_finds(world: World, sync: Callable[[], Any]) -> None:
    people = settle(world)
    sync()
    actors = [world.actor(user) for user in (world.steward, world.head, world.charlie)]
    shown = [seen(actor) for actor in actors]
    assert len({len(one) for one in shown}) > 1
    plain = {"steps": [{"event": name} for name in EVENTS], "in_hours": 48, "within": {}}
    reached = expect_agreement(plain, actors[0], people, shown[0])
    assert reached[0] > reached[1] > reached[2] > 0

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
    @given(raw=FUNNELS, who=st.integers(0, 2))
    def agree(raw: dict[str, Any], who: int) -> None:
        expect_agreement(raw, actors[who], people, shown[who])

    agree()
