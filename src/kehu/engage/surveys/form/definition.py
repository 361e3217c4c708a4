"""Reads a questionnaire: SurveyJS JSON, restricted to our kinds of questions. Whatever is wrong is told with its place.

Nothing that is not known passes: the form library would draw markup or run functions that nobody here has looked at.
"""

import re
from collections.abc import Mapping
from typing import Any

from kehu.engage.surveys.faults import DefinitionInvalid
from kehu.engage.surveys.form.logic import Joined, Logic, LogicBroken, Test, read_logic
from kehu.engage.surveys.form.parts import read_choices, read_number, read_text
from kehu.engage.surveys.form.questions import COMMON, KINDS, LANGUAGES, SCALES, Definition, Question
from kehu.platform.text import Text

MOST_QUESTIONS = 100
MOST_RATES = 11
MOST_KEY = 64
_ASKS = (("purpose", "consentPurpose"), ("channel", "consentChannel"))
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_PIPE = re.compile(r"\{([^{}]*)\}")
_TOP = frozenset({"title", "description", "pages", "locale", "showProgressBar"})
_PAGE = frozenset({"name", "title", "description", "visibleIf", "elements"})


def read_definition(raw: Any) -> Definition:
    """Read a questionnaire. Raises DefinitionInvalid, which names the first mistake and its place."""
    top = _map(raw, "", _TOP)
    title = read_text(top.get("title"), "/title", is_needed=True)
    read_text(top.get("description"), "/description")
    pages = top.get("pages")
    if not isinstance(pages, list) or not pages:
        raise DefinitionInvalid("/pages", Text("至少要有一页。", "There must be at least one page."))
    questions: dict[str, Question] = {}
    for number, page in enumerate(pages):
        _read_page(page, f"/pages/{number}", questions)
    if not questions:
        raise DefinitionInvalid("/pages", Text("至少要有一道题。", "There must be at least one question."))
    if len(questions) > MOST_QUESTIONS:
        raise DefinitionInvalid(
            "/pages",
            Text(f"最多 {MOST_QUESTIONS} 道题。", f"There may be {MOST_QUESTIONS} questions at most."),
        )
    return Definition(title, tuple(questions.values()), _languages(title, questions))


def _read_page(raw: Any, place: str, questions: dict[str, Question]) -> None:
    page = _map(raw, place, _PAGE)
    _piped(read_text(page.get("title"), f"{place}/title"), f"{place}/title", questions)
    _piped(read_text(page.get("description"), f"{place}/description"), f"{place}/description", questions)
    logic = _logic(page.get("visibleIf"), f"{place}/visibleIf", questions)
    elements = page.get("elements")
    if not isinstance(elements, list):
        raise DefinitionInvalid(
            f"{place}/elements", Text("要写成题目的列表。", "Must be a list of questions.")
        )
    for number, element in enumerate(elements):
        question = _question(element, f"{place}/elements/{number}", questions, logic)
        questions[question.name] = question


def _question(raw: Any, place: str, questions: dict[str, Question], of_page: tuple[Logic, ...]) -> Question:
    kind = _kind_of(raw, place)
    element = _map(raw, place, COMMON | KINDS[kind].keys)
    name = element.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise DefinitionInvalid(
            f"{place}/name",
            Text(
                "题目的代码用小写字母、数字和下划线，字母开头，最长 32 位。",
                "A question's name has small letters, digits and underscores, begins with a letter, 32 at most.",
            ),
        )
    if name in questions:
        raise DefinitionInvalid(f"{place}/name", Text(f"“{name}”已经用过了。", f"“{name}” is used already."))
    title = read_text(element.get("title"), f"{place}/title", is_needed=True)
    _piped(title, f"{place}/title", questions)
    help_text = read_text(element.get("description"), f"{place}/description")
    _piped(help_text, f"{place}/description", questions)
    is_required = element.get("isRequired", False)
    if not isinstance(is_required, bool):
        raise DefinitionInvalid(f"{place}/isRequired", Text("只能是 true 或 false。", "Is true or false."))
    visible = of_page + _logic(element.get("visibleIf"), f"{place}/visibleIf", questions)
    return Question(name, kind, title, is_required, visible, **_specific(kind, element, place))


def _kind_of(raw: Any, place: str) -> str:
    if not isinstance(raw, Mapping):
        raise DefinitionInvalid(place, Text("要写成一个对象。", "Must be an object."))
    kind, of_form = raw.get("kehuKind"), raw.get("type")
    if kind is None:  # plain SurveyJS: the first kind of ours that this type may be
        plain = {"rating": "rating", "dropdown": "single", "text": "text"}
        kind = plain.get(str(of_form)) or next((k for k, one in KINDS.items() if one.type == of_form), None)
        if of_form == "text" and raw.get("inputType") in {"number", "date"}:
            kind = str(raw["inputType"])
    if not isinstance(kind, str) or kind not in KINDS:
        known = ", ".join(sorted({one.type for one in KINDS.values()}))
        raise DefinitionInvalid(
            f"{place}/type",
            Text(f"没有这种题型。可用：{known}。", f"There is no such kind. There are: {known}."),
        )
    also = {"single": {"dropdown"}, "text": {"text"}}.get(kind, set())
    if of_form not in {KINDS[kind].type, *also}:
        raise DefinitionInvalid(
            f"{place}/type", Text(f"{kind} 的 type 是 {KINDS[kind].type}。", f"The type of {kind} is {KINDS[kind].type}.")
        )  # fmt: skip
    return kind


