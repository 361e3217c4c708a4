"""Ranking, rests and hold-out: pure rules, the same for the same facts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kehu.engage.recommendations.holdout import chance, is_held_out
from kehu.engage.recommendations.ranking import ByRule, Candidate
from kehu.engage.recommendations.resting import STAYS, Past, begins_showing, rests_until

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
WHO = UUID("01930000-0000-7000-8000-000000000001")
CANDIDATES = st.lists(
    st.builds(Candidate, st.text("abc", min_size=1, max_size=3), st.integers(1, 100), st.floats(0, 1)),
    unique_by=lambda one: one.key,
)


@given(CANDIDATES, st.randoms())
def test_the_order_in_which_offers_come_changes_nothing(candidates: list[Candidate], dice: object) -> None:
    shuffled = sorted(candidates, key=lambda one: hash((one.key, str(dice))))

    ranked = ByRule().rank(WHO, candidates)

    assert ranked == ByRule().rank(WHO, shuffled)
    assert sorted(one.key for one in ranked) == sorted(one.key for one in candidates)
    priorities = {one.key: one.priority for one in candidates}
    assert [priorities[one.key] for one in ranked] == sorted(priorities.values(), reverse=True)


@given(st.uuids(), st.text(max_size=20), st.floats(0, 1))
def test_who_is_held_out_stays_so_when_the_share_grows(who: UUID, key: str, share: float) -> None:
    assert 0 <= chance(key, who) < 1
    assert is_held_out(key, share, who) == is_held_out(key, share, who)
    assert not is_held_out(key, share, who) or is_held_out(key, min(1.0, share + 0.1), who)


def test_a_share_is_held_out_about_as_large_as_asked() -> None:
    held = sum(is_held_out("card", 0.1, UUID(int=number)) for number in range(20_000))

    assert 1_800 < held < 2_200


@given(st.integers(0, 3_000), st.integers(0, 60), st.integers(0, 400))
def test_what_was_shown_stays_a_week_and_then_rests(hours: int, after_shown: int, after_answer: int) -> None:
    past = Past(shown_at=NOW - timedelta(hours=hours))
    until = rests_until(past, after_shown=after_shown, after_answer=after_answer, now=NOW)
    age = timedelta(hours=hours)

    assert (until is not None) == (STAYS <= age < STAYS + timedelta(days=after_shown))
    assert begins_showing(past, NOW) == (age >= STAYS)
    interest = Past(shown_at=past.shown_at, interested_at=past.shown_at)
    assert rests_until(interest, after_shown=after_shown, after_answer=after_answer, now=NOW) is None


def test_an_answer_rests_longer_than_an_interest_before_it() -> None:
    past = Past(interested_at=NOW - timedelta(days=3), answered_at=NOW - timedelta(days=1))

    assert rests_until(past, after_shown=0, after_answer=2, now=NOW) == NOW + timedelta(days=1)
    assert rests_until(past, after_shown=0, after_answer=1, now=NOW) is None
