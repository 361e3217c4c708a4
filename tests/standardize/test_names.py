"""Names: one written form, one folded form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.persons.names import fold_name, parse_organization_name, parse_person_name, surname_of


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张　三", "张三"),
        ("阿卜杜 • 热合曼", "阿卜杜·热合曼"),
        ("买买提．江", "买买提·江"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("𠮷田", "𠮷田"),
        ("张３", "张3"),
        ("Ｌｉ Ｍｉｎｇ", "Li Ming"),
        ("\ufeff沈静仪\u200b", "沈静仪"),
    ],
)
def test_a_name_is_kept_as_its_bearer_writes_it(raw: str, name: str) -> None:
    assert parse_person_name(raw) == name


@pytest.mark.parametrize("name", ["张3", "R2", "7", "小明2号", "X Æ A-12"])
def test_digits_and_latin_letters_are_no_reason_to_refuse_a_name(name: str) -> None:
    assert parse_person_name(name) == name


def test_brackets_of_chinese_companies_are_full_width_and_of_others_not() -> None:
    assert parse_organization_name("杭州某某 (集团) 有限公司") == "杭州某某（集团）有限公司"
    assert parse_organization_name("ABC (China) Ltd") == "ABC (China) Ltd"


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("沈静仪", "沈"),
        ("欧阳修", "欧阳"),
        ("歐陽修", "歐陽"),
        ("司马", "司"),
        ("阿卜杜·热合曼", "阿卜杜"),
        ("于谦", "于"),
    ],
)
def test_compound_surnames_stay_whole(name: str, surname: str) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("歐陽鋒", "欧阳锋"),
        ("𠮷田", "吉田"),
        ("ＡＢＣ公司", "abc 公司"),
        ("张·三", "张三"),
        ("José", "JOSE"),
        ("鍾楚紅", "钟楚红"),
        ("髙山", "高山"),
        ("某某（集团）", "某某(集团)"),
    ],
)
def test_names_that_are_the_same_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other) != ""


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(), st.text())
def test_the_fold_of_a_part_is_a_part_of_the_fold(start: str, end: str) -> None:
    assert fold_name(start + end) == fold_name(start) + fold_name(end)


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x323AF)))
def test_han_names_of_every_plane_survive_folding(name: str) -> None:
    assert len(fold_name(name)) <= len(name) * 4
