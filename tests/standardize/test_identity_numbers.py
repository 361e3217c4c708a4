"""Numbers with check digits: resident ID, credit code, bank card, and the documents beside them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.invalid import InvalidValue
from kehu.standardize.numbers import resident_id, uscc
from kehu.standardize.numbers.bank_card import parse_bank_card, passes_luhn
from kehu.standardize.numbers.documents import (
    kind_of_document,
    parse_foreigner_card,
    parse_hk_macau_permit,
    parse_identity_document,
    parse_passport,
    parse_taiwan_permit,
)

BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 12, 31))
BODIES = st.builds(
    lambda region, born, order: f"{region}{born:%Y%m%d}{order:03d}",
    st.sampled_from(["110105", "330106", "440305", "810000", "659001"]),
    BIRTHS,
    st.integers(0, 999),
)
RESIDENT_IDS = BODIES.map(lambda body: body + resident_id.check_character(body))
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(RESIDENT_IDS)
def test_a_resident_id_tells_birth_sex_and_region(number: str) -> None:
    assert resident_id.parse_resident_id(number.lower()) == number
    assert date.fromisoformat(resident_id.birth_date_of(number)).strftime("%Y%m%d") == number[6:14]
    assert resident_id.sex_of(number) == ("1" if int(number[16]) % 2 else "2")
    assert resident_id.region_of(number) == number[:6]


@given(RESIDENT_IDS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_resident_id_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(InvalidValue):
        resident_id.parse_resident_id(wrong)


@given(RESIDENT_IDS, st.integers(0, 15))
def test_two_swapped_neighbors_of_a_resident_id_are_always_noticed(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    if wrong != number:
        with pytest.raises(InvalidValue):
            resident_id.parse_resident_id(wrong)


@given(BODIES.filter(lambda body: body[6:8] == "19"))
def test_fifteen_digits_are_completed_to_eighteen(body: str) -> None:
    assert resident_id.parse_resident_id(body[:6] + body[8:]) == body + resident_id.check_character(body)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1.10E+17", "科学计数法"),
        ("330106198508140000", "Excel"),
        ("33010619850230001X", "出生日期"),
        ("990106198508140011", "地区"),
        ("110105174912310021", "年份"),
        ("3301061985", "10 位"),
        ("11010519491231002A", "末位 X"),
        ("110105194912310021", "校验码"),
    ],
)
def test_a_wrong_resident_id_is_told_what_is_wrong(raw: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        resident_id.parse_resident_id(raw)

    assert reason in refusal.value.text.zh


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 30))
def test_a_credit_code_is_checked(body: str, place: int, shift: int) -> None:
    code = body + uscc.check_character(body)
    other = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]

    assert uscc.parse_uscc(code.lower()) == code
    with pytest.raises(InvalidValue):
        uscc.parse_uscc(code[:place] + other + code[place + 1 :])


def test_known_credit_codes_of_the_standard_pass() -> None:
    assert uscc.parse_uscc("91350100M000100Y43") == "91350100M000100Y43"


@given(st.text("0123456789", min_size=11, max_size=18).filter(lambda digits: digits.strip("0") != ""))
def test_a_card_has_exactly_one_check_digit(body: str) -> None:
    fitting = [body + digit for digit in "0123456789" if passes_luhn(body + digit)]

    assert len(fitting) == 1
    assert parse_bank_card(f"{fitting[0][:4]} {fitting[0][4:]}") == fitting[0]


@pytest.mark.parametrize(
    "raw", ["6222021234567890127", "62220212345", "6.22E+18", "6222 0212 3456 78xx 127", "000000000000"]
)
def test_a_wrong_card_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_bank_card(raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("11010519491231002x", "resident_id"),
        ("110105491231002", "resident_id"),
        ("E12345678", "passport"),
        ("EA1234567", "passport"),
        ("C12345678", "hk_macau_permit"),
        ("H1234567801", "hk_macau_permit"),
        ("12345678", "taiwan_permit"),
        ("L12345678", "taiwan_permit"),
        ("USA110190010112", "foreigner_card"),
        ("?", None),
    ],
)
def test_a_document_is_recognized_by_its_number(raw: str, kind: str | None) -> None:
    assert kind_of_document(raw) == kind


def test_each_document_is_kept_in_capitals_without_separators() -> None:
    body = "911840199001010" + "01"

    assert parse_passport("e 1234-5678") == "E12345678"
    assert parse_hk_macau_permit("h12345678") == "H12345678"
    assert parse_taiwan_permit("1234567890(B)") == "1234567890B"
    assert parse_foreigner_card(
        body + resident_id.check_character(body)
    ) == body + resident_id.check_character(body)
    assert parse_identity_document(" m12345678 ") == "M12345678"


@pytest.mark.parametrize("raw", ["110105194912310021", "1.10E+17", "护照", "USA110190019912"])
def test_a_document_of_no_known_kind_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_identity_document(raw)
