"""How a waiting import is understood: read another way, mapped, kept for later; and the template."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

from kehu.collect.files.sniff import sniff
from kehu.collect.models import Import, Source
from kehu.govern.models.access import RolePermission
from kehu.platform.scope import SYSTEM, acting

TITLES = "衡川银行;客户名单;内部资料;请勿外传\n制表;王敏;复核;李强\n机构;杭州分行;日期;2026-11-23\n"
ROWS = "客户号;姓名;管理资产;存款余额\n6155401604;沈静仪;1,234,567.00;2,345,678.00\n"
SAID = {"delimiter": ";", "header_row": 3}
MAPPING = {"columns": {"客户号": "customer_no", "姓名": "name"}, "key": "客户号"}
Call = Callable[..., Caller]


def upload(caller: Caller, data: bytes = (TITLES + ROWS).encode("gb18030"), **form: str) -> Any:
    file = SimpleUploadedFile("客户.csv", data)
    return caller.client.post("/api/v1/imports", {"source": "core", "wait": "true", "file": file, **form})


def put(caller: Caller, path: str, body: Any) -> Any:
    return caller.client.put(f"/api/v1{path}", body, content_type="application/json")


@pytest.fixture
def steward(world: World, call: Call) -> Caller:
    return call(world.steward)


@pytest.fixture
def waiting(steward: Caller) -> str:
    return str(upload(steward).json()["id"])


def columns(caller: Caller, waiting: str) -> list[str]:
    return [each["column"] for each in caller.get(f"/imports/{waiting}/proposals").json()]


def test_a_file_is_read_as_said_and_proposed_anew(steward: Caller, waiting: str) -> None:
    before = steward.get(f"/imports/{waiting}").json()

    after = steward.patch(f"/imports/{waiting}/reading", SAID).json()

    assert before["reading"] == {"encoding": None, "delimiter": None, "header_row": None, "sheet": None}
    assert before["header_row"] != 3
    assert (after["encoding"], after["delimiter"], after["header_row"]) == ("gb18030", ";", 3)
    assert after["reading"] == before["reading"] | SAID
    assert after["mapping"]["columns"]["姓名"] == "name"
    assert columns(steward, waiting) == ["客户号", "姓名", "管理资产", "存款余额"]
    assert trail("import.read_again")[0].details == {"encoding": "gb18030", **SAID}


def test_what_is_said_can_be_taken_back(steward: Caller, waiting: str) -> None:
    before = steward.get(f"/imports/{waiting}").json()
    steward.patch(f"/imports/{waiting}/reading", SAID)

    assert steward.patch(f"/imports/{waiting}/reading", {}).json() == before


def test_a_file_may_come_with_its_reading(steward: Caller) -> None:
    made = upload(steward, reading='{"delimiter": ";", "header_row": 3}').json()

    assert columns(steward, made["id"]) == ["客户号", "姓名", "管理资产", "存款余额"]


def test_a_wrong_encoding_is_refused_in_words_and_changes_nothing(steward: Caller, waiting: str) -> None:
    before = steward.get(f"/imports/{waiting}").json()

    answer = steward.patch(f"/imports/{waiting}/reading", {"encoding": "utf-8"})

    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_encoding")
    assert "GB18030" in answer.json()["detail"]
    assert steward.get(f"/imports/{waiting}").json() == before


@pytest.mark.parametrize(
    "reading",
    [{"encoding": "ebcdic"}, {"delimiter": "x"}, {"header_row": -2}, {"header_row": 99}, {"sheet": "客户"}, {"delimiter": "|"}],
)  # fmt: skip
def test_a_reading_that_is_not_valid_is_refused(
    steward: Caller, waiting: str, reading: dict[str, Any]
) -> None:
    assert steward.patch(f"/imports/{waiting}/reading", reading).status_code == 422


def test_an_upload_with_a_reading_that_is_no_json_is_refused(steward: Caller) -> None:
    assert upload(steward, reading="gbk").status_code == 422


def test_an_import_that_has_ended_is_not_read_again(steward: Caller, waiting: str) -> None:
    with acting(SYSTEM):
        Import.objects.filter(pk=waiting).update(state="succeeded")

    assert steward.patch(f"/imports/{waiting}/reading", SAID).status_code == 409
    assert put(steward, f"/imports/{waiting}/mapping", {"mapping": MAPPING}).status_code == 409


def test_imports_of_another_unit_are_absent(world: World, call: Call, waiting: str) -> None:
    RolePermission.objects.filter(role_id="steward").update(scope="below")
    other = call(appoint(world, "steward", world.ningbo, "another-steward"))

    assert other.patch(f"/imports/{waiting}/reading", SAID).status_code == 404
    assert put(other, f"/imports/{waiting}/mapping", {"mapping": MAPPING}).status_code == 404


def test_a_mapping_is_kept_without_importing(world: World, steward: Caller, waiting: str) -> None:
    steward.patch(f"/imports/{waiting}/reading", SAID)

    kept = put(
        steward, f"/imports/{waiting}/mapping", {"mapping": MAPPING, "options": {"existing": "fill"}}
    ).json()

    assert (kept["state"], kept["mapping"], kept["options"]) == ("uploaded", MAPPING, {"existing": "fill"})
    found = Source.objects.get(key="core")
    assert found.mapping == {
        "客户号": "customer_no",
        "姓名": "name",
        "管理资产": "ignore",
        "存款余额": "ignore",
    }
    assert found.reading["customer"]["delimiter"] == ";"
    assert len(trail("import.save_mapping")) == 1


@pytest.mark.parametrize(
    "mapping", [{}, {"columns": {"没有这列": "name"}}, {"columns": {"客户号": "no_such_field"}}]
)
def test_a_mapping_that_cannot_be_used_is_not_kept(
    steward: Caller, waiting: str, mapping: dict[str, Any]
) -> None:
    assert put(steward, f"/imports/{waiting}/mapping", {"mapping": mapping}).status_code == 422
    assert Source.objects.get(key="core").mapping == {}


@pytest.mark.parametrize(
    ("language", "header"), [("zh", "客户号(识别客户)"), ("en", "Customer no. (identifies)")]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_a_table_with_the_fields_as_headers(
    steward: Caller, language: str, header: str, form: str
) -> None:
    answer = steward.get("/import-template", form=form, language=language)

    assert f"template-{language}.{form}" in answer.headers["Content-Disposition"]
    assert sniff(io.BytesIO(answer.content), f"a.{form}").columns[0] == header


def test_a_template_of_no_known_kind_is_refused(steward: Caller) -> None:
    assert steward.get("/import-template", kind="product").status_code == 422
