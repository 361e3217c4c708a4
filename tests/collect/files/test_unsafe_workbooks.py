"""Workbooks that are refused: bombs, lies, macros, entities, and names that leave their folder."""

import contextlib
import io
import re
import resource
import stat
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.collect.files.faults import (
    FileDamaged,
    FileRefused,
    HasEntities,
    HasMacros,
    IsEncrypted,
    OldWorkbook,
    PlainArchive,
    UnsafeArchive,
)
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import sniff

Make = Callable[..., bytes]
WORKBOOK = "xl/workbook.xml"


def package(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((WORKBOOK, b"<workbook/>"), *members):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def refusal(data: bytes, name: str = "客户.xlsx") -> type[FileRefused]:
    with pytest.raises(FileRefused) as caught:
        sniff(io.BytesIO(data), name)
    return caught.type


def lying(content: bytes, declared: int) -> bytes:
    """Return a package whose second member declares fewer bytes than it holds."""
    data = bytearray(package(("xl/worksheets/sheet1.xml", content)))
    real = struct.pack("<L", len(content))
    at = data.find(real)
    while at >= 0:
        data[at : at + 4] = struct.pack("<L", declared)
        at = data.find(real, at + 4)
    return bytes(data)


def test_a_bomb_is_refused_before_it_inflates() -> None:
    data = package(("xl/worksheets/sheet1.xml", b"\0" * 300_000_000))
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    assert refusal(data) is UnsafeArchive
    assert time.process_time() - started < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000


def test_a_size_that_is_a_lie_is_refused() -> None:
    assert refusal(lying(b"\0" * 30_000_000, 1_000)) is UnsafeArchive


def test_a_million_members_are_refused_before_their_names_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")

    assert refusal(out.getvalue()) is UnsafeArchive


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "a/../../x.xml", "..\\x.xml", "C:/x.xml"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    assert refusal(package((name, b"x"))) is UnsafeArchive


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refusal(package((link, b"/etc/passwd"))) is UnsafeArchive


def test_nested_archives_are_refused() -> None:
    assert refusal(package(("xl/embeddings/a.zip", b"PK"))) is UnsafeArchive
    assert refusal(package(("xl/embeddings/a.bin", package()))) is UnsafeArchive


def test_overlapping_members_are_refused() -> None:
    data = bytearray(package(("a.xml", b"a" * 50), ("b.xml", b"b" * 50)))
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\1\2"]
    data[entries[2] + 42 : entries[2] + 46] = data[entries[1] + 42 : entries[1] + 46]

    assert refusal(bytes(data)) is UnsafeArchive


def test_encrypted_members_are_refused() -> None:
    data = bytearray(package(("a.xml", b"a")))
    entry = data.rfind(b"PK\1\2")
    data[entry + 8] |= 1

    assert refusal(bytes(data)) is IsEncrypted


def test_macros_are_refused_by_name_and_by_content(workbook: Make, repacked: Make) -> None:
    data = workbook(["姓名", "城市"])

    assert refusal(data, "客户.xlsm") is HasMacros
    assert refusal(package(("xl/vbaProject.bin", b"x"))) is HasMacros


def test_other_packages_are_told_by_what_they_are() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("客户.csv", "a,b")

    assert refusal(out.getvalue()) is PlainArchive
    assert refusal(package(("xl/workbook.bin", b"x"))) is OldWorkbook


@pytest.mark.parametrize("cut", [10, 500, 2_000])
def test_a_package_that_breaks_off_is_damaged(cut: int, workbook: Make) -> None:
    assert refusal(workbook(["姓名", "城市"])[:-cut]) is FileDamaged


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>"""
DECLARATION = re.compile(rb"^<\?xml[^>]*>")
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused_in_every_part(
    prolog: bytes, part: str, excel_workbook: bytes, repacked: Make
) -> None:
    with zipfile.ZipFile(io.BytesIO(excel_workbook)) as archive:
        xml = archive.read(part)

    assert refusal(repacked(excel_workbook, **{part: prolog + DECLARATION.sub(b"", xml)})) is HasEntities


@pytest.mark.parametrize("bit", [0, 5, 6])
def test_a_part_that_says_it_is_encrypted_or_patched_is_refused(bit: int, workbook: Make) -> None:
    data = bytearray(workbook(["姓名", "城市"]))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags] |= 1 << bit
            place = data.find(signature, place + 4)

    assert refusal(bytes(data)) is not None


def test_a_row_number_beyond_excel_is_damage(workbook: Make, repacked: Make) -> None:
    data = workbook(["姓名", "城市"], ["沈静仪", "杭州"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    wrong = sheet.replace(b'r="2"', b'r="99999999"')
    stream = io.BytesIO(repacked(data, **{"xl/worksheets/sheet1.xml": wrong}))

    with pytest.raises(FileDamaged):
        list(read_rows(stream, sniff(stream, "a.xlsx")))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=20))
def test_damaged_packages_raise_nothing_but_refusals(
    damage: list[tuple[int, int]], excel_workbook: bytes
) -> None:
    data = bytearray(excel_workbook)
    for place, byte in damage:
        data[place % len(data)] = byte
    stream = io.BytesIO(bytes(data))

    with contextlib.suppress(FileRefused):
        list(read_rows(stream, sniff(stream, "a.xlsx")))
