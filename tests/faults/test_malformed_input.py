"""F-24: input that is broken, hostile or merely rare is refused in words or kept exactly; never a 500, never a third thing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.conftest import Caller
from tests.world import World

from kehu.collect.models import Import
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer

RARE_HAN = chr(0x20BB7) + chr(0x3400) + "龘" + chr(0x30EDE)
ID_15, ID_18 = "330106870315641", "330106198703156412"
ID_X = "33010619870315648X"


def create(caller: Caller, **values: str) -> Any:
    return caller.post("/customers", {"values": values})


def read(caller: Caller, customer: str) -> dict[str, str]:
    """Return the shown values of a customer by field."""
    profile = caller.get(f"/customers/{customer}").json()
    return {field["key"]: field["shown"]["display"] for field in profile["fields"]}


def revealed(caller: Caller, customer: str, field: str) -> str:
    answer = caller.post(f"/customers/{customer}/reveal", {"fields": [field], "reason": "核对"})
    return str(answer.json()["fields"][field])


def import_bytes(world: World, tmp_path: Path, data: bytes) -> Import:
    path = tmp_path / "客户.csv"
    path.write_bytes(data)
    with acting(SYSTEM):
        job = start_import(
            upload=upload_file(path), source=world.core, mapping=None, actor_id=None, now=world_now()
        )
    run_import(job.pk)
    with acting(SYSTEM):
        return Import.objects.get(pk=job.pk)


def world_now() -> Any:
    from django.utils import timezone

    return timezone.now()


def names() -> list[str]:
    with acting(SYSTEM):
        return sorted(Customer.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    "name", [RARE_HAN, f"{RARE_HAN}·沈", "吉" + chr(0xFE00)], ids=["rare", "dotted", "variant"]
)
def test_han_of_four_bytes_comes_back_as_it_was_entered(
    world: World, call: Callable[..., Caller], name: str
) -> None:
    steward = call(world.steward)

    made = create(steward, name=name, note=f"备注{name}").json()["id"]

    assert read(steward, made)["name"] == name.rstrip(chr(0xFE00)) or read(steward, made)["name"] == name
    assert name.rstrip(chr(0xFE00)) in revealed(steward, made, "note")
    assert steward.post("/customers/search", {"q": name}).json()["items"][0]["id"] == made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_imported_name_is_the_same_in_every_encoding(world: World, tmp_path: Path, encoding: str) -> None:
    done = import_bytes(world, tmp_path, f"客户号,姓名,备注\n1,{RARE_HAN},甲\n2,沈静仪,乙\n".encode(encoding))

    assert (done.state, done.rows_accepted) == ("succeeded", 2)
    assert names() == sorted([RARE_HAN, "沈静仪"])


def test_bytes_that_are_no_text_cost_their_own_row_only(world: World, tmp_path: Path) -> None:
    rows = [f"{n},客户{chr(0x4E00 + n)},正常的一行备注\n".encode() for n in range(200)]
    rows[7], rows[9] = b"7,\xff\xfe\xfa,x\n", b"9,\0\0,x\n"

    done = import_bytes(world, tmp_path, "客户号,姓名,备注\n".encode() + b"".join(rows))

    assert (done.state, done.rows_accepted, done.rows_rejected) == ("succeeded", 198, 2)


@pytest.mark.parametrize(
    "text",
    [
        "沈\u200b静\u200d仪",
        "\u202e沈静仪\u202c",
        "\ufeff沈静仪",
        "沈静仪\u2066\u2069",
        "沈\x00静仪",
        "沈静仪\ud83d",
    ],
    ids=ascii,
)
def test_what_nobody_can_see_is_not_kept(
    world: World, call: Callable[..., Caller], tmp_path: Path, text: str
) -> None:
    steward = call(world.steward)

    answer = create(steward, name=text)

    assert answer.status_code in {201, 422}
    if answer.status_code == 201:
        assert read(steward, answer.json()["id"])["name"] == "沈静仪"


def test_a_name_reads_the_same_however_it_comes_in(
    world: World, call: Callable[..., Caller], tmp_path: Path
) -> None:
    text = "\u202e沈\u200b静仪\ufeff"
    create(call(world.steward), name=text)

    import_bytes(world, tmp_path, f"客户号,姓名,备注\n1,{text},甲\n2,顾长林,乙\n".encode())

    assert names() == sorted(["沈静仪", "沈静仪", "顾长林"])


def test_an_old_number_and_a_small_x_name_the_same_person(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    one = create(steward, name="沈静仪", resident_id=ID_X.lower()).json()["id"]

    for written in (ID_X, ID_X.lower(), f" {ID_X[:6]} {ID_X[6:]} ", "３３０１０６１９８７０３１５６４８Ｘ"):
        found = steward.post("/customers/lookup", {"kind": "resident_id", "value": written})
        assert found.json().get("id") == one, written
    assert revealed(steward, one, "resident_id") == ID_X


def test_a_number_of_fifteen_digits_is_the_one_of_eighteen(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    one = create(steward, name="沈静仪", resident_id=ID_15).json()["id"]

    found = steward.post("/customers/lookup", {"kind": "resident_id", "value": ID_18})

    assert found.json().get("id") == one


@pytest.mark.parametrize(
    "body",
    [
        b'{"values": {"name": "\xc9\xf2\xbe\xb2\xd2\xc7"}}', b'{"values": {"name": "\\ud842"}}',
        b'{"values": {"name": NaN}}', b'{"values": {"aum": 1e400}}', b'{"values": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"values": ' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", b"\xef\xbb\xbf{}", b"", b"\0",
    ],
    ids=["gbk", "lone surrogate", "nan", "endless", "deep lists", "deep objects", "bom", "empty", "nul"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_entered(
    world: World, call: Callable[..., Caller], body: bytes
) -> None:
    steward = call(world.steward)

    answer = steward.client.generic("POST", "/api/v1/customers", body, content_type="application/json")

    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert names() == []


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "1e400", "-1e400", "9" * 400, "1E999999999"])
def test_a_figure_that_is_none_is_refused(world: World, call: Callable[..., Caller], figure: str) -> None:
    assert create(call(world.steward), name="沈静仪", income=figure).status_code == 422


def test_of_two_equal_keys_the_last_one_counts_for_everybody(
    world: World, call: Callable[..., Caller]
) -> None:
    steward = call(world.steward)
    body = '{"values": {"name": "先", "name": "后"}, "values": {"name": "甲", "name": "乙"}}'

    answer = steward.client.generic("POST", "/api/v1/customers", body, content_type="application/json")

    assert (answer.status_code, names()) == (201, [json.loads(body)["values"]["name"]])


def test_a_field_of_ten_megabytes_is_refused(
    world: World, call: Callable[..., Caller], tmp_path: Path
) -> None:
    answer = create(call(world.steward), name="沈静仪", note="长" * 3_500_000)
    done = import_bytes(
        world, tmp_path, f"客户号,姓名,备注\n1,沈静仪,{'长' * 3_500_000}\n2,顾长林,短\n".encode()
    )

    assert answer.status_code in {400, 413, 422}
    assert (done.rows_accepted, done.rows_rejected) == (1, 1)
    assert names() == ["顾长林"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "客户\r\nX: 1.csv", "a" * 5000 + ".csv", "con\x00.csv", "𠮷.csv"]
)
def test_a_file_may_have_any_name(world: World, call: Callable[..., Caller], name: str) -> None:
    file = SimpleUploadedFile("客户.csv", "客户号,姓名\n1,沈静仪\n2,顾长林\n".encode())
    file.name = name
    steward = call(world.steward)

    answer = steward.client.post("/api/v1/imports", {"source": "core", "wait": "true", "file": file})

    assert answer.status_code in {202, 400, 422}
    if answer.status_code == 202:
        shown = steward.get(f"/imports/{answer.json()['id']}").json()["file_name"]
        assert not set("/\n") & set(shown)
        assert len(shown) <= 255
