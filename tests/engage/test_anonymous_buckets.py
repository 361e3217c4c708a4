"""No two figures of an anonymous survey differ by fewer people than its threshold, whatever is asked and whenever."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kehu.engage.surveys.results.buckets import Step, by_period, close_buckets, held, join

FIRST = date(2026, 1, 5)
STEPS: tuple[Step, ...] = ("week", "month")


@dataclass(frozen=True)
class Told:
    """An answer of a week, and which questions it tells something to."""

    number: int
    week: date
    questions: frozenset[int]


Shown = set[frozenset[Told]]
answers = st.lists(st.tuples(st.integers(0, 12), st.frozensets(st.integers(0, 2))), max_size=80).map(
    lambda drawn: [Told(n, FIRST + timedelta(weeks=week), q) for n, (week, q) in enumerate(drawn)]
)


def read(all_answers: list[Told], least: int, today: date) -> tuple[Shown, dict[int, Shown]]:
    """Return every set of answers that results and exports tell of on a day: as a whole, and question by question."""
    there = [one for one in all_answers if one.week <= today]
    closed = close_buckets(there, week_of=lambda one: one.week, least=least, today=today)
    of_question: dict[int, Shown] = {}
    for question in range(3):
        told = join(closed, least, lambda one, question=question: question in one.questions)  # type: ignore[misc]  # bound early
        parts = [held(told), *(part for step in STEPS for _, part in by_period(told, step))]
        of_question[question] = {frozenset(part) for part in parts}
    return {frozenset(held(closed))}, of_question


def atoms(shown: Shown) -> list[frozenset[Told]]:
    """Return the finest sets that unions and differences of what was shown can single out."""
    seen: dict[frozenset[int], set[Told]] = {}
    sets = list(shown)
    for one in frozenset().union(*sets):
        seen.setdefault(frozenset(at for at, part in enumerate(sets) if one in part), set()).add(one)
    return [frozenset(part) for part in seen.values()]


@given(answers, st.integers(5, 12), st.lists(st.integers(0, 120), min_size=1, max_size=6))
def test_no_union_or_difference_singles_out_fewer_than_the_threshold(
    all_answers: list[Told], least: int, days: list[int]
) -> None:
    everything: Shown = set()
    of_question: dict[int, Shown] = {0: set(), 1: set(), 2: set()}
    for day in days:
        whole, parts = read(all_answers, least, FIRST + timedelta(days=day))
        everything |= whole.union(*parts.values())
        for question, shown in parts.items():
            of_question[question] |= shown

    assert all(len(atom) >= least for atom in atoms(everything))
    for question, shown in of_question.items():
        for atom in atoms(shown):
            assert sum(question in one.questions for one in atom) >= least


@given(answers, st.integers(5, 12))
def test_whole_weeks_are_told_once_there_are_enough(all_answers: list[Told], least: int) -> None:
    whole, _ = read(all_answers, least, FIRST + timedelta(weeks=60))
    told = sum(map(len, whole))

    assert (len(all_answers) - told) < least
