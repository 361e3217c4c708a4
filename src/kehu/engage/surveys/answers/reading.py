"""Reads an answer: which questions were shown, whether each value fits, what may lie clear and what is sealed.

What was not shown is not kept, whatever was sent; a refusal is kept as `refused`.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kehu.engage.surveys.faults import AnswerInvalid
from kehu.engage.surveys.form.questions import REFUSED, SCORES, Definition, Question
from kehu.platform.text import Text

MOST_LETTERS = 4_000
MOST_FILE = 1_000_000
FILE_TYPES = frozenset({"image/png", "image/jpeg", "application/pdf"})


@dataclass(slots=True)
class Given:
    """An answer that fits: `plain` lies clear, `secret` is sealed, `hidden` are the questions that were not shown."""

    plain: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, Any] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    def scores(self, definition: Definition) -> dict[str, int]:
        """Return the first answer of each measure (nps, csat, ces)."""
        found: dict[str, int] = {}
        for question in definition.questions:
            if question.kind in SCORES and question.name in self.plain:
                found.setdefault(question.kind, int(self.plain[question.name]))
        return found


def read_answer(definition: Definition, data: Mapping[str, Any], *, is_whole: bool = True) -> Given:
    """Check an answer. Raises AnswerInvalid; what is missing counts only when the answer is to be whole."""
    given = Given()
    seen: dict[str, Any] = {}
    hidden: list[str] = []
    for question in definition.questions:
        if not all(logic.holds(seen) for logic in question.visible_if):
            hidden.append(question.name)
            continue
        value = data.get(question.name)
        if value is None or value in ("", [], {}):
            if is_whole and question.is_required:
                raise AnswerInvalid(question.name, Text("这道题需要回答。", "This question needs an answer."))
            continue
        read = _READERS[question.kind](question, value)
        is_condition = (
            question.kind == "consent" and not question.purpose
        )  # a purpose is refused freely (PIPL 16)
        if is_whole and is_condition and question.is_required and not read:
            raise AnswerInvalid(question.name, Text("需要同意才能提交。", "Consent is needed to go on."))
        seen[question.name] = read
        (given.secret if question.is_free else given.plain)[question.name] = read
    given.hidden = tuple(hidden)
    return given


def _wrong(question: Question) -> AnswerInvalid:
    return AnswerInvalid(question.name, Text("答案不符合这道题。", "The answer does not fit this question."))


def _rating(question: Question, value: Any) -> int:
    low, high = question.lowest or 0, question.highest or 0
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        raise _wrong(question)
    if not low <= value <= high:
        raise _wrong(question)
    return int(value)


def _number(question: Question, value: Any) -> float:
    try:
        figure = float(value) if not isinstance(value, (bool, list, dict)) else None
    except (TypeError, ValueError):
        figure = None
    if figure is None or not abs(figure) < 1e15:  # noqa: PLR2004 (also refuses what is no number)
        raise _wrong(question)
    if (question.lowest is not None and figure < question.lowest) or (
        question.highest is not None and figure > question.highest
    ):
        raise _wrong(question)
    return figure


def _single(question: Question, value: Any) -> str:
    if question.may_refuse and value == REFUSED:
        return REFUSED
    if not isinstance(value, str) or value not in {choice.value for choice in question.choices}:
        raise _wrong(question)
    return value


def _several(question: Question, value: Any) -> list[str]:
    if question.may_refuse and value == [REFUSED]:
        return [REFUSED]
    known = [choice.value for choice in question.choices]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(question)
    if len(set(value)) != len(value) or set(value) - set(known):
        raise _wrong(question)
    if question.kind == "ranking":
        return list(value)
    if question.most is not None and len(value) > question.most:
        raise AnswerInvalid(
            question.name, Text(f"最多选 {question.most} 项。", f"Choose {question.most} at most.")
        )
    return [one for one in known if one in value]


def _matrix(question: Question, value: Any) -> dict[str, str]:
    rows = {row.value for row in question.rows}
    columns = {choice.value for choice in question.choices}
    if not isinstance(value, Mapping) or value.keys() - rows:
        raise _wrong(question)
    if not all(isinstance(one, str) and one in columns for one in value.values()):
        raise _wrong(question)
    return dict(value)


def _text(question: Question, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise AnswerInvalid(
            question.name, Text(f"最多写 {MOST_LETTERS} 个字。", f"Write {MOST_LETTERS} characters at most.")
        )
    return value.replace("\0", "").strip()


def _date(question: Question, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise _wrong(question) from None


def _consent(question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(question)
    return value


def _file(question: Question, value: Any) -> dict[str, str]:
    item = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(item, Mapping):
        raise _wrong(question)
    head, _, body = str(item.get("content", "")).partition(",")
    kind = head.removeprefix("data:").removesuffix(";base64")
    try:
        size = len(base64.b64decode(body, validate=True))
    except (binascii.Error, ValueError):
        raise _wrong(question) from None
    if kind not in FILE_TYPES or not 0 < size <= MOST_FILE:
        raise AnswerInvalid(
            question.name,
            Text("请上传 1 MB 以内的 PNG、JPEG 或 PDF。", "Send a PNG, JPEG or PDF of 1 MB at most."),
        )
    return {"name": str(item.get("name", ""))[:100], "type": kind, "content": body}


_READERS: dict[str, Callable[[Question, Any], Any]] = {
    "nps": _rating, "csat": _rating, "ces": _rating, "rating": _rating, "single": _single, "multiple": _several,
    "matrix": _matrix, "ranking": _several, "text": _text, "number": _number, "date": _date, "file": _file,
    "consent": _consent,
}  # fmt: skip
