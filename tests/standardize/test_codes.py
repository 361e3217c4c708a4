"""Code lists: words of files in, national codes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.platform.text import Text
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS
from kehu.standardize.values.codes import (
    CODE_LISTS,
    label_of,
    parse_education,
    parse_marital_status,
    parse_occupation,
    parse_sex,
    parse_yes_no,
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("男 M Male 1 先生 １ mr. 男性 1.0", "1"),
        ("女 F female 2 女士 ms", "2"),
        ("未知 0", "0"),
        ("保密 9", "9"),
    ],
)
def test_sex_is_read_from_the_words_files_use(words: str, code: str) -> None:
    assert {parse_sex(word) for word in words.split()} == {code}


def test_marriage_education_and_occupation_are_read() -> None:
    assert [parse_marital_status(word) for word in ("未婚", "已婚", "离异", "丧偶", "21")] == [
        "10",
        "20",
        "40",
        "30",
        "21",
    ]
    assert [
        parse_education(word) for word in ("博士", "硕士", "本科", "大专", "中专", "高中", "21", "Master's")
    ] == ["11", "14", "20", "30", "40", "60", "20", "14"]
    assert [parse_occupation(word) for word in ("军人", "70000", "茶艺师")] == ["70000", "70000", "茶艺师"]


def test_yes_and_no_are_read() -> None:
    assert {parse_yes_no(word) for word in ("是", "Y", "yes", "TRUE", "1", "√", "有")} == {True}
    assert {parse_yes_no(word) for word in ("否", "N", "no", "False", "0", "×", "无")} == {False}


@pytest.mark.parametrize("key", ["sex", "marital_status", "education", "yes_no"])
@given(word=st.text(min_size=8))
def test_an_unknown_word_is_refused_rather_than_guessed(key: str, word: str) -> None:
    try:
        value = STANDARDS[key].parse(word)
    except InvalidValue:
        return
    assert str(value).lower() in CODE_LISTS[key]


@pytest.mark.parametrize("key", sorted(CODE_LISTS))
def test_every_code_and_every_label_reads_as_that_code(key: str) -> None:
    for code, text in CODE_LISTS[key].items():
        assert str(STANDARDS[key].parse(code)).lower() == code
        assert str(STANDARDS[key].parse(text.zh)).lower() == code


def test_labels_are_found_for_codes_and_values_stand_for_themselves() -> None:
    assert label_of("sex", "2") == Text("女", "Female")
    assert label_of("yes_no", value=True) == Text("是", "Yes")
    assert label_of("occupation", "茶艺师") == Text("茶艺师", "茶艺师")
    assert label_of("code", "A1") == Text("A1", "A1")
