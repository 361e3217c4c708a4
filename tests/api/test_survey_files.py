"""Answers as files: what goes out is labelled, opens in a second reader, and comes back the same."""

import csv
import hashlib
import io
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pyreadstat
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.staff import appoint, trail
from tests.api.survey_scene import NPS, PLACE, WHY, answer, link_for, make_survey, marketer, questionnaire
from tests.conftest import Caller
from tests.world import World

from kehu.engage.surveys.files.syntax import literal
from kehu.engage.surveys.files.variables import MOST_BYTES, cut

MANY = {"type": "checkbox", "name": "many", "title": "用过哪些？",
        "choices": [{"value": "loan", "text": "贷款"}, {"value": "fund", "text": "基金"}]}  # fmt: skip
RATE = {"type": "matrix", "name": "rate", "title": "评价", "columns": [{"value": "good", "text": "好"}],
        "rows": [{"value": "wait", "text": "等候"}]}  # fmt: skip
DAY = {"type": "text", "inputType": "date", "name": "day", "title": "哪天办理？"}
FULL = questionnaire(NPS, WHY, PLACE, MANY, RATE, DAY)


@pytest.fixture
def writer(world: World, call: Callable[..., Caller]) -> Caller:
    return marketer(world, call)


@pytest.fixture
def survey(world: World, writer: Caller) -> dict[str, Any]:
    """A survey with three answers: of everything, of one that refused, of one that answered what he had to."""
    made = make_survey(writer, definition=FULL)
    told: list[dict[str, Any]] = [
        {"nps": 3, "why": "等了一个小时", "place": "app", "many": ["fund"], "rate": {"wait": "good"}, "day": "2026-11-20"},
        {"nps": 10, "place": "refused"},
        {"nps": 6, "why": "=1+1"},
    ]  # fmt: skip
    for number, data in enumerate(told):
        customer = world.say(world.core, str(number), unit=world.xihu, owner=world.alice, name="沈静仪")
        assert answer(link_for(writer, made, customer.profiles.created[0]), **data).status_code == 204
    return made


def export(caller: Caller, survey: dict[str, Any], form: str, purpose: str = "care") -> Any:
    return caller.get(f"/surveys/{survey['id']}/export", format=form, purpose=purpose)


def test_an_spss_file_has_names_labels_and_reasons_of_missing_values(
    writer: Caller, survey: dict[str, Any]
) -> None:
    given = export(writer, survey, "sav")

    frame, meta = pyreadstat.read_sav(io.BytesIO(given.content), user_missing=True)
    assert all(name.isascii() for name in meta.column_names)
    assert meta.file_label == "服务回访"
    assert meta.column_names_to_labels["nps"] == "您会推荐我们吗？"
    assert meta.column_names_to_labels["many_2"] == "用过哪些？：基金"
    assert meta.variable_value_labels["place"] == {
        1: "网点", 2: "手机银行", -7: "未显示", -8: "不愿回答", -9: "未回答",
    }  # fmt: skip
    spans: list[Any] = list(meta.missing_ranges["place"])
    assert sorted(span["lo"] for span in spans) == [-9, -8, -7]
    assert frame["nps"].tolist() == [3, 10, 6]
    assert frame["place"].tolist() == [2, -8, -9]
    assert frame[["many_1", "many_2"]].to_numpy().tolist() == [[0, 1], [-9, -9], [-9, -9]]
    assert frame["rate_1"].tolist() == [1, -9, -9]
    assert frame["why"].tolist() == ["等了一个小时", "", "=1+1"]
    assert str(frame["day"].tolist()[0]) == "2026-11-20"


def test_missing_values_stay_out_of_what_a_reader_counts(writer: Caller, survey: dict[str, Any]) -> None:
    frame, _ = pyreadstat.read_sav(io.BytesIO(export(writer, survey, "sav").content))

    assert frame["place"].dropna().tolist() == [2]
    assert frame["many_2"].dropna().tolist() == [1]


