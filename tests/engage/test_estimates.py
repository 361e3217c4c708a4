"""Intervals: equal to published figures and to SciPy, always around the figure, shorter with more answers."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kehu.engage.surveys.results import estimates
from kehu.engage.surveys.results.estimates import Estimate

TENS = st.lists(st.integers(0, 10), min_size=1, max_size=200)


def test_a_share_has_wilsons_interval() -> None:
    found = estimates.wilson(15, 20)

    assert found is not None
    assert found.low is not None
    assert found.high is not None
    # Newcombe 1998 gives Wilson's method for 81 of 263 as 0.2553 to 0.3662; 15 of 20 is computed by hand.
    assert (round(found.low, 4), round(found.high, 4)) == (0.5313, 0.8881)
    published = estimates.wilson(81, 263)
    assert published is not None
    assert (round(published.low or 0, 4), round(published.high or 0, 4)) == (0.2553, 0.3662)


def test_the_students_points_are_scipys() -> None:
    from scipy.stats import t

    for freedom in (1, 2, 3, 4, 5, 10, 30, 100, 5000):
        exact = float(t.ppf(0.975, freedom))
        assert math.isclose(estimates.student(freedom), exact, rel_tol=0.005), freedom


@given(TENS)
def test_the_nps_is_promoters_less_detractors_within_its_interval(scores: list[int]) -> None:
    found = estimates.nps(scores)

    assert found is not None
    assert found.low is not None
    assert found.high is not None
    promoters = sum(score in {9, 10} for score in scores)
    detractors = sum(score <= 6 for score in scores)
    assert math.isclose(found.value, 100 * (promoters - detractors) / len(scores), abs_tol=1e-9)
    assert -100 <= found.low <= found.value <= found.high <= 100


@given(TENS)
def test_more_of_the_same_answers_make_the_interval_shorter(scores: list[int]) -> None:
    widths = [width(estimates.nps(scores * times)) for times in (1, 4, 16)]

    assert all(more <= less + 1e-9 for less, more in pairwise(widths))


def width(found: Estimate | None) -> float:
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    return found.high - found.low


@given(st.integers(1, 60), st.integers(0, 60))
def test_an_interval_of_a_share_lies_between_nothing_and_all(count: int, hits: int) -> None:
    found = estimates.wilson(min(hits, count), count)

    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_one_answer_has_no_interval_of_a_mean_and_none_has_no_estimate() -> None:
    assert estimates.mean([5], 1, 7) == Estimate(5, None, None, 1)
    assert estimates.nps([]) is None
    assert estimates.csat([]) is None
    assert estimates.mean([], 1, 7) is None
