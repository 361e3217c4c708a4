"""The resident identity number (GB 11643): 18 characters with a check digit; the old 15 digits are completed.

It carries the region of first registration, the birth date and the sex of its holder.
"""

import re

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.persons.characters import bare, plain, scientific
from kehu.standardize.values.dates import is_calendar_date

# Provinces, and 81, 82, 83 for the residence permits of people from Hong Kong, Macau and Taiwan.
_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
_SHAPE = re.compile(rf"(?:{_PROVINCES})[0-9]{{4}}((?:18|19|20)[0-9]{{6}})[0-9]{{3}}[0-9X]")
_OLD_SHAPE = re.compile(rf"(?:{_PROVINCES})[0-9]{{13}}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_LENGTH, _OLD_LENGTH = 18, 15
_PRODUCTS = tuple({str(digit): digit * weight for digit in range(10)} for weight in _WEIGHTS)


def check_character(first17: str) -> str:
    """Return the check character of the first seventeen digits (ISO 7064, MOD 11-2)."""
    return _CHECK_CHARACTERS[
        sum([products[digit] for products, digit in zip(_PRODUCTS, first17, strict=True)]) % 11
    ]


def parse_resident_id(raw: str) -> str:
    """Return the 18 characters, `x` as `X`; 15 digits are completed as born in 19xx."""
    number = raw if _SHAPE.fullmatch(raw) else _written(raw)
    if not is_calendar_date(number[6:14]):
        raise refused(
            "身份证号里的出生日期不存在。对照证件核对第 7 至 14 位。",
            "The birth date inside the ID number does not exist. Check characters 7 to 14 against the card.",
        )
    if check_character(number[:17]) != number[17]:
        raise _wrong_check(number)
    return number


def birth_date_of(number: str) -> str:
    """Return the birth date of a standard number as `YYYY-MM-DD`."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_of(number: str) -> str:
    """Return the sex of a standard number's holder in GB/T 2261.1: `1` male, `2` female."""
    return "1" if number[16] in "13579" else "2"


def region_of(number: str) -> str:
    """Return the six-digit region of first registration; it may since have been renamed or abolished."""
    return number[:6]


def _written(raw: str) -> str:
    wrong = scientific(plain(raw), "身份证号", "ID number")
    if wrong:
        raise wrong
    number = bare(raw).upper()
    if _SHAPE.fullmatch(number):
        return number
    if len(number) == _OLD_LENGTH and _OLD_SHAPE.fullmatch(number):
        first17 = f"{number[:6]}19{number[6:]}"
        return first17 + check_character(first17)
    raise _wrong_shape(number)


def _wrong_shape(number: str) -> InvalidValue:
    if len(number) not in (_LENGTH, _OLD_LENGTH):
        return refused(
            f"身份证号应为 18 位，这里是 {len(number)} 位。",
            f"An ID number has 18 characters; this one has {len(number)}.",
        )
    if not number[:-1].isdecimal() or not (number[-1].isdecimal() or number[-1] == "X"):
        return refused(
            "身份证号里有数字和末位 X 以外的字符。",
            "The ID number holds other characters than digits and a final X.",
        )
    return refused(
        "身份证号的地区或出生年份不存在。对照证件核对前 10 位。",
        "The region or birth year of the ID number does not exist. Check the first 10 digits against the card.",
    )


def _wrong_check(number: str) -> InvalidValue:
    if number.endswith("000"):
        return refused(
            "身份证号的末几位被 Excel 改成了 0。从原系统重新导出，并把该列设为“文本”。",
            "Excel has turned the last digits of the ID number into zeros. Export it again with the column set to Text.",
        )
    return refused(
        "身份证号的校验码不对，可能写错一位。对照证件核对。",
        "The ID number's check digit does not fit: a digit may be wrong. Compare it with the card.",
    )
