"""What a benchmark says: figures beside a baseline of the same run and beside their budget. Ratios travel, seconds do not."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `is_floor` says that the budget is the least, not the most, that it may be."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None
    budget: float | None = None
    is_floor: bool = False

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of the baseline."""
        return None if not self.baseline_value else round(self.value / self.baseline_value, 3)

    @property
    def is_met(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.budget is None:
            return None
        return self.value >= self.budget if self.is_floor else self.value <= self.budget


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> dict[str, object]:
    """Return what the figures depend on: processors, how busy they were with other things, versions.

    The server is asked through its own database: a benchmark's may be gone by now.
    """
    import psycopg

    from kehu.platform.postgres.address import connection_parameters

    with psycopg.connect(**{**connection_parameters("postgres"), "dbname": "postgres"}) as server:
        row = server.execute("SELECT current_setting('server_version'), current_setting('fsync')").fetchone()
    version, fsync = row or ("", "")
    load = round(os.getloadavg()[0], 2)
    return {
        "processors": os.cpu_count(), "load": load, "python": platform.python_version(), "postgresql": version,
        "fsync": fsync,
    }  # fmt: skip


def told(bench: str, figures: Sequence[Figure], host: dict[str, object]) -> str:
    """Return everything as JSON."""
    rows = []
    for figure in figures:
        row = asdict(figure)
        del row["is_floor"]
        rows.append({**row, "ratio": figure.ratio, "met": figure.is_met})
    return json.dumps({"bench": bench, "machine": host, "figures": rows}, ensure_ascii=False, indent=2)


def shown(figures: Sequence[Figure]) -> str:
    """Return a table for people."""
    lines = []
    for f in figures:
        beside = f"{f.ratio:.2f} × {f.baseline} ({f.baseline_value:,.1f})" if f.ratio is not None else ""
        budget = "" if f.budget is None else f"budget {f.budget:,g}: {'met' if f.is_met else 'MISSED'}"
        lines.append(f"{f.name:<44} {f.value:>12,.1f} {f.unit:<9} {beside:<44} {budget}".rstrip())
    return "\n".join(lines)
