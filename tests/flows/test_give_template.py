"""A template that was given out maps itself when it comes back, in both languages, empty and filled in."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.world import (
    NOW,
    World,
)

from kehu.collect.mapping.events import EVENT_FIELDS
from kehu.collect.models import Import
from kehu.flows.imports.give_template import Form, Kind, give_template
from kehu.flows.imports.start_import import get_proposals, start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting

LANGUAGES = ("zh", "en")
ROW = {"customer_no": "6155401604", "name": "沈静仪", "mobile": "13857101234"}


def uploaded(world: World, tmp_path: Path, data: bytes, form: Form, kind: Kind = "customer") -> Import:
    path = tmp_path / f"template.{form}"
    path.write_bytes(data)
    return start_import(
        upload=upload_file(path),
        source=world.core,
        kind=kind,
        mapping=None,
        waits=True,
        actor_id=None,
        now=NOW,
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_header_of_an_empty_template_maps_to_its_field(
    world: World, tmp_path: Path, form: Form, language: str
) -> None:
    job = uploaded(world, tmp_path, give_template(kind="customer", form=form, language=language), form)

    with acting(SYSTEM):
        found = {p.column: (p.field, p.certainty) for p in get_proposals(job) if p.role in {"field", "key"}}

    labels = {spec.key: spec.label.within(language) for spec in registry().values()}
    assert {field for field, _ in found.values()} == labels.keys()
    doubted = {field for field, certainty in found.values() if certainty != "high"}
    assert doubted <= {"resident_id"}, (
        "a column of that name may also hold passports, which a person confirms"
    )
    assert all(column.startswith(labels[field or ""]) for column, (field, _) in found.items())
    assert job.mapping["key"].startswith(labels["customer_no"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_template_maps_itself_units_and_managers_too(
    world: World, tmp_path: Path, language: str
) -> None:
    book = load_workbook(io.BytesIO(give_template(kind="customer", form="xlsx", language=language)))
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    labels = {spec.label.within(language): key for key, spec in registry().items()}
    known = [
        next((k for label, k in labels.items() if str(h).split("（")[0].split(" (")[0] == label), "")
        for h in headers
    ]
    sheet.append([ROW.get(key, "") for key in known[:-2]] + ["hz", "alice@hengchuan.example"])
    out = io.BytesIO()
    book.save(out)

    job = uploaded(world, tmp_path, out.getvalue(), "xlsx")

    assert ROW.keys() <= set(job.mapping["columns"].values())
    assert (job.mapping["unit"], job.mapping["owner"]) == (headers[-2], headers[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_of_events_maps_itself(world: World, tmp_path: Path, language: str) -> None:
    job = uploaded(
        world, tmp_path, give_template(kind="event", form="csv", language=language), "csv", "event"
    )

    assert {field.key for field in EVENT_FIELDS} - {"event_at"} <= set(job.mapping["columns"].values())
    assert job.mapping["event_at"] in job.form["columns"]
    assert "customer_no" in job.mapping["columns"].values()


def test_the_columns_of_the_workbook_are_text(world: World) -> None:
    sheet = load_workbook(io.BytesIO(give_template(kind="customer", form="xlsx", language="zh"))).worksheets[
        0
    ]

    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet["A1"].value == "客户号（识别客户）"
