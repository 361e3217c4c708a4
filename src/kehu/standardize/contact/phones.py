"""Telephone numbers of the mainland in one written form, and foreign ones in E.164 (`+85291234567`).

A mobile is eleven digits. A landline is `0571-88886666`, with an extension `0571-88886666-8012`.
"""

import re

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.persons.characters import plain, scientific

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_WRITTEN = re.compile(r"(?:\+?\(?(?:00)?86\)?)?0?(1[3-9][0-9]{9})(?:\.0)?")
_PUNCTUATION = re.compile(r"[\s\-\u2010-\u2015\u2212()\[\]._/]+")
_BETWEEN_NUMBERS = re.compile(
    r"[、,;|/\
]"
)
_DIGIT = re.compile(r"[0-9]")
_NUMBER_LENGTH = 7
_ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
_EXTENSION = re.compile(
    r"(?i)(?:\s*(?:转|轉|分机|分機|ext\.?|x|#|,)\s*[:号]?\s*|(?<=[0-9]{7})[-\u2010-\u2015]\s*)([0-9]{1,6})$"
)
_LANDLINE = re.compile(r"(10|2[0-9]|[3-9][0-9]{2})([2-9][0-9]{6,7})")
_MOBILE_LENGTH = 11
_SERVICE = re.compile(r"[48]00[0-9]{7}")


def parse_mobile(raw: str) -> str:
    """Return eleven digits, or E.164 where another country's code is written in front."""
    if _MOBILE.fullmatch(raw):
        return raw
    text = plain(raw)
    wrong = scientific(text, "手机号", "mobile number")
    if wrong:
        raise wrong
    digits = _PUNCTUATION.sub("", text.removesuffix(".0"))
    found = _MOBILE_WRITTEN.fullmatch(digits)
    if found:
        return found[1]
    return _abroad(digits) or _refuse_mobile(text, digits)


def parse_landline(raw: str) -> str:
    """Return area code and number joined by a hyphen, with the extension; 400 and 800 numbers as ten digits."""
    text = plain(raw)
    wrong = scientific(text, "座机号", "landline number")
    if wrong:
        raise wrong
    line = _landline(text)
    if line is None:
        raise _refused_landline(text)
    return line


def parse_phone(raw: str) -> str:
    """Return a mobile or a landline in its standard form, whichever the number is."""
    if _MOBILE.fullmatch(raw):
        return raw
    text = plain(raw)
    wrong = scientific(text, "电话号码", "phone number")
    if wrong:
        raise wrong
    digits = _PUNCTUATION.sub("", text.removesuffix(".0"))
    found = _MOBILE_WRITTEN.fullmatch(digits)
    if found:
        return found[1]
    line = _landline(text) or _abroad(digits)
    if line is None:
        raise _several(text) or refused(
            "电话号码不完整。手机写 11 位，座机带区号，境外号码以“+国家码”开头。",
            "The phone number is incomplete. A mobile has 11 digits, a landline its area code, a foreign number a leading +code.",
        )
    return line


def is_mobile(number: str) -> bool:
    """Tell whether a standard number is a mainland mobile."""
    return _MOBILE.fullmatch(number) is not None


def _landline(text: str) -> str | None:
    extension = _EXTENSION.search(text)
    body = text[: extension.start()] if extension else text
    digits = _PUNCTUATION.sub("", body.removesuffix(".0"))
    if _SERVICE.fullmatch(digits):
        number = digits
    else:
        for prefix in ("+86", "0086", "86"):
            if digits.startswith(prefix):
                digits = "0" + digits.removeprefix(prefix).lstrip("0")
                break
        found = _LANDLINE.fullmatch(digits[1:]) if digits.startswith("0") else None
        if found is None:
            return None
        number = f"0{found[1]}-{found[2]}"
    return f"{number}-{extension[1]}" if extension else number


def _abroad(digits: str) -> str | None:
    """Return E.164 for a number with another country's code that exists and has a possible length there."""
    found = _ABROAD.fullmatch(digits)
    if found is None or found[1].startswith("86"):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + found[1])
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _several(text: str) -> InvalidValue | None:
    parts = [len(_DIGIT.findall(part)) >= _NUMBER_LENGTH for part in _BETWEEN_NUMBERS.split(text)]
    if sum(parts) <= 1:
        return None
    return refused(
        "一格里有多个号码。只留一个，其余放到别的列。",
        "The cell holds several numbers. Keep one and move the others to another column.",
    )


def _refuse_mobile(text: str, digits: str) -> str:
    several = _several(text)
    if several:
        raise several
    if not digits.isdecimal():
        raise refused(
            "手机号里有数字以外的字符。只写 11 位数字。",
            "The mobile number holds other characters than digits. Write the 11 digits only.",
        )
    if digits.startswith("0"):
        raise refused(
            "这是座机号，不是手机号。放到座机列。",
            "This is a landline, not a mobile number. Put it into the landline column.",
        )
    if len(digits) != _MOBILE_LENGTH:
        raise refused(
            f"手机号应为 11 位，这里是 {len(digits)} 位。",
            f"A mobile number has 11 digits; this one has {len(digits)}.",
        )
    raise refused(
        "手机号的号段不存在。手机号以 13 至 19 开头。",
        "The mobile number's range does not exist. Mobile numbers start with 13 to 19.",
    )


def _refused_landline(text: str) -> InvalidValue:
    several = _several(text)
    if several:
        return several
    digits = "".join(character for character in text if character.isdecimal())
    if _MOBILE_WRITTEN.fullmatch(digits):
        return refused(
            "这是手机号，不是座机号。放到手机列。",
            "This is a mobile number, not a landline. Put it into the mobile column.",
        )
    return refused(
        "座机号缺少区号或位数不对。写成“0571-88886666”。",
        "The landline lacks its area code or has a wrong length. Write it as 0571-88886666.",
    )
