"""Effect sizes against scipy and published values; the rule for many comparisons against scipy's."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kehu.standardize.numbers.effects import (
    Sample,
    association,
    discoveries,
    mean_chance,
    mean_effect,
    share_chance,
    share_effect,
)


def test_cohens_h_has_the_values_of_his_table() -> None:
    """Cohen 1988, table 6.2.2: phi of .50 is 1.571, of .25 is 1.047, of .05 is .451."""
    assert share_effect(50, 100, 25, 100).value == pytest.approx(1.571 - 1.047, abs=0.001)
    assert share_effect(5, 100, 50, 100).value == pytest.approx(0.451 - 1.571, abs=0.001)


@given(
    st.lists(st.floats(-100, 100), min_size=3, max_size=30),
    st.lists(st.floats(-100, 100), min_size=3, max_size=30),
)
def test_means_agree_with_scipy(one: list[float], other: list[float]) -> None:
    samples = [Sample(len(x), float(np.mean(x)), float(np.var(x, ddof=1))) for x in (one, other)]
    if min(sample.variance for sample in samples) < 1e-6:
        return
    effect = mean_effect(*samples)
    pooled = stats.ttest_ind(one, other)

    assert effect is not None
    assert effect.value == pytest.approx(
        pooled.statistic * sqrt(1 / len(one) + 1 / len(other)), rel=1e-6, abs=1e-9
    )
    assert effect.low < effect.value < effect.high
    assert mean_chance(*samples) == pytest.approx(
        stats.ttest_ind(one, other, equal_var=False).pvalue, rel=1e-6, abs=1e-9
    )


@given(
    st.integers(2, 6).flatmap(
        lambda n: st.tuples(*[st.lists(st.integers(0, 400), min_size=n, max_size=n)] * 2)
    )
)
def test_association_agrees_with_scipy(table: tuple[list[int], list[int]]) -> None:
    found = association(*table)
    kept = np.array([pair for pair in zip(*table, strict=True) if sum(pair)]).T
    if found is None:
        assert kept.size == 0 or kept.shape[1] < 2 or not kept.sum(axis=1).all()
        return
    assert found[0] == pytest.approx(stats.contingency.association(kept, method="cramer"), abs=1e-9)
    assert found[1] == pytest.approx(stats.chi2_contingency(kept, correction=False).pvalue, abs=1e-9)


def test_equal_shares_are_no_difference() -> None:
    assert share_effect(10, 100, 20, 200).value == 0
    assert share_chance(10, 100, 20, 200) == pytest.approx(1)
    assert share_chance(0, 10, 0, 20) == 1
    assert mean_effect(Sample(5, 1, 0), Sample(5, 1, 0)) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_discoveries_agree_with_scipy(chances: list[float]) -> None:
    adjusted = stats.false_discovery_control(chances, method="bh")
    far = [abs(one - 0.05) > 1e-12 for one in adjusted]

    assert [d for d, f in zip(discoveries(chances), far, strict=True) if f] == [
        bool(a <= 0.05) for a, f in zip(adjusted, far, strict=True) if f
    ]
