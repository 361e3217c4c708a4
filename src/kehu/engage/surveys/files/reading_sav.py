"""Reading `.sav`: variables become questions, cases become answers, user-missing values become nothing, refused or not shown.

A labelled variable is a single choice by its codes; a figure without labels is a number, a date a date, a string a text.
"""

import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kehu.engage.surveys.answers.collecting import HIDDEN
from kehu.engage.surveys.form.definition import MOST_QUESTIONS
from kehu.engage.surveys.form.parts import MOST_CHOICES, MOST_TEXT
from kehu.engage.surveys.form.questions import REFUSED
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MOST_CASES = 200_000
MOST_LETTERS = 4_000
_NOT_NAME = re.compile(r"[^a-z0-9_]+")
_REFUSED = re.compile(r"拒|不愿|refus", re.IGNORECASE)
_HIDDEN = re.compile(r"未显示|跳过|不适用|not shown|skipped|not applicable", re.IGNORECASE)


class SavNotRead(Invalid):
    """A file that is no SPSS file, or one that is too large for a survey."""

    code = "sav_not_read"


@dataclass(frozen=True, slots=True)
class ReadSav:
    """What a file holds: a questionnaire as SurveyJS JSON, the answers as they would be handed in, the names of its variables."""

    definition: dict[str, Any]
    answers: list[dict[str, Any]]
    columns: list[str]


def read_sav(data: bytes, *, title: str) -> ReadSav:
    """Read a file. Raises SavNotRead."""
    import pyreadstat

    try:
        columns, meta = pyreadstat.read_sav(io.BytesIO(data), user_missing=True, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, UnicodeError) as error:
        raise SavNotRead(
            Text("读不出来，它不是完整的 SPSS 文件（.sav）。", "This cannot be read as an SPSS file (.sav).")
        ) from error
    cases = meta.number_rows or 0
    if not 0 < len(meta.column_names) <= MOST_QUESTIONS or cases > MOST_CASES:
        raise SavNotRead(
            Text(
                f"最多 {MOST_QUESTIONS} 个变量、{MOST_CASES:,} 行。先在 SPSS 里选出需要的变量。",
                f"A file has at most {MOST_QUESTIONS} variables and {MOST_CASES:,} cases. Choose the variables you need in SPSS.",
            )
        )
    names = _names(meta.column_names)
    questions = [_question(column, names[column], columns[column], meta) for column in meta.column_names]
    answers: list[dict[str, Any]] = [{} for _ in range(cases)]
    for column, question in zip(meta.column_names, questions, strict=True):
        _fill(answers, question, columns[column], _missing(column, meta))
    shown = meta.file_label or title
    return ReadSav(
        {"title": shown[:MOST_TEXT], "pages": [{"name": "page1", "elements": questions}]},
        answers,
        meta.column_names,
    )


def _names(columns: list[str]) -> dict[str, str]:
    """Return a name of ours for each variable: small letters, a letter first, each once."""
    made: dict[str, str] = {}
    for column in columns:
        name = _NOT_NAME.sub("_", column.lower()).strip("_")[:28]
        name = name if name[:1].isalpha() else f"v_{name}".rstrip("_")
        base, number = name, 2
        while name in made.values():
            name, number = f"{base}_{number}", number + 1
        made[column] = name
    return made


def _missing(column: str, meta: Any) -> dict[float, str]:
    """Return the user-missing codes of a variable, with what each stands for: refused, hidden or empty."""
    words = meta.variable_value_labels.get(column, {})
    found: dict[float, str] = {}
    for span in meta.missing_ranges.get(column, []):
        low, high = span["lo"], span["hi"]
        if isinstance(low, str):
            continue
        for code in {low, high, *(c for c in words if not isinstance(c, str) and low <= c <= high)}:
            word = str(words.get(code, ""))
            found[float(code)] = REFUSED if _REFUSED.search(word) else HIDDEN if _HIDDEN.search(word) else ""
    return found


def _question(column: str, name: str, cells: list[Any], meta: Any) -> dict[str, Any]:
    label = (meta.column_names_to_labels.get(column) or column)[:MOST_TEXT].strip() or column
    element: dict[str, Any] = {"name": name, "title": label.replace("{", "（").replace("}", "）")}
    if any(isinstance(cell, str) and cell for cell in cells):
        return {**element, "type": "comment", "kehuKind": "text"}
    if any(isinstance(cell, date) for cell in cells):
        return {**element, "type": "text", "inputType": "date", "kehuKind": "date"}
    missing = _missing(column, meta)
    words = {
        code: str(word)
        for code, word in meta.variable_value_labels.get(column, {}).items()
        if not isinstance(code, str) and float(code) not in missing
    }
    codes = {float(cell) for cell in cells if _is_figure(cell) and float(cell) not in missing}
    if not words or len(codes | set(words)) > MOST_CHOICES:
        return {**element, "type": "text", "inputType": "number", "kehuKind": "number"}
    choices = [
        {"value": f"{code:g}", "text": words.get(code) or f"{code:g}"} for code in sorted(codes | set(words))
    ]
    refuse = {"showRefuseItem": True} if REFUSED in missing.values() else {}
    return {**element, "type": "radiogroup", "kehuKind": "single", "choices": choices, **refuse}


def _fill(
    answers: list[dict[str, Any]], question: Mapping[str, Any], cells: list[Any], missing: dict[float, str]
) -> None:
    """Put one variable into the answers. What a file says was not shown is kept as such."""
    name, kind = question["name"], question["kehuKind"]
    for answer, cell in zip(answers, cells, strict=True):
        why = missing.get(float(cell)) if _is_figure(cell) else None
        if why == HIDDEN:
            answer.setdefault(HIDDEN, []).append(name)
        elif why == REFUSED and kind == "single":
            answer[name] = REFUSED
        elif why is None and (value := _value(kind, cell)) is not None:
            answer[name] = value


def _value(kind: str, cell: Any) -> Any:
    if kind == "text":
        return cell[:MOST_LETTERS] if isinstance(cell, str) and cell.strip() else None
    if kind == "date":
        return cell.isoformat()[:10] if isinstance(cell, date) else None
    if not _is_figure(cell):
        return None
    return f"{float(cell):g}" if kind == "single" else float(cell)


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell)
