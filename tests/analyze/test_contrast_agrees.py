"""What sets a segment apart, against numpy and plain counting over the same scene; and nobody is singled out."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.analyze.behavior_scene import settle
from tests.world import NOW, World

from kehu.analyze.contrast.contrasting import FEWEST, Difference, contrast, merged
from kehu.analyze.segments.saved.reading import book_of
from kehu.platform.scope import acting

Row = tuple[str, int, int]


@pytest.fixture
def told(world: World, sync: Callable[[], Any]) -> tuple[dict[str, Difference], list[Any], list[Any]]:
    """The differences of those of Ningbo, by key; and those customers and the others, as they are known."""
    people = settle(world)
    sync()
    steward = world.actor(world.steward)
    with acting(steward.scope):
        found = contrast({"unit": "nb"}, purpose="care", actor=steward, book=book_of(steward), now=NOW)
    able = [one for one in people.values() if one.may]
    ours = [one for one in able if one.unit == world.ningbo.pk]
    rest = [one for one in able if one.unit != world.ningbo.pk]
    assert (found.ours, found.rest) == (len(ours), len(rest))
    return {f"{one.of}:{one.key}": one for one in found.differences}, ours, rest


@pytest.mark.django_db
def test_habits_are_shares_of_each_side(told: tuple[dict[str, Difference], list[Any], list[Any]]) -> None:
    differences, ours, rest = told
    since = NOW - timedelta(days=90)

    def did(people: list[Any], event: str) -> int:
        return sum(any(name == event and at >= since for name, at, _ in one.events) for one in people)

    habits = [one for one in differences.values() if one.of == "event"]
    for one in habits:
        assert one.figures is not None
        mine, theirs = did(ours, one.key), did(rest, one.key)
        assert one.figures.ours == pytest.approx(mine / len(ours))
        assert one.figures.rest == pytest.approx(theirs / len(rest))
        table = [[mine, len(ours) - mine], [theirs, len(rest) - theirs]]
        assert all(cell == 0 or cell >= FEWEST for row in table for cell in row)
        assert one.chance == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


@pytest.mark.django_db
def test_units_set_a_unit_apart_most_of_all(told: tuple[dict[str, Difference], list[Any], list[Any]]) -> None:
    differences, ours, rest = told

    unit = differences["unit:unit"]

    assert unit.is_sure
    assert next(iter(differences)) == "unit:unit"
    shares = {value.key: (value.shares.ours, value.shares.rest) for value in unit.values}
    plain = Counter(str(one.unit) for one in ours + rest)
    assert set(shares) <= set(plain)
    assert shares[str(ours[0].unit)] == (1.0, 0.0)
    assert unit.cramers_v == pytest.approx(1)


@pytest.mark.django_db
def test_numbers_agree_with_numpy(world: World, sync: Callable[[], Any]) -> None:
    settle(world)
    amounts: dict[int, list[float]] = {0: [], 1: []}
    for number in range(60):
        amount = 1000.0 * number + (50_000 if number % 2 else 0)
        amounts[number % 2].append(amount)
        unit = world.ningbo if number % 2 else world.xihu
        world.say(world.cards, f"n{number}", unit=unit, name=f"钱二{number}", aum=str(amount))
    sync()
    steward = world.actor(world.steward)
    definition = {"all": [{"unit": "nb"}, {"field": "aum", "op": "not_empty"}]}
    with acting(steward.scope):
        found = contrast(definition, purpose="care", actor=steward, book=book_of(steward), now=NOW)
    [aum] = [one for one in found.differences if one.key == "aum"]

    assert aum.figures is not None
    found_means = [aum.figures.ours, aum.figures.rest]
    assert found_means == pytest.approx([float(np.mean(amounts[1])), float(np.mean(amounts[0]))])
    pooled = np.sqrt((np.var(amounts[1], ddof=1) + np.var(amounts[0], ddof=1)) / 2)
    assert aum.effect.value == pytest.approx((np.mean(amounts[1]) - np.mean(amounts[0])) / pooled)
    assert aum.missing is not None
    assert aum.missing.ours == 0
    assert 0 < aum.missing.rest < 1
    assert aum.is_sure


@pytest.mark.django_db
def test_a_segment_of_few_tells_nothing(world: World, sync: Callable[[], Any]) -> None:
    settle(world)
    sync()
    steward = world.actor(world.steward)
    definition = {"sequence": [{"event": "没有过"}, {"event": "登录"}], "in_hours": 1}

    with acting(steward.scope):
        found = contrast(definition, purpose="care", actor=steward, book=book_of(steward), now=NOW)

    assert (found.ours, found.differences) == (0, ())


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8),
    st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip
def test_no_value_is_told_of_one_to_nine(pairs: list[tuple[int, int]], more: int, others: int) -> None:
    rows: list[Row] = [(str(place), n, m) for place, (n, m) in enumerate(pairs) if n + m]
    known = (sum(n for _, n, _ in rows) + more, sum(m for _, _, m in rows) + others)

    found = merged(rows, known)

    assert (sum(n for _, n, _ in found), sum(m for _, _, m in found)) == known
    named = [row for row in found if row[0] is not None]
    assert all(count == 0 or count >= FEWEST for _, n, m in named for count in (n, m))
    if named:
        assert all(count == 0 or count >= FEWEST for _, n, m in found for count in (n, m))
