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

    batch: int
    number: int
    week: date
    questions: frozenset[int]


Shown = set[frozenset[Told]]
answers = st.lists(st.tuples(st.integers(0, 12), st.frozensets(st.integers(0, 2))), max_size=80)


def batched(drawn: list[tuple[int, frozenset[int]]], least: int) -> list[Told]:
    """Return answers as they come, each in the batch that is being filled."""
    return [
        Told(number // least + 1, number, FIRST + timedelta(weeks=week), questions)
        for number, (week, questions) in enumerate(sorted(drawn, key=lambda one: one[0]))
    ]


def read(all_answers: list[Told], least: int, come: int) -> tuple[Shown, dict[int, Shown]]:
    """Return every set of answers that results and exports tell of once some have come: as a whole, and by question."""
    closed = close_buckets(
        all_answers[:come], batch_of=lambda one: one.batch, week_of=lambda one: one.week, least=least
    )
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


@given(answers, st.integers(5, 12), st.lists(st.integers(0, 80), min_size=1, max_size=6))
def test_no_union_or_difference_singles_out_fewer_than_the_threshold(
    drawn: list[tuple[int, frozenset[int]]], least: int, readings: list[int]
) -> None:
    all_answers = batched(drawn, least)
    everything: Shown = set()
    of_question: dict[int, Shown] = {0: set(), 1: set(), 2: set()}
    for come in readings:
        whole, parts = read(all_answers, least, come)
        everything |= whole.union(*parts.values())
        for question, shown in parts.items():
            of_question[question] |= shown

    assert all(len(atom) >= least for atom in atoms(everything))
    for question, shown in of_question.items():
        for atom in atoms(shown):
            assert sum(question in one.questions for one in atom) >= least


@given(answers, st.integers(5, 12))
def test_all_is_told_but_a_batch_that_is_being_filled(
    drawn: list[tuple[int, frozenset[int]]], least: int
) -> None:
    whole, _ = read(batched(drawn, least), least, len(drawn))

    assert len(drawn) - sum(map(len, whole)) < least
