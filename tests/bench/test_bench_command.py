"""The command finds the benchmarks of its checkout, and keeps them away from the installation."""

import os

import pytest
from bench.figures import Figure, quantile, shown, told

from kehu.cli import bench
from kehu.cli.main import main


def test_every_benchmark_of_the_checkout_is_known() -> None:
    assert {"import", "ingest", "list", "profile", "segment", "send", "traits", "unit_sets"} <= set(
        bench.names()
    )


def test_an_unknown_benchmark_is_refused_with_the_names_of_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "speed"]) == 1
    assert "import" in capsys.readouterr().err


def test_a_benchmark_works_in_another_home_and_another_database(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ["KEHU_HOME"]
    monkeypatch.setenv("KEHU_HOME", before)
    monkeypatch.setenv("KEHU_DATABASE_NAME", "kehu")
    monkeypatch.delenv("KEHU_DATABASE_URL", raising=False)

    bench.move("kehu_bench_import")

    assert os.environ["KEHU_HOME"] == f"{before}/bench"
    assert os.environ["KEHU_DATABASE_NAME"] == "kehu_bench_import"


def test_a_figure_is_told_with_its_ratio_and_whether_its_budget_is_kept() -> None:
    fast = Figure("rows", 4_000, "rows/s", "COPY", 10_000, 3_000, is_floor=True)
    slow = Figure("page", 80, "ms", budget=50)

    assert (fast.ratio, fast.is_met, slow.ratio, slow.is_met) == (0.4, True, None, False)
    assert "MISSED" in shown([fast, slow])
    assert '"ratio": 0.4' in told("import", [fast, slow], {})


def test_quantiles_are_values_that_were_measured() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([1], 0.95) == 1
