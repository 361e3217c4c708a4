"""Amounts and figures as people and mainframes write them. Decimal throughout: nothing passes a binary float.

Money is yuan with two digits, a string: `1234.50`. A percentage is a share, a string: 12.5% is `0.125`.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.persons.characters import plain, scientific

_PLAIN_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,12})\.[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_CURRENCY = re.compile(r"(?i)^(?:人民币|rmb|cny|[¥￥])\s*|\s*(?:人民币|rmb|cny|元整?|圆整?)$")
_FOREIGN = re.compile(r"(?i)[$€£₩]|usd|hkd|eur|jpy|gbp|美元|港币|港元|欧元|日元|英镑")
_SECTION = re.compile(r"([0-9.,]+)(亿|万|千|百)")
_UNITS = {"亿": Decimal(100_000_000), "万": Decimal(10_000), "千": Decimal(1000), "百": Decimal(100)}
_CENT = Decimal("0.01")
_MONEY_LIMIT = Decimal(10) ** 15
_INTEGER_DIGITS = 18
_INTEGER_LIMIT = 10**_INTEGER_DIGITS
_DIGITS_LIMIT = 38


def parse_money(raw: str) -> str:
    """Return yuan with two digits, rounded half up. Takes ¥, 元, 万, 亿, thousands separators, (1.00) and 1.00-."""
    if _PLAIN_MONEY.fullmatch(raw):
        return raw
    text = plain(raw).replace("\u2212", "-").replace("，", ",")
    wrong = scientific(text, "金额", "amount")
    if wrong:
        raise wrong
    if _FOREIGN.search(text):
        raise refused(
            "这是外币金额。换算成人民币，或放到外币字段。",
            "This amount is in a foreign currency. Convert it to yuan or use another field.",
        )
    sign, body = _signed(text)
    sign_inside, body = _signed(_CURRENCY.sub("", _CURRENCY.sub("", body)))
    amount = _amount(body.replace(" ", ""))
    if amount is None or (sign < 0 and sign_inside < 0):
        raise refused("看不懂这个金额。写成“1234.50”。", "The amount cannot be read. Write it as 1234.50.")
    if amount >= _MONEY_LIMIT:
        raise refused("金额超过一千万亿元。核对单位。", "The amount exceeds 10^15 yuan. Check its unit.")
    rounded = amount.quantize(_CENT, ROUND_HALF_UP)
    return f"{rounded * sign * sign_inside if rounded else rounded:f}"


def parse_integer(raw: str) -> int:
    """Return a whole number; thousands separators and `.0` are allowed."""
    if raw.isascii() and raw.isdecimal() and len(raw) <= _INTEGER_DIGITS:
        return int(raw)
    number = _number(raw, "数字", "number")
    if number != number.to_integral_value():
        raise refused("这里要整数，不能有小数。", "A whole number is needed here, without decimals.")
    if abs(number) >= _INTEGER_LIMIT:
        raise refused(
            "数字超过 18 位。若是编号，把字段类型改为“编码”。",
            "The number has more than 18 digits. If it is an identifier, make the field a code.",
        )
    return int(number)


def parse_decimal(raw: str) -> str:
    """Return a decimal number without trailing zeros and separators."""
    number = _number(raw, "数字", "number")
    if len(number.as_tuple().digits) > _DIGITS_LIMIT:
        raise refused("数字超过 38 位。", "The number has more than 38 digits.")
    return _trimmed(number)


def parse_percentage(raw: str) -> str:
    """Return a share between -1 and 1: 12.5%, 125‰ and 0.125 are all `0.125`. 12.5 without a sign is refused."""
    text = plain(raw)
    divisor = {"%": Decimal(100), "‰": Decimal(1000)}.get(text[-1:], Decimal(1))
    number = _number(text.rstrip("%‰"), "百分数", "percentage") / divisor
    if abs(number) > 1:
        raise refused(
            "百分数要在 -100% 到 100% 之间，带百分号或写成小数，如 12.5% 或 0.125。",
            "A percentage lies between -100% and 100%, with its sign or as a fraction: 12.5% or 0.125.",
        )
    return _trimmed(number)


def _signed(text: str) -> tuple[int, str]:
    if text.startswith("(") and text.endswith(")"):
        return -1, text[1:-1].strip()
    if text.startswith("-"):
        return -1, text[1:].strip()
    if text.endswith("-"):
        return -1, text[:-1].strip()
    return 1, text.removeprefix("+").strip()


def _amount(text: str) -> Decimal | None:
    """Return the figure with its Chinese units added up (1亿2000万), or None."""
    total, last_unit, place = Decimal(0), Decimal("Infinity"), 0
    for section in _SECTION.finditer(text):
        unit = _UNITS[section[2]]
        if section.start() != place or unit >= last_unit or not _NUMBER.fullmatch(section[1]):
            return None
        total += Decimal(section[1].replace(",", "")) * unit
        last_unit, place = unit, section.end()
    rest = text[place:]
    if not rest:
        return total if place else None
    return total + Decimal(rest.replace(",", "")) if _NUMBER.fullmatch(rest) else None


def _number(raw: str, zh: str, en: str) -> Decimal:
    text = plain(raw).replace("\u2212", "-")
    wrong: InvalidValue | None = scientific(text, zh, en)
    if wrong:
        raise wrong
    sign, body = _signed(text)
    if not _NUMBER.fullmatch(body):
        raise refused(
            f"看不懂这个{zh}。只写数字，如“1234.5”。",
            f"The {en} cannot be read. Write figures only, as 1234.5.",
        )
    return Decimal(body.replace(",", "")) * sign


def _trimmed(number: Decimal) -> str:
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
