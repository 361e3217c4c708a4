"""The parts of a workbook around its sheets: which sheets there are, the shared texts, and what the styles show.

Parts are found by the local names of elements, because strict and prefixed dialects of the format differ in the rest.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from kehu.collect.files.faults import FileDamaged, FileRefused
from kehu.platform.text import Text

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
# Chinese Excel numbers its own formats of dates, which the general list leaves out.
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
_MAX_PART_BYTES = 32 * 1024 * 1024
_TOO_MUCH_TEXT = Text(
    "工作簿里的样式或名称太多，无法稳妥读取。在 Excel 里另存为“CSV UTF-8（逗号分隔）”后上传。",
    "The workbook has too many styles or names to be read safely. Save it as “CSV UTF-8” in Excel and upload that.",
)


class Shown(Enum):
    """What a number format makes of a number."""

    PLAIN = "plain"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SCIENTIFIC = "scientific"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell of this style shows its number; `decimals` counts those of scientific notation."""

    shown: Shown = Shown.PLAIN
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet by its title and its member of the package."""

    title: str
    member: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What is needed to read the sheets; `starts_in_1904` is the calendar of old Macintosh files."""

    sheets: tuple[Sheet, ...]
    styles: tuple[Style, ...]
    shared_member: str | None
    starts_in_1904: bool


def read_parts(package: zipfile.ZipFile) -> Parts:
    """Read the sheets and styles of a workbook; raises `FileDamaged` where parts are missing."""
    root = _tree(package, _WORKBOOK)
    members = dict(_relations(package))
    sheets = tuple(
        Sheet(element.get("name", ""), member, element.get("state", "visible") == "visible")
        for element in _all(root, "sheet")
        if (member := _target(element, members)) is not None and "chartsheet" not in member
    )
    names = set(package.namelist())
    styles = _part(members, "styles", "xl/styles.xml", names)
    is_1904 = any(element.get("date1904", "0") in ("1", "true") for element in _all(root, "workbookPr"))
    return Parts(
        sheets=tuple(sheet for sheet in sheets if sheet.member in names),
        styles=_styles(_tree(package, styles)) if styles else (),
        shared_member=_part(members, "sharedStrings", "xl/sharedStrings.xml", names),
        starts_in_1904=is_1904,
    )


def _part(members: dict[str, tuple[str, str]], kind: str, usual: str, names: set[str]) -> str | None:
    """Return the member of a kind; some programs forget the relation and keep to the usual name."""
    member = next((name for each, name in members.values() if each == kind), usual)
    return member if member in names else None


def _tree(package: zipfile.ZipFile, member: str) -> Any:
    if package.getinfo(member).file_size > _MAX_PART_BYTES:
        raise FileRefused(_TOO_MUCH_TEXT)
    return fromstring(package.read(member))


def _all(root: Any, name: str) -> Iterator[Any]:
    return (element for element in root.iter() if _local(element.tag) == name)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relations(package: zipfile.ZipFile) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the id of each inner relation with its kind and member."""
    for element in _all(_tree(package, _RELATIONS), "Relationship"):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            yield element.get("Id", ""), (element.get("Type", "").rpartition("/")[2], member)


def _target(element: Any, members: dict[str, tuple[str, str]]) -> str | None:
    identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
    if identity is None:
        raise FileDamaged
    return members.get(identity, ("", None))[1]


def _styles(root: Any) -> tuple[Style, ...]:
    own = {element.get("numFmtId"): element.get("formatCode", "") for element in _all(root, "numFmt")}
    formats = next(_all(root, "cellXfs"), ())
    return tuple(_style(_format_code(each.get("numFmtId", "0"), own)) for each in formats)


def _format_code(number: str, own: dict[str | None, str]) -> str:
    if number in own:
        return own[number]
    if int(number) in _CHINESE_DATES:
        return "yyyy-mm-dd"
    return str(BUILTIN_FORMATS.get(int(number), "General"))


@lru_cache(maxsize=1_024)
def _style(code: str) -> Style:
    upper = code.upper()
    if "E+" in upper:
        return Style(Shown.SCIENTIFIC, upper.partition("E+")[0].partition(".")[2].count("0"))
    if is_timedelta_format(code):
        return Style(Shown.DURATION)
    if is_date_format(code):
        return Style(Shown.TIME if "h" in code.lower() else Shown.DATE)
    return Style()
