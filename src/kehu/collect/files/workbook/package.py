"""Whether the package of a workbook is safe to open: decided from its directory before anything is inflated.

The directory may lie, so members are also inflated for a check, up to a budget; reading never goes beyond the
declared size of a member, so a lie that is found later ends in a damaged file and not in a full memory.
"""

import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from kehu.collect.files.faults import (
    FileDamaged,
    HasMacros,
    IsEncrypted,
    OldWorkbook,
    PlainArchive,
    UnsafeArchive,
)
from kehu.collect.files.form import MAX_FILE_BYTES

MAX_MEMBERS = 10_000
MAX_RATIO = 100
# Tiny members of a few repeated bytes exceed any ratio and harm nobody.
_HARMLESS_BYTES = 256 * 1024
_CHECK_BYTES = 48 * 1024 * 1024
_PIECE = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_WORKBOOK = "xl/workbook.xml"
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".jar", ".7z", ".rar", ".gz")
_ENCRYPTED = 0x1


def open_package(stream: BinaryIO) -> zipfile.ZipFile:
    """Open the package of an xlsx file after every check of its directory.

    Raises the `FileRefused` that fits; nothing but the directory has been read until here.
    """
    _refuse_too_many_members(stream)
    stream.seek(0)
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as fault:
        raise FileDamaged from fault
    members = package.infolist()
    _check_sizes(members)
    for member in members:
        _check_member(member)
    _check_kind({member.filename for member in members})
    return package


def check_contents(stream: BinaryIO, package: zipfile.ZipFile) -> None:
    """Inflate members, small ones first and 48 MB in all, to find sizes that are lies and nested archives."""
    budget = _CHECK_BYTES
    for member in sorted(package.infolist(), key=lambda each: each.file_size):
        budget -= _check_content(stream, member, budget)
        if budget <= 0:
            return


def _refuse_too_many_members(stream: BinaryIO) -> None:
    """Read the count at the end of the package, before a directory of a million names is built in memory."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - 65_557))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise FileDamaged
    count, directory_bytes = struct.unpack_from("<HL", tail, at + 10)
    if count > MAX_MEMBERS or (directory_bytes > MAX_MEMBERS * 512 and directory_bytes != 2**32 - 1):
        raise UnsafeArchive
    wide = tail.rfind(b"PK\6\6")
    if wide >= 0 and len(tail) >= wide + 48:
        count, directory_bytes = struct.unpack_from("<QQ", tail, wide + 32)
        if count > MAX_MEMBERS or directory_bytes > MAX_MEMBERS * 512:
            raise UnsafeArchive


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_FILE_BYTES:
        raise UnsafeArchive
    if len({member.filename for member in members}) != len(members):
        raise UnsafeArchive
    until = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < until:
            raise UnsafeArchive
        until = member.header_offset + _LOCAL_HEADER.size + member.compress_size


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    is_outside = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_bomb = member.file_size > _HARMLESS_BYTES and member.file_size > MAX_RATIO * max(
        member.compress_size, 1
    )
    if is_outside or is_link or is_bomb or "\0" in name or name.lower().endswith(_ARCHIVES):
        raise UnsafeArchive
    if member.flag_bits & _ENCRYPTED:
        raise IsEncrypted
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsafeArchive


def _check_kind(names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise HasMacros
    if "xl/workbook.bin" in lowered:
        raise OldWorkbook
    if _WORKBOOK not in names:
        raise PlainArchive


def _check_content(stream: BinaryIO, member: zipfile.ZipInfo, budget: int) -> int:
    """Inflate a member up to its declared size, or the budget, and return the number of bytes that came out."""
    stream.seek(member.header_offset)
    head = stream.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(b"PK\3\4"):
        raise FileDamaged
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(head)
    stream.seek(name_length + extra_length, 1)
    if member.compress_type == zipfile.ZIP_STORED:
        if member.compress_size != member.file_size or stream.read(2) == b"PK":
            raise UnsafeArchive
        return 0
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left, made, piece = member.compress_size, 0, b""
    limit = min(member.file_size, budget)
    while not inflater.eof and made <= limit:
        if not piece:
            piece = stream.read(min(_PIECE, left))
            left -= len(piece)
            if not piece:
                break
        try:
            out = inflater.decompress(piece, min(_PIECE, limit + 1 - made) or 1)
        except zlib.error as fault:
            raise FileDamaged from fault
        if not made and out.startswith(b"PK\3\4"):
            raise UnsafeArchive
        made += len(out)
        piece = inflater.unconsumed_tail
    if made > member.file_size:
        raise UnsafeArchive
    return made
