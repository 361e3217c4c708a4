"""Masks never show the middle, whatever they are given."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize import masks
from kehu.standardize.standards import STANDARDS

ALL_MASKS = [getattr(masks, name) for name in sorted(vars(masks)) if name.startswith("mask_")]
LIST_MASKS = [
    mask
    for mask in ALL_MASKS
    if mask not in (masks.mask_resident_id, masks.mask_resident_id_tail, masks.mask_address)
]
Mask = Callable[[str], str]


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masks.mask_mobile, "13812341234", "138****1234"),
        (masks.mask_mobile, "+85291234567", "****4567"),
        (masks.mask_resident_id_list, "410105194912310026", "4******26"),
        (masks.mask_resident_id, "11010519491231002X", "110***********002X"),
        (masks.mask_resident_id_tail, "11010519491231002X", "**************002X"),
        (masks.mask_card, "6222021234567892217", "尾号 2217"),
        (masks.mask_name, "沈静仪", "沈**"),
        (masks.mask_name, "张三", "张**"),
        (masks.mask_name, "欧阳静仪", "欧阳**"),
        (masks.mask_name, "阿卜杜·热合曼", "阿**"),
        (masks.mask_name, "John Smith", "J**"),
        (masks.mask_address, "浙江省杭州市西湖区文三路100号", "杭州市西湖区 ******"),
        (masks.mask_address, "北京朝阳区建国路1号", "北京市朝阳区 ******"),
        (masks.mask_email, "shen@example.com", "s***@example.com"),
        (masks.mask_email, "s@example.com", "*@example.com"),
        (masks.mask_passport, "E12345678", "E******78"),
        (masks.mask_landline, "0571-88886666-8012", "0571*****66"),
        (masks.mask_phone, "13812341234", "138****1234"),
        (masks.mask_date, "1985-08-14", "1985-**-**"),
    ],
)
def test_a_mask_has_the_form_the_page_promises(mask: Mask, value: str, shown: str) -> None:
    assert mask(value) == shown


@pytest.mark.parametrize("mask", [mask for mask in ALL_MASKS if mask is not masks.mask_name])
@pytest.mark.parametrize(
    "value",
    ["", " ", "?", "张", "1", "a@", "@b.com", "a@b", "138", "6222-0212", "未知格式", "E1", "13812341234 x"],
)
def test_an_unknown_format_is_all_stars(mask: Mask, value: str) -> None:
    assert mask(value) == "******"


@pytest.mark.parametrize("value", ["", " ", "张", "?", "1", "138", "·", "_x"])
def test_a_name_that_a_surname_would_tell_whole_is_all_stars(value: str) -> None:
    assert masks.mask_name(value) == "******"


@pytest.mark.parametrize("mask", ALL_MASKS)
@given(value=st.one_of(st.text(min_size=11), st.text("0123456789X", min_size=11, max_size=25)))
def test_a_mask_never_shows_the_middle(mask: Mask, value: str) -> None:
    shown = mask(value)

    assert value[4:-4] not in shown
    assert "**" in shown or shown.startswith("尾号 ")


@given(st.emails())
def test_an_email_mask_shows_one_character_and_the_domain(value: str) -> None:
    local, _, domain = value.rpartition("@")

    assert masks.mask_email(value) in (f"{local[0]}***@{domain}", f"*@{domain}", "******")


@given(st.text(min_size=1))
def test_an_address_mask_shows_nothing_of_the_street(street: str) -> None:
    shown = masks.mask_address("浙江省杭州市西湖区文三路" + street)

    assert shown == "杭州市西湖区 ******"


@pytest.mark.parametrize("mask", LIST_MASKS)
@given(
    one=st.text("0123456789", min_size=18, max_size=18), other=st.text("0123456789", min_size=15, max_size=15)
)
def test_lists_do_not_tell_lengths(mask: Mask, one: str, other: str) -> None:
    assert len(mask(one)) == len(mask(other))


def test_every_standard_masks_its_values_and_credit_codes_are_public() -> None:
    assert [key for key, standard in STANDARDS.items() if standard.mask is None] == ["uscc"]
    assert STANDARDS["uscc"].masked("91350100M000100Y43") == "******"
    assert STANDARDS["yes_no"].masked(value=True) == "******"