def _specific(kind: str, element: Mapping[str, Any], place: str) -> dict[str, Any]:
    if KINDS[kind].type == "rating":
        return _scale(kind, element, place)
    if kind in {"single", "multiple", "ranking"}:
        most = element.get("maxSelectedChoices")
        return {
            "choices": read_choices(element.get("choices"), f"{place}/choices"),
            "most": None if most is None else int(read_number(most, f"{place}/maxSelectedChoices", 1, 100)),
            "may_refuse": element.get("showRefuseItem") is True,
        }
    if kind == "matrix":
        return {
            "choices": read_choices(element.get("columns"), f"{place}/columns"),
            "rows": read_choices(element.get("rows"), f"{place}/rows"),
        }
    if kind == "number":
        return {
            key: None if element.get(name) is None else read_number(element[name], f"{place}/{name}")
            for key, name in (("lowest", "min"), ("highest", "max"))
        }
    if kind == "consent":
        return {key: _key_of(element.get(name), f"{place}/{name}") for key, name in _ASKS}
    return {}


def _key_of(raw: Any, place: str) -> str:
    if not isinstance(raw, str | None) or len(raw or "") > MOST_KEY:
        raise DefinitionInvalid(place, Text("要写成代码。", "Must be a key."))
    return raw or ""


def _scale(kind: str, element: Mapping[str, Any], place: str) -> dict[str, Any]:
    lowest, highest = SCALES.get(kind, (1, 5))
    low = read_number(element.get("rateMin", lowest), f"{place}/rateMin", 0, 10)
    high = read_number(element.get("rateMax", highest), f"{place}/rateMax", 1, 10)
    if kind in SCALES and (low, high) != SCALES[kind]:
        raise DefinitionInvalid(
            f"{place}/rateMin",
            Text(
                f"{kind.upper()} 的分数固定从 {lowest} 到 {highest}，这样才能和别处比较。",
                f"{kind.upper()} always runs from {lowest} to {highest}, so that it can be compared.",
            ),
        )
    if low >= high:
        raise DefinitionInvalid(
            f"{place}/rateMax", Text("最高分要大于最低分。", "The highest must be above the lowest.")
        )
    ends = {
        key: read_text(element.get(key), f"{place}/{key}")
        for key in ("minRateDescription", "maxRateDescription")
    }
    return {"lowest": low, "highest": high, "ends": ends}


def _map(raw: Any, place: str, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise DefinitionInvalid(place, Text("要写成一个对象。", "Must be an object."))
    if strange := sorted(str(key) for key in raw.keys() - known):
        raise DefinitionInvalid(
            f"{place}/{strange[0][:40]}",
            Text(
                f"这里不能写这一项。可用：{'、'.join(sorted(known))}。",
                f"This is not known here. There are: {', '.join(sorted(known))}.",
            ),
        )
    return raw


def _logic(raw: Any, place: str, questions: Mapping[str, Question]) -> tuple[Logic, ...]:
    if raw in (None, ""):
        return ()
    if not isinstance(raw, str):
        raise DefinitionInvalid(place, Text("要写成文字。", "Must be a text."))
    try:
        found = read_logic(raw)
    except LogicBroken as broken:
        raise DefinitionInvalid(place, broken.text) from None
    for test in _tests(found):
        _known(test, place, questions)
    return (found,)


def _tests(logic: Logic) -> list[Test]:
    if isinstance(logic, Joined):
        return [test for part in logic.parts for test in _tests(part)]
    return [logic]


def _known(test: Test, place: str, questions: Mapping[str, Question]) -> None:
    asked = questions.get(test.name)
    if asked is None:
        raise DefinitionInvalid(
            place,
            Text(f"前面没有题目“{test.name}”。", f"No question “{test.name}” comes before."),
        )
    if test.row and test.row not in {row.value for row in asked.rows}:
        raise DefinitionInvalid(
            place, Text(f"“{test.name}”没有行“{test.row}”。", f"“{test.name}” has no row “{test.row}”.")
        )
    values = {choice.value for choice in asked.choices} | ({"refused"} if asked.may_refuse else set())
    if asked.choices and isinstance(test.value, str) and test.value not in values:
        raise DefinitionInvalid(
            place,
            Text(f"“{test.name}”没有选项“{test.value}”。", f"“{test.name}” has no choice “{test.value}”."),
        )


def _piped(words: Mapping[str, str], place: str, questions: Mapping[str, Question]) -> None:
    """Refuse a piped name that stands for no earlier question."""
    for text in words.values():
        for name in _PIPE.findall(text):
            if name not in questions:
                raise DefinitionInvalid(
                    place,
                    Text(
                        f"{{{name[:32]}}} 不是前面的题目。",
                        f"{{{name[:32]}}} is no question that comes before.",
                    ),
                )


def _languages(title: Mapping[str, str], questions: Mapping[str, Question]) -> tuple[str, ...]:
    """Return the languages in which the title and every question is there, Chinese first."""
    texts = [title, *(q.title for q in questions.values())]
    texts += [c.text for q in questions.values() for c in (*q.choices, *q.rows)]
    return tuple(name for key, name in LANGUAGES.items() if all(words.get(key) for words in texts))