def test_a_second_reader_opens_it_with_its_labels(
    writer: Caller, survey: dict[str, Any], tmp_path: Path
) -> None:
    """PSPP where it is installed; else the bytes themselves, by the layout that PSPP's developers published."""
    data = export(writer, survey, "sav").content
    file = tmp_path / "answers.sav"
    file.write_bytes(data)
    if (pspp := shutil.which("pspp")) is None:
        assert data[:4] == b"$FL2"
        assert struct.unpack_from("<i", data, 80) == (3,)
        assert "手机银行".encode() in data
        return
    syntax = tmp_path / "look.sps"
    syntax.write_text(f"GET FILE='{file}'.\nDISPLAY DICTIONARY.\nFREQUENCIES place.\n", encoding="utf-8")
    told = subprocess.run(
        [pspp, syntax], capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    for word in ("您在哪里办理？", "手机银行", "不愿回答"):
        assert word in told.stdout
    assert "error" not in told.stdout.lower()


def test_a_table_has_words_and_no_formula(writer: Caller, survey: dict[str, Any]) -> None:
    given = export(writer, survey, "csv")

    lines = given.content.decode("utf-8-sig").splitlines()
    assert "您在哪里办理？" in lines[0]
    assert "手机银行" in lines[1]
    assert "'=1+1" in lines[3]
    (event,) = trail("survey.export")
    assert (event.row_count, event.details["sha256"]) == (3, hashlib.sha256(given.content).hexdigest())


def test_personal_answers_go_out_for_a_purpose_and_of_whom_it_allows(
    world: World, writer: Caller, survey: dict[str, Any], call: Callable[..., Caller]
) -> None:
    assert export(writer, survey, "csv", "").json()["code"] == "purpose_missing"
    compliance = call(appoint(world, "compliance", name="second"))
    terms = {"legal_basis": "consent", "channels": ["sms"], "retention_days": 365, "notice": "研究"}
    compliance.post("/purposes", {"key": "study", "name": "研究", **terms})
    assert export(writer, survey, "csv", "study").headers["X-Kehu-Rows"] == "0"
    assert export(call(world.alice), survey, "csv").status_code == 403
    assert writer.get(f"/surveys/{UUID(int=7)}/export", format="csv").status_code == 404
    assert export(writer, survey, "xls").status_code == 422


def test_anonymous_answers_carry_no_ids_and_go_out_from_a_threshold_on(writer: Caller) -> None:
    survey = make_survey(writer, "anonymous", threshold=5)
    token = survey["path"].split("#")[1]
    for score in (9, 9, 3, 10):
        answer(token, nps=score)
    assert export(writer, survey, "sav", "").json()["code"] == "survey_state"

    answer(token, nps=8, place="app")

    frame, meta = pyreadstat.read_sav(io.BytesIO(export(writer, survey, "sav", "").content))
    assert meta.column_names == ["nps", "why", "place"]
    assert sorted(frame["nps"]) == [3, 8, 9, 9, 10]


def upload(caller: Caller, data: bytes, name: str = "年度调查.sav") -> Any:
    return caller.client.post("/api/v1/surveys/import", {"file": SimpleUploadedFile(name, data)})


def test_what_went_out_comes_back_with_labels_and_answers(writer: Caller, survey: dict[str, Any]) -> None:
    made = upload(writer, export(writer, survey, "sav").content)

    assert (made.status_code, made.json()["name"], made.json()["state"]) == (201, "年度调查", "closed")
    found = writer.get(f"/surveys/{made.json()['id']}/results").json()
    place = next(question for question in found["questions"] if question["name"] == "place")
    assert found["answers"] == 3
    assert place["title"]["default"] == "您在哪里办理？"
    assert [(s["text"]["default"], s["count"]) for s in place["shares"]] == [("网点", 0), ("手机银行", 1)]
    assert (place["count"], place["refused"]) == (1, 1)
    assert next(q for q in found["questions"] if q["name"] == "why")["texts"] == ["=1+1", "等了一个小时"]
    assert len(trail("survey.import")) == 1


@pytest.mark.parametrize("data", [b"", b"$FL2", b"name,age\n1,2\n", b"$FL2" + bytes(400)])
def test_a_file_that_is_no_spss_file_is_refused(writer: Caller, data: bytes) -> None:
    assert upload(writer, data).status_code == 422
    assert writer.get("/surveys").json() == []


def test_a_text_is_cut_to_what_spss_holds() -> None:
    told, was_cut = cut("很" * 11_000)

    assert was_cut
    assert len(told.encode()) <= MOST_BYTES
    assert cut("短") == ("短", False)


def parse(text: str) -> dict[str, list[list[str]]]:
    """Return the commands of a syntax as SPSS splits them: by a full stop that ends a line."""
    commands: dict[str, list[list[str]]] = {}
    for command in re.split(r"\.\r\n", text.removeprefix("\ufeff")):
        if command.startswith("*") or not command.strip():
            continue
        found = re.findall(r"'(?:[^']|'')*'|[^\s']+", re.sub(r"' \+\s+'", "", command))
        tokens = [one[1:-1].replace("''", "'") if one.startswith("'") else one for one in found]
        commands.setdefault(" ".join(tokens[:2]), []).append(tokens[2:])
    return commands


def test_the_syntax_beside_a_table_of_codes_says_what_the_spss_file_says(
    writer: Caller, survey: dict[str, Any]
) -> None:
    """Every variable is read, labelled and missing as pyreadstat finds it in the `.sav` of the same answers."""
    given = export(writer, survey, "sps")
    frame, meta = pyreadstat.read_sav(io.BytesIO(export(writer, survey, "sav").content), user_missing=True)

    assert (given.headers["Content-Type"], given.headers["X-Kehu-Rows"]) == ("application/zip", "3")
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        told = parse(packed.read("answers.sps").decode())
        table = list(csv.reader(io.StringIO(packed.read("answers.csv").decode("utf-8-sig"))))
    assert table[0] == meta.column_names
    place = table[0].index("place")
    assert [float(row[place]) for row in table[1:]] == frame["place"].tolist()
    (read,) = told["GET DATA"]
    shapes = read[read.index("/VARIABLES=") + 1 :]
    shape = dict(zip(shapes[::2], shapes[1::2], strict=True))
    assert list(shape) == meta.column_names
    assert (shape["nps"], shape["day"], shape["answered_on"]) == ("F8.0", "SDATE10", "SDATE10")
    assert int(shape["why"][1:]) >= len("等了一个小时".encode())
    labels = {key.split()[2]: words[0][0] for key, words in _named(told, "VARIABLE LABELS").items()}
    assert labels == meta.column_names_to_labels
    coded = {key.split()[2]: words[0] for key, words in _named(told, "VALUE LABELS").items()}
    assert set(coded) == set(meta.variable_value_labels)
    for name, words in coded.items():
        assert dict(zip(map(float, words[::2]), words[1::2], strict=True)) == meta.variable_value_labels[name]
    missing = {key.split()[2]: codes[0] for key, codes in _named(told, "MISSING VALUES").items()}
    assert set(missing) == set(meta.missing_ranges)
    for name, codes in missing.items():
        spans: list[Any] = list(meta.missing_ranges[name])
        assert sorted(float(code.strip("(),")) for code in codes) == sorted(span["lo"] for span in spans)


def _named(told: dict[str, list[list[str]]], command: str) -> dict[str, list[list[str]]]:
    return {f"{command} {tokens[0]}": [tokens[1:]] for tokens in told[command]}


@pytest.mark.parametrize(
    "text", ["it's", "one.\r\nERASE FILE='x'.", "'.\nHOST COMMAND=['rm'].", "很" * 200, "'" * 300]
)
def test_what_a_person_wrote_ends_no_command(text: str) -> None:
    pieces = literal(text, 255).split(" +\r\n    ")

    assert all(re.fullmatch(r"'(?:[^'\r\n]|'')*'", piece) for piece in pieces)
    meant = "".join(piece[1:-1].replace("''", "'") for piece in pieces)
    assert " ".join(text.split()).startswith(meant)
    assert 0 < len(meant.encode()) <= 255


def test_a_trial_tells_what_would_come_of_a_file_and_writes_nothing(
    writer: Caller, survey: dict[str, Any]
) -> None:
    data = export(writer, survey, "sav").content

    told = writer.client.post(
        "/api/v1/surveys/import/trial", {"file": SimpleUploadedFile("年度调查.sav", data)}
    ).json()

    assert (told["title"], told["cases"]) == ("服务回访", 3)
    place = next(one for one in told["variables"] if one["variable"] == "place")
    assert place == {
        "variable": "place", "title": "您在哪里办理？", "kind": "single", "choices": ["网点", "手机银行"],
        "answered": 1, "refused": 1,
    }  # fmt: skip
    assert [row["id"] for row in writer.get("/surveys").json()] == [survey["id"]]
    assert trail("survey.import") == []
