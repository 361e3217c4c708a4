"""Answers as CSV of codes with the syntax (`.sps`) that reads it: names, labels and missing values for whoever has no `.sav`.

A literal is cut to what SPSS holds and stands on one line, so that nothing that a person wrote ends a command.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from kehu.engage.surveys.files.variables import MOST_BYTES, Variable
from kehu.engage.surveys.files.writing import Cell, Table
from kehu.standardize.values.cells import write_table

DATA, SYNTAX = "answers.csv", "answers.sps"
MOST_VARIABLE_LABEL, MOST_VALUE_LABEL, MOST_FILE_LABEL, MOST_PIECE = 255, 120, 60, 80
_FORMATS = {"scale": "F20.2", "ordinal": "F8.0", "nominal": "F8.0"}


def write_zip(table: Table) -> tuple[bytes, int]:
    """Return a ZIP of `answers.csv` (codes) and `answers.sps`, and how many texts were cut to what SPSS holds."""
    names = [name for name, _ in table.lead] + [v.name for v in table.variables]
    cuts = 0
    rows: list[list[str]] = []
    for row in table.rows:
        told = [_told(cell) for cell in row]
        cuts += sum(len(cell.encode()) > MOST_BYTES for cell in told)
        rows.append([_within(cell, MOST_BYTES) for cell in told])
    data = write_table([names, *rows])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(DATA, data)
        packed.writestr(SYNTAX, _syntax(table, names, rows).encode("utf-8-sig"))
    return out.getvalue(), cuts


def literal(text: str, most: int) -> str:
    """Return a text of at most `most` bytes as a literal of SPSS; a long one in pieces, each on a line of its own."""
    kept, pieces, piece = _within(_line(text), most), [], ""
    for letter in kept:
        if len((piece + letter).encode()) > MOST_PIECE:
            pieces.append(piece)
            piece = ""
        piece += letter
    return " +\r\n    ".join("'" + one.replace("'", "''") + "'" for one in [*pieces, piece])


def _line(text: str) -> str:
    """Return a text on one line, without letters that nobody sees: SPSS ends a case, or a command, at a line's end."""
    return " ".join(
        "".join(c if unicodedata.category(c) not in {"Cc", "Zl", "Zp"} else " " for c in text).split()
    )


def _within(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _told(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return cell.isoformat() if isinstance(cell, date) else _line(cell or "")


def _syntax(table: Table, names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    labels = [label for _, label in table.lead] + [v.label for v in table.variables]
    kinds = [_lead_kind(table, place) for place in range(len(table.lead))] + [
        _FORMATS[v.measure] if v.kind == "number" else v.kind for v in table.variables
    ]
    shapes = [_shape(kind, [row[place] for row in rows]) for place, kind in enumerate(kinds)]
    commands = [
        "* Encoding: UTF-8.",
        f"* {DATA} 和这个文件放在同一个文件夹，先把它设为工作目录：CD '文件夹'.",
        "SET DECIMAL=DOT.",
        f"GET DATA\r\n  /TYPE=TXT\r\n  /FILE='{DATA}'\r\n  /ENCODING='UTF8'\r\n  /ARRANGEMENT=DELIMITED\r\n"
        '  /DELCASE=LINE\r\n  /DELIMITERS=","\r\n  /QUALIFIER=\'"\'\r\n  /FIRSTCASE=2\r\n  /VARIABLES=\r\n'
        + "\r\n".join(f"    {name} {shape}" for name, shape in zip(names, shapes, strict=True))
        + ".",
        f"FILE LABEL {literal(table.title, MOST_FILE_LABEL)}.",
        *(
            f"VARIABLE LABELS {name}\r\n    {literal(label, MOST_VARIABLE_LABEL)}."
            for name, label in zip(names, labels, strict=True)
        ),
        *_values(table.variables),
        "EXECUTE.",
    ]
    return "\r\n".join(commands) + "\r\n"


def _lead_kind(table: Table, place: int) -> str:
    cell = next((row[place] for row in table.rows), "")
    return "F8.0" if isinstance(cell, float) else "date" if isinstance(cell, date) else "text"


def _shape(kind: str, cells: Iterable[str]) -> str:
    if kind == "text":
        longest = max((len(cell.encode()) for cell in cells), default=0)
        return f"A{min(longest + 1, MOST_BYTES)}"
    return "SDATE10" if kind == "date" else kind


def _values(variables: Iterable[Variable]) -> Iterable[str]:
    for one in variables:
        if one.codes:
            words = "\r\n".join(
                f"    {code:.15g} {literal(word, MOST_VALUE_LABEL)}" for code, word in one.codes.items()
            )
            yield f"VALUE LABELS {one.name}\r\n{words}."
        if one.missing:
            yield f"MISSING VALUES {one.name} ({', '.join(f'{code:.15g}' for code in one.missing)})."
        if one.kind == "number":
            yield f"VARIABLE LEVEL {one.name} ({one.measure.upper()})."
