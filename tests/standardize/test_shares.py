"""Shares with intervals: values that are published, and what must hold whatever the numbers are."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kehu.standardize.numbers.shares import detectable, difference, needed, share, split_chance


def test_the_difference_has_the_interval_of_the_paper() -> None:
    found = difference(56, 70, 48, 80)

    assert found is not None
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


def test_how_many_are_needed_is_what_the_tables_say() -> None:
    assert needed(0.10, 0.05) == 686
    with pytest.raises(ValueError, match="0"):
        needed(0.1, 0)


@given(st.integers(1, 5000), st.data())
def test_an_interval_holds_its_share_and_stays_between_0_and_1(of: int, data: st.DataObject) -> None:
    found = share(data.draw(st.integers(0, of)), of)

    assert found is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


@given(st.lists(st.integers(0, 4000), min_size=2, max_size=6))
def test_the_chance_of_a_split_is_that_of_another_library(counts: list[int]) -> None:
    found = split_chance(counts, [1.0] * len(counts))

    if sum(counts) == 0:
        assert found is None
    else:
        assert found == pytest.approx(stats.chisquare(counts).pvalue, abs=1e-9)


def test_the_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    random, held = Random(7), 0  # noqa: S311 (the same each time)
    for _ in range(2000):
        hits = sum(random.random() < 0.12 for _ in range(150))
        found = share(hits, 150)
        held += found is not None and found.low <= 0.12 <= found.high

    assert 0.93 < held / 2000 < 0.97


def test_what_so_many_show_is_what_so_many_are_needed_for() -> None:
    for base, lift in ((0.03, 0.009), (0.10, 0.05), (0.5, 0.02)):
        size = needed(base, lift)
        assert detectable(base, size, size) == pytest.approx(lift, rel=0.001)
    assert detectable(0.03, 4000, 4000) == pytest.approx(0.0116, abs=0.0002)
    assert detectable(0.5, 3, 3) is None
    assert detectable(0.5, 0, 100) is None


@given(st.floats(0.001, 0.9), st.integers(50, 100_000), st.integers(50, 100_000))
def test_more_customers_show_smaller_differences(base: float, one: int, other: int) -> None:
    few, many = detectable(base, one, other), detectable(base, one * 2, other * 2)

    if few is not None:
        assert many is not None
        assert many < few
        assert base + few <= 1
