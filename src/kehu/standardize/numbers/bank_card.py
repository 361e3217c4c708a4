"""Bank card numbers: 12 to 19 digits that pass Luhn's check."""

import re

from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import bare, plain, scientific

_SHAPE = re.compile(r"[0-9]{12,19}")
_EXCEL_DIGITS = 15
# For each digit at an even place from the right: twice its value, the digits of that added up.
_DOUBLED = {str(digit): sum(divmod(digit * 2, 10)) for digit in range(10)}


def passes_luhn(digits: str) -> bool:
    """Tell whether digits end in the check digit that Luhn's formula asks for."""
    doubled = sum([_DOUBLED[digit] for digit in digits[-2::-2]])
    return (doubled + sum(map(int, digits[::-2]))) % 10 == 0


def parse_bank_card(raw: str) -> str:
    """Return the digits of the card, checked."""
    number = raw if _SHAPE.fullmatch(raw) else bare(raw)
    if not _SHAPE.fullmatch(number):
        wrong = scientific(plain(raw), "银行卡号", "card number")
        if wrong:
            raise wrong
        if not number.isdecimal():
            raise refused(
                "银行卡号里有数字以外的字符。", "The card number holds other characters than digits."
            )
        raise refused(
            f"银行卡号应为 12 至 19 位，这里是 {len(number)} 位。",
            f"A card number has 12 to 19 digits; this one has {len(number)}.",
        )
    if not passes_luhn(number) or not number.strip("0"):
        if number.endswith("000") and len(number) > _EXCEL_DIGITS:
            raise refused(
                "银行卡号的末几位被 Excel 改成了 0。从原系统重新导出，并把该列设为“文本”。",
                "Excel has turned the last digits of the card number into zeros. Export it again with the column set to Text.",
            )
        raise refused(
            "银行卡号的校验位不对，可能写错一位。",
            "The card number's check digit does not fit: a digit may be wrong.",
        )
    return number
