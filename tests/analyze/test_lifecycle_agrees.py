"""Whatever the stages, everybody is in the first that fits, from the last back: now and in the past, and stays tell it for any moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analyze.reference import Person, Reference
from tests.analyze.test_engines_agree import KINDS, Scene, definitions
from tests.world import NOW, World

from kehu.analyze.lifecycle import stays
from kehu.analyze.lifecycle.reading import Lifecycle, read_lifecycle
from kehu.analyze.lifecycle.sql import staged
from kehu.analyze.lifecycle.times import Length, quartiles
from kehu.analyze.mirror.asking import ask
from kehu.analyze.mirror.fields import kinds
from kehu.analyze.models.lifecycle import Stay
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.tree import RELATED
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
LABEL = {"zh": "阶段", "en": "Stage"}
AGO = [0, 1, 24, 24 * 29, 24 * 89, 24 * 300]


def known_then(person: Person, at: datetime) -> Person:
    """A person without what happened at a moment or later: `until` is left out of every window."""
    events = [one for one in person.events if one[1] < at]
    return replace(person, events=events)


def expected(lifecycle: Lifecycle, people: dict[UUID, Person], at: datetime) -> dict[UUID, str]:
    found = {}
    for who, person in people.items():
        then = known_then(person, at)
        for stage in reversed(lifecycle.stages):
            if "care" in person.reach and Reference(stage.when, dict(KINDS), at).holds(then):
                found[who] = stage.key
                break
    return found


def test_everybody_is_in_the_last_stage_whose_rule_holds(world: World, sync: Callable[[], Any]) -> None:
    KINDS.update(kinds(registry()) | {RELATED: "code"})
    scene = Scene(world)
    sync()
    book = book_of(None)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(definitions(scene), min_size=2, max_size=4), st.sampled_from(AGO))
    def agree(rules: list[dict[str, Any]], hours: int) -> None:
        whens = [{key: part for key, part in rule.items() if key != "zone"} for rule in rules]
        raw = {
            "stages": [{"key": f"s{n}", "name": LABEL, "when": when} for n, when in enumerate(whens)],
            "zone": rules[0].get("zone", "Asia/Shanghai"),
        }
        lifecycle, at = read_lifecycle(raw, book), NOW - timedelta(hours=hours)
        with acting(SYSTEM):
            rows, _ = ask(staged(lifecycle, book.names(), open_gate("care"), SYSTEM, at, is_past=True))
        assert {UUID(row[0]): row[1] for row in rows} == expected(lifecycle, scene.people, at)

    agree()


STAGES = st.dictionaries(st.integers(0, 7), st.sampled_from(["new", "active", "lost"]))


def test_stays_tell_the_stage_of_any_moment_as_it_was_put(world: World) -> None:
    for number in range(8):
        world.say(world.core, str(number), name=f"赵一{number}")
    with acting(SYSTEM):
        people = sorted(one.pk for one in _customers())
        model = AnalysisModel.objects.create(
            kind="lifecycle", key="life", name_zh="生命", name_en="Life", used_for="试", purpose="care", definition={},
            created_at=NOW,
        )  # fmt: skip

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STAGES, min_size=1, max_size=6))
    def agree(puts: list[dict[int, str]]) -> None:
        with acting(SYSTEM):
            Stay.objects.all().delete()
            for day, put in enumerate(puts):
                at = NOW + timedelta(days=day)
                stays.put(model.pk, [(people[n], stage) for n, stage in put.items()], at=at)
            held = list(Stay.objects.values_list("customer_id", "stage", "entered_at", "left_at"))
        for day, put in enumerate(puts):
            at = NOW + timedelta(days=day, hours=1)
            then = {
                who: stage for who, stage, begin, end in held if begin <= at and (end is None or end > at)
            }
            assert then == {people[n]: stage for n, stage in put.items()}
        assert all(end is None or end > begin for _, _, begin, end in held)

    agree()


def _customers() -> Any:
    from kehu.profile.models import Customer

    return Customer.objects.all()


def test_the_time_in_a_stage_is_that_of_kaplan_and_meier() -> None:
    """Worked by hand: 6 stays, ended after 2, 4, 4, 9 days, two go on after 3 and 10."""
    lengths = [Length(2, 1, 0), Length(3, 0, 1), Length(4, 2, 0), Length(9, 1, 0), Length(10, 0, 1)]
    # staying: 5/6 after 2; 5/6 * 2/4 = 0.417 after 4; 0.417 * 1/2 = 0.208 after 9
    assert quartiles(lengths) == (4, 4, 9)
    assert quartiles([Length(5, 0, 3)]) == (None, None, None)
    assert quartiles([]) == (None, None, None)
    assert quartiles([Length(1, 1, 0), Length(2, 1, 0), Length(3, 1, 0), Length(4, 1, 0)]) == (1, 2, 3)
