"""How well records were joined, measured on pairs: every two records of one person are one true pair."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Score:
    """Pairwise quality of a clustering.

    `missing` records stand in the truth but in no cluster (they were refused) and count as joined to
    nothing; `unknown` ones are no part of the truth and are left out.
    """

    precision: float
    recall: float
    f1: float
    pairs_true: int
    pairs_found: int
    pairs_right: int
    records: int
    missing: int
    unknown: int


def evaluate(truth: Path, clusters: Iterable[tuple[str, str, str]]) -> Score:
    """Compare clusters, given as (source, key, customer id), with the truth file; linear in the records.

    A record that is given twice counts once, as it was first given.
    """
    people = _read(truth)
    records = len(people)
    true_sizes = Counter(people.values())
    found_sizes: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    unknown = 0
    for source, key, customer in clusters:
        record = (source, key)
        if record in seen:
            continue
        person = people.pop(record, None)
        if person is None:
            unknown += 1
            continue
        seen.add(record)
        found_sizes[customer] += 1
        shared[person, customer] += 1
    return _score(
        true=_pairs(true_sizes),
        found=_pairs(found_sizes),
        right=_pairs(shared),
        counts=(records, len(people), unknown),
    )


def _read(truth: Path) -> dict[tuple[str, str], str]:
    with truth.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {(source, key): person for source, key, person in rows}


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _score(*, true: int, found: int, right: int, counts: tuple[int, int, int]) -> Score:
    """Nothing found is no wrong join, and nothing to find is nothing missed: both count as 1."""
    precision = right / found if found else 1.0
    recall = right / true if true else 1.0
    total = precision + recall
    records, missing, unknown = counts
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / total if total else 0.0,
        pairs_true=true,
        pairs_found=found,
        pairs_right=right,
        records=records,
        missing=missing,
        unknown=unknown,
    )
