"""Pinyin of names, where surnames have readings of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.persons.pinyin import initials, pinyin_key, pinyin_variants, to_pinyin


@pytest.mark.parametrize(
    ("name", "written", "key", "letters"),
    [
        ("沈静仪", "Shen Jingyi", "shenjingyi", "sjy"),
        ("欧阳修", "Ouyang Xiu", "ouyangxiu", "oyx"),
        ("吕布", "Lü Bu", "lvbu", "lb"),
        ("张平安", "Zhang Ping'an", "zhangpingan", "zpa"),
        ("阿卜杜·热合曼", "Abudu Reheman", "abudureheman", "abdrhm"),
        ("John Smith", "John Smith", "johnsmith", "js"),
        ("José Núñez", "José Núñez", "josenunez", "jn"),
        ("𠮷祥", "Ji Xiang", "jixiang", "jx"),
        ("单", "Shan", "shan", "s"),
        ("張朝陽", "Zhang Chaoyang", "zhangchaoyang", "zcy"),
    ],
)
def test_a_name_is_written_sorted_and_abbreviated_as_people_do(
    name: str, written: str, key: str, letters: str
) -> None:
    assert (to_pinyin(name), pinyin_key(name), initials(name)) == (written, key, letters)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("单雄信", "Shan"), ("仇英", "Qiu"), ("解缙", "Xie"), ("查良镛", "Zha"), ("区少坤", "Ou"), ("曾国藩", "Zeng"), ("任正非", "Ren"),
        ("华罗庚", "Hua"), ("朴树", "Piao"), ("盖叫天", "Ge"), ("翟志刚", "Zhai"), ("尉迟恭", "Yuchi"), ("万俟卨", "Moqi"), ("乐嘉", "Yue"),
        ("覃海洋", "Qin"), ("缪昌文", "Miao"), ("種师道", "Chong"), ("單田芳", "Shan"), ("区", "Ou"), ("澹台灭明", "Tantai"), ("长孙无忌", "Zhangsun"),
    ],
)  # fmt: skip
def test_a_surname_is_read_as_a_surname(name: str, surname: str) -> None:
    assert to_pinyin(name).split()[0] == surname


def test_given_names_keep_their_ordinary_readings() -> None:
    assert to_pinyin("张单") == "Zhang Dan"
    assert to_pinyin("王重阳") == "Wang Chongyang"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("单雄信", "danxiongxin"),
        ("吕布", "lubu"),
        ("吕布", "lyubu"),
        ("盖叫天", "gaijiaotian"),
        ("李晟", "licheng"),
        ("仇英", "chouying"),
        ("尉迟恭", "weichigong"),
    ],
)
def test_a_search_finds_the_other_reading_too(name: str, other: str) -> None:
    assert other in pinyin_variants(name)


@given(st.text())
def test_keys_are_lower_case_ascii_and_the_usual_key_is_the_first_variant(name: str) -> None:
    key, variants = pinyin_key(name), pinyin_variants(name)

    assert key.isascii()
    assert key == key.lower()
    assert variants[0] == key
    assert 1 <= len(variants) <= 8
    assert initials(name).isascii()


@given(
    st.text(
        alphabet=st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FA5),
        min_size=2,
        max_size=3,
    )
)
def test_common_han_always_have_a_reading(name: str) -> None:
    assert pinyin_key(name).isalpha()
    assert len(initials(name)) == len(name)
