"""Conditions read as SurveyJS reads them; whatever is written, reading ends in a condition or in a word about what is wrong."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.engage.surveys.answers.reading import read_answer
from kehu.engage.surveys.faults import AnswerInvalid, DefinitionInvalid
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.logic import LogicBroken, read_logic

ANSWERS: dict[str, Any] = {
    "nps": 4,
    "place": "app",
    "many": ["a", "b"],
    "rate": {"wait": "good"},
    "yes": True,
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("{nps} <= 6", True),
        ("{nps} > 4", False),
        ("{nps} = 4 and {place} = 'app'", True),
        ("{nps} = 5 or {place} = 'app'", True),
        ("{nps} = 5 and {place} = 'app' or {yes} = true", True),
        ("{nps} = 5 and ({place} = 'app' or {yes} = true)", False),
        ("{many} contains 'b'", True),
        ("{many} notcontains 'b'", False),
        ("{rate.wait} = 'good'", True),
        ("{rate.staff} empty", True),
        ("{none} empty", True),
        ("{none} <> 'x'", True),
        ("{none} = 'x'", False),
        ("{none} < 5", False),
        ("{place} notempty", True),
    ],
)
def test_a_condition_holds_as_surveyjs_says(text: str, *, holds: bool) -> None:
    assert read_logic(text).holds(ANSWERS) is holds


@pytest.mark.parametrize(
    "text", ["", "{nps}", "nps = 4", "{nps} = app", "({nps} = 4", "{nps} ~ 4", "{nps} = 4 4"]
)
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(LogicBroken):
        read_logic(text)


@given(st.text(alphabet="{}()'=<> abnpsorand.0123", max_size=40))
def test_reading_never_breaks_down(text: str) -> None:
    with suppress(LogicBroken):
        read_logic(text).holds(ANSWERS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["title", "pages", "elements", "type", "name", "choices", "default", "rateMin"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_a_questionnaire_is_read_or_refused_with_its_place(raw: Any) -> None:
    with suppress(DefinitionInvalid):
        assert read_definition(raw).questions


KINDS = read_definition(
    {
        "title": "全部",
        "pages": [
            {
                "elements": [
                    {"type": "rating", "kehuKind": "csat", "name": "q1", "title": "1"},
                    {
                        "type": "checkbox",
                        "name": "q2",
                        "title": "2",
                        "choices": ["a", "b"],
                        "maxSelectedChoices": 1,
                    },
                    {"type": "matrix", "name": "q3", "title": "3", "columns": ["x", "y"], "rows": ["r"]},
                    {"type": "ranking", "name": "q4", "title": "4", "choices": ["a", "b"]},
                    {"type": "comment", "name": "q5", "title": "5"},
                    {"type": "text", "inputType": "number", "name": "q6", "title": "6", "min": 0},
                    {"type": "text", "inputType": "date", "name": "q7", "title": "7"},
                    {"type": "file", "name": "q8", "title": "8"},
                    {"type": "boolean", "name": "q9", "title": "9"},
                ]
            }
        ],
    }
)


@given(st.dictionaries(st.sampled_from([f"q{n}" for n in range(1, 10)]), JSON, max_size=9))
def test_an_answer_is_read_or_refused_whatever_is_sent(data: dict[str, Any]) -> None:
    with suppress(AnswerInvalid):
        found = read_answer(KINDS, data)
        assert set(found.plain) | set(found.secret) <= set(data)
        assert set(found.secret) <= {"q5", "q8"}


def test_each_kind_takes_what_fits() -> None:
    file = {"name": "a.png", "content": "data:image/png;base64,aGVsbG8="}
    data = {
        "q1": 5, "q2": ["b"], "q3": {"r": "x"}, "q4": ["b", "a"], "q5": "话", "q6": "3.5", "q7": "2026-11-22",
        "q8": [file], "q9": True,
    }  # fmt: skip

    found = read_answer(KINDS, data)

    assert found.plain == {
        "q1": 5, "q2": ["b"], "q3": {"r": "x"}, "q4": ["b", "a"], "q6": 3.5, "q7": "2026-11-22", "q9": True,
    }  # fmt: skip
    assert found.secret == {"q5": "话", "q8": {"name": "a.png", "type": "image/png", "content": "aGVsbG8="}}


@pytest.mark.parametrize(
    "content", ["data:text/html;base64,aGk=", "data:image/png;base64,%%%", "data:image/png;base64,"]
)
def test_a_file_of_another_kind_is_refused(content: str) -> None:
    with pytest.raises(AnswerInvalid):
        read_answer(KINDS, {"q8": [{"name": "a", "content": content}]})
