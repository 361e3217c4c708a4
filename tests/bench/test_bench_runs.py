"""Every benchmark runs to its end on a small crowd and prints one object, in a home that is new."""

import json

import pytest
from tests.installation import new_home

KEYS = {"name", "value", "unit", "baseline", "baseline_value", "ratio", "budget", "met"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["import", "ingest", "list", "profile", "segment", "send", "traits", "unit_sets"]
)
def test_a_benchmark_prints_one_object(name: str) -> None:
    with new_home() as home:
        told = json.loads(home.run("bench", name, "--json", "--customers", "1000"))

    assert (told["bench"], told["machine"]["postgresql"][:2]) == (name, "18")
    assert told["figures"]
    assert all(set(figure) == KEYS and figure["value"] >= 0 for figure in told["figures"])
