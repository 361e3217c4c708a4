"""Telephone numbers as files hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.contact.phones import is_mobile, parse_landline, parse_mobile, parse_phone
from kehu.standardize.invalid import InvalidValue

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(
    MOBILES,
    st.sampled_from(["", "+86", "86", "0086", "+86 ", "(+86)", "+86-", "0", "\u200b", "'"[:0]]),
    st.sampled_from(["", "-", " ", "\u3000", "—"]),
    st.sampled_from(["", ".0", " ", "\t"]),
)
def test_a_mobile_is_eleven_digits_however_it_is_written(
    number: str, prefix: str, between: str, after: str
) -> None:
    written = f"{prefix}{number[:3]}{between}{number[3:7]}{between}{number[7:]}{after}"

    assert parse_mobile(written) == number
    assert parse_phone(written) == number
    assert is_mobile(number)


@given(MOBILES)
def test_full_width_digits_are_digits(number: str) -> None:
    wide = "".join(chr(ord(digit) - ord("0") + ord("\uff10")) for digit in number)

    assert parse_mobile(wide) == number


@pytest.mark.parametrize("parse", [parse_mobile, parse_landline, parse_phone])
@pytest.mark.parametrize("raw", ["1.38E+10", "1.38e10", "１.３８E+10", "1.3812345678E+10"])
def test_scientific_notation_is_refused_with_the_remedy(parse: object, raw: str) -> None:
    assert callable(parse)
    with pytest.raises(InvalidValue) as refusal:
        parse(raw)

    assert "是科学计数法（1.38E" in refusal.value.text.zh
    assert "在 Excel 里把该列设为“文本”后重存。" in refusal.value.text.zh
    assert "Set the column to Text in Excel" in refusal.value.text.en


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1381234567", "10 位"),
        ("12812345678", "号段"),
        ("0571-88886666", "座机"),
        ("13812345678/13912345678", "多个号码"),
        ("13812345678、0571-88886666", "多个号码"),
        ("1381234567a", "数字以外"),
    ],
)
def test_a_wrong_mobile_is_told_what_is_wrong(raw: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_mobile(raw)

    assert reason in refusal.value.text.zh


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("057188886666", "0571-88886666"),
        ("(010) 6888 1234", "010-68881234"),
        ("+86 571 8888 6666", "0571-88886666"),
        ("86-21-55551234", "021-55551234"),
        ("010-68881234转8012", "010-68881234-8012"),
        ("021 5555 1234 ext. 12", "021-55551234-12"),
        ("０５７１－８８８８６６６６", "0571-88886666"),
        ("400-888-8888", "4008888888"),
        ("0915-3226779", "0915-3226779"),
    ],
)
def test_a_landline_has_area_code_hyphen_number_and_extension(raw: str, number: str) -> None:
    assert parse_landline(raw) == number
    assert parse_phone(raw) == number


@pytest.mark.parametrize(("raw", "reason"), [("88886666", "区号"), ("13812345678", "手机号")])
def test_a_wrong_landline_is_told_what_is_wrong(raw: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_landline(raw)

    assert reason in refusal.value.text.zh


def test_foreign_numbers_are_kept_in_e164() -> None:
    assert parse_mobile("+852 9123 4567") == "+85291234567"
    assert parse_phone("001 415 555 2671") == "+14155552671"
