"""Questions as variables: ASCII names, Chinese labels, codes with their words, and three reasons why a value is missing.

A multiple choice is one 0/1 variable an option, a matrix one a row, a ranking one an option that holds its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kehu.engage.surveys.answers.collecting import HIDDEN
from kehu.engage.surveys.form.questions import REFUSED, Choice, Definition, Question, text_of
from kehu.platform.text import Text

NOT_SHOWN, NOT_ANSWERED, DECLINED = -7.0, -9.0, -8.0
WHY = {
    NOT_SHOWN: Text("未显示", "Not shown"),
    DECLINED: Text("不愿回答", "Refused"),
    NOT_ANSWERED: Text("未回答", "Not answered"),
}
FAR = 999_999_990.0
MOST_BYTES = 32_767
MOST_LABEL = 250
RESERVED = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])


@dataclass(frozen=True, slots=True)
class Variable:
    """One column. `kind` is number, text or date; `missing` are its codes of missing values, at most three as SPSS has it."""

    name: str
    label: str
    question: Question
    kind: str = "number"
    part: str = ""
    codes: Mapping[float, str] = field(default_factory=dict)
    missing: tuple[float, ...] = ()
    measure: str = "nominal"


def merged(definitions: Sequence[Definition]) -> tuple[Question, ...]:
    """Return the questions of several versions, the newest first; one that was dropped keeps its place at the end."""
    found: dict[str, Question] = {}
    for definition in definitions:
        for question in definition.questions:
            found.setdefault(question.name, question)
    return tuple(found.values())


def variables_of(questions: Iterable[Question], language: str = "zh-CN") -> list[Variable]:
    """Return the variables of questions, in their order, with names that SPSS takes and labels in a language."""
    made = [variable for question in questions for variable in _of(question, language)]
    names: set[str] = set()
    for place, variable in enumerate(made):
        name = variable.name
        while name in names or name in RESERVED:
            name += "_q"
        names.add(name)
        if name != variable.name:
            made[place] = _renamed(variable, name)
    return made


def _renamed(old: Variable, name: str) -> Variable:
    return Variable(name, old.label, old.question, old.kind, old.part, old.codes, old.missing, old.measure)


def _of(question: Question, language: str) -> list[Variable]:
    label = text_of(question.title, language)[:MOST_LABEL]
    words = {code: why.within(language) for code, why in WHY.items()}
    if question.kind in {"text", "date"}:
        return [Variable(question.name, label, question, question.kind)]
    if question.kind == "file":
        codes = {0.0: Text("无", "No").within(language), 1.0: Text("有", "Yes").within(language)}
        return [Variable(question.name, label, question, codes=codes)]
    if question.kind == "number":
        far = tuple(code - FAR for code in WHY)
        return [Variable(question.name, label, question, codes=dict(zip(far, words.values(), strict=True)),
                         missing=far, measure="scale")]  # fmt: skip
    missing = tuple(WHY)
    if question.kind in {"multiple", "ranking"}:
        yes = {0.0: Text("未选", "No").within(language), 1.0: Text("选中", "Yes").within(language)}
        codes = {**(yes if question.kind == "multiple" else {}), **words}
        return [
            Variable(f"{question.name}_{n}", f"{label}：{text_of(c.text, language)}"[:MOST_LABEL], question, part=c.value,
                     codes=codes, missing=missing, measure="nominal" if question.kind == "multiple" else "ordinal")
            for n, c in enumerate(question.choices, 1)
        ]  # fmt: skip
    if question.kind == "matrix":
        return [
            Variable(f"{question.name}_{n}", f"{label}：{text_of(r.text, language)}"[:MOST_LABEL], question, part=r.value,
                     codes={**_numbered(question.choices, language), **words}, missing=missing)
            for n, r in enumerate(question.rows, 1)
        ]  # fmt: skip
    own: dict[float, str] = _numbered(question.choices, language)
    if question.kind == "consent":
        own = {0.0: Text("不同意", "No").within(language), 1.0: Text("同意", "Yes").within(language)}
    measure = "nominal" if own else "ordinal"
    return [
        Variable(question.name, label, question, codes={**own, **words}, missing=missing, measure=measure)
    ]


def _numbered(choices: Sequence[Choice], language: str) -> dict[float, str]:
    return {float(n): text_of(choice.text, language) for n, choice in enumerate(choices, 1)}


def value_of(
    variable: Variable, plain: Mapping[str, Any], secret: Mapping[str, Any]
) -> float | str | date | None:
    """Return what stands in a variable for one answer: a figure or code, a text, a day; why it is missing as a code."""
    question = variable.question
    held = secret if question.is_free else plain
    value = held.get(question.name)
    if question.kind == "text":
        return value if isinstance(value, str) else ""
    if question.kind == "file":
        return float(value is not None)
    if question.kind == "date":
        return date.fromisoformat(value) if isinstance(value, str) else None
    return _figure(variable, value, is_hidden=question.name in plain.get(HIDDEN, ()))


def _figure(variable: Variable, value: Any, *, is_hidden: bool) -> float:
    off = FAR if variable.question.kind == "number" else 0.0
    if is_hidden:
        return NOT_SHOWN - off
    if value is None:
        return NOT_ANSWERED - off
    return DECLINED if value in (REFUSED, [REFUSED]) else _coded(variable, value)


def _coded(variable: Variable, value: Any) -> float:
    question = variable.question
    if question.kind == "multiple":
        return float(variable.part in value)
    if question.kind == "ranking":
        return float(value.index(variable.part) + 1) if variable.part in value else NOT_ANSWERED
    if question.kind == "matrix":
        value = value.get(variable.part)
    if question.choices:
        known = [choice.value for choice in question.choices]
        return float(known.index(value) + 1) if value in known else NOT_ANSWERED
    return float(value)


def cut(text: str) -> tuple[str, bool]:
    """Return a text of at most 32,767 bytes, which is all that SPSS holds, and whether it was cut."""
    raw = text.encode()
    if len(raw) <= MOST_BYTES:
        return text, False
    return raw[:MOST_BYTES].decode(errors="ignore"), True
