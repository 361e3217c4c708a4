"""Amounts, numbers and shares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.invalid import InvalidValue
from kehu.standardize.values.money import parse_decimal, parse_integer, parse_money, parse_percentage

CENTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("¥1,234.5", "1234.50"),
        ("￥１２３", "123.00"),
        ("1234元", "1234.00"),
        ("人民币 12.345 元", "12.35"),
        ("3.5万", "35000.00"),
        ("1亿2000万元", "120000000.00"),
        ("2万5千", "25000.00"),
        ("(1,234.50)", "-1234.50"),
        ("¥(12)", "-12.00"),
        ("123.45-", "-123.45"),
        ("-0.001", "0.00"),
        ("RMB 5", "5.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(raw: str, amount: str) -> None:
    assert parse_money(raw) == amount


@given(CENTS)
def test_an_amount_survives_separators_and_brackets(cents: int) -> None:
    amount = Decimal(cents) / 100
    expected = f"{amount:.2f}"

    assert parse_money(f"{amount:,.2f}") == expected
    assert parse_money(f"¥ {amount:.2f} 元") == expected
    if cents < 0:
        assert parse_money(f"({-amount:,.2f})") == expected


@pytest.mark.parametrize(
    "raw", ["$12", "USD 1", "1.2E+05", "1,23", "12 34 万 5 亿", "一千", "--5", "(-5)", "1e999", "9" * 20]
)
def test_what_is_no_yuan_amount_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_money(raw)


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_whole_number_survives_separators(number: int) -> None:
    assert parse_integer(f"{number:,}") == number
    assert parse_integer(f"{number}.0") == number


@pytest.mark.parametrize("raw", ["12.5", "1E+10", "9" * 19, "abc", "1,2,3", "٣.٥"])
def test_what_is_no_whole_number_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_integer(raw)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_decimal_keeps_its_value_and_loses_its_zeros(number: Decimal) -> None:
    text = parse_decimal(f"{number:f}")

    assert Decimal(text) == number
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("12.5%", "0.125"),
        ("0.125", "0.125"),
        ("125‰", "0.125"),
        ("100％", "1"),
        ("-5 %", "-0.05"),
        ("0", "0"),
    ],
)
def test_a_percentage_is_a_share(raw: str, share: str) -> None:
    assert parse_percentage(raw) == share


@pytest.mark.parametrize("raw", ["12.5", "120%", "half"])
def test_a_percentage_that_could_mean_two_things_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_percentage(raw)
