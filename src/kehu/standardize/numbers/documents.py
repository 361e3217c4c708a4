"""Identity documents beside the resident number: passports, travel permits, the foreigner's residence card.

`identity_document` takes any of them, for columns that mix kinds; `kind_of_document` says which one a number is.
"""

import re
from collections.abc import Callable

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.numbers import resident_id
from kehu.standardize.persons.characters import bare, plain, scientific
from kehu.standardize.values.dates import is_calendar_date

_CHINESE_PASSPORT = re.compile(
    r"(?:[EGDSPHMK][0-9]{8}|[ED][A-HJ-NP-Z][0-9]{7}|(?:DE|SE|PE|MA)[0-9]{7}|1[45][0-9]{7}|[SP][0-9]{7})"
)
_FOREIGN_PASSPORT = re.compile(r"(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{6,12}")
_TO_HK_MACAU = re.compile(r"C(?:[0-9]{8}|[A-Z][0-9]{7})|W[0-9]{8}")
_FROM_HK_MACAU = re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")
_FROM_TAIWAN = re.compile(r"[0-9]{8}|[0-9]{10}(?:\([A-Z]\)|[A-Z])?")
_TO_TAIWAN = re.compile(r"[LT][0-9]{8}")
_OLD_CARD = re.compile(r"[A-Z]{3}[0-9]{4}([0-9]{6})[0-9]{2}")
_CARD = re.compile(r"9[0-9]{5}((?:18|19|20)[0-9]{6})[0-9]{3}[0-9X]")


def parse_passport(raw: str) -> str:
    """Return the number in capitals without separators; other countries' are taken when they look like one."""
    number = _written(raw, "护照号", "passport number")
    if _CHINESE_PASSPORT.fullmatch(number) or _FOREIGN_PASSPORT.fullmatch(number):
        return number
    raise refused(
        "护照号应为 6 至 12 位字母和数字，如 E 加 8 位数字。",
        "A passport number has 6 to 12 letters and digits, such as E and 8 digits.",
    )


def parse_hk_macau_permit(raw: str) -> str:
    """Return a permit to travel to Hong Kong and Macau (C, W) or from there to the mainland (H, M)."""
    number = _written(raw, "港澳通行证号", "permit number")
    if _TO_HK_MACAU.fullmatch(number) or _FROM_HK_MACAU.fullmatch(number):
        return number
    raise refused(
        "港澳通行证以 C 或 W 开头加 8 位；来往内地通行证以 H 或 M 开头加 8 或 10 位。",
        "A permit to Hong Kong and Macau is C or W and 8 more; one to the mainland is H or M and 8 or 10 digits.",
    )


def parse_taiwan_permit(raw: str) -> str:
    """Return a permit from Taiwan to the mainland (8 or 10 digits) or from the mainland to Taiwan (L, T)."""
    number = _written(raw, "台湾通行证号", "permit number")
    if _FROM_TAIWAN.fullmatch(number) or _TO_TAIWAN.fullmatch(number):
        return number.replace("(", "").replace(")", "")
    raise refused(
        "台湾居民来往大陆通行证为 8 位或 10 位数字；往来台湾通行证以 L 或 T 开头加 8 位。",
        "A permit from Taiwan has 8 or 10 digits; one to Taiwan is L or T and 8 digits.",
    )


def parse_foreigner_card(raw: str) -> str:
    """Return a permanent residence card number: 18 digits since 2023, before that three letters and 12 digits."""
    number = _written(raw, "外国人永久居留证号", "residence card number")
    old = _OLD_CARD.fullmatch(number)
    if old and (is_calendar_date("19" + old[1]) or is_calendar_date("20" + old[1])):
        return number
    card = _CARD.fullmatch(number)
    if card and is_calendar_date(card[1]) and resident_id.check_character(number[:17]) == number[17]:
        return number
    raise refused(
        "外国人永久居留证为 18 位（9 开头）或 3 个字母加 12 位数字。对照证件核对。",
        "A permanent residence card has 18 digits that start with 9, or 3 letters and 12 digits. Compare it with the card.",
    )


_KINDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("resident_id", resident_id.parse_resident_id),
    ("foreigner_card", parse_foreigner_card),
    ("hk_macau_permit", parse_hk_macau_permit),
    ("taiwan_permit", parse_taiwan_permit),
    ("passport", parse_passport),
)
_RESIDENT_LENGTHS = (15, 18)


def parse_identity_document(raw: str) -> str:
    """Return any known identity document in its own standard form."""
    return _recognized(raw)[1]


def kind_of_document(number: str) -> str | None:
    """Return the key of the standard that a document number meets, the strictest first; None where none does."""
    try:
        return _recognized(number)[0]
    except InvalidValue:
        return None


def _recognized(raw: str) -> tuple[str, str]:
    compact = bare(raw)
    if len(compact) in _RESIDENT_LENGTHS and compact[:-1].isdecimal() and not compact.startswith("9"):
        return "resident_id", resident_id.parse_resident_id(raw)
    for kind, parse in _KINDS:
        try:
            return kind, parse(raw)
        except InvalidValue:
            continue
    wrong = scientific(plain(raw), "证件号", "document number")
    raise wrong or refused(
        "认不出是哪种证件。核对号码，或在导入时选定证件类型。",
        "No known document has this form. Check the number, or choose the kind of document in the import.",
    )


def _written(raw: str, zh: str, en: str) -> str:
    wrong = scientific(plain(raw), zh, en)
    if wrong:
        raise wrong
    return bare(raw).upper()
