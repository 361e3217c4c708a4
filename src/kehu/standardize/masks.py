"""Masks: what stands on a page in place of personal data. The server masks; the clear value never leaves it.

Whatever a mask does not recognize becomes six stars. The count of stars is constant, so it tells nothing.
"""

import re

from kehu.standardize.contact.address import split_address
from kehu.standardize.persons.names import surname_of

HIDDEN = "******"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ABROAD = re.compile(r"\+[1-9][0-9]{8,14}")
_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_CARD = re.compile(r"[0-9]{12,19}")
_DOCUMENT = re.compile(r"[0-9A-Z]{6,20}")
_EMAIL = re.compile(r"([^@\s])([^@\s]*)@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})", re.IGNORECASE)
_LANDLINE = re.compile(r"(0[0-9]{2,3})-([0-9]{7,8})(?:-[0-9]{1,6})?")
_DATE = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_LONG_DIGITS = re.compile(r"[0-9]{7}")


def mask_any(_value: str) -> str:
    """Return six stars: for everything that has no mask of its own."""
    return HIDDEN


def mask_mobile(value: str) -> str:
    """Return `138****1234`; of a foreign number the last four digits."""
    if _MOBILE.fullmatch(value):
        return f"{value[:3]}****{value[-4:]}"
    return f"****{value[-4:]}" if _ABROAD.fullmatch(value) else HIDDEN


def mask_landline(value: str) -> str:
    """Return area code and the last two digits: `0571*****66`. An extension is hidden."""
    found = _LANDLINE.fullmatch(value)
    return f"{found[1]}*****{found[2][-2:]}" if found else HIDDEN


def mask_phone(value: str) -> str:
    """Return the mask of a mobile or of a landline, whichever the number is."""
    return mask_landline(value) if _LANDLINE.fullmatch(value) else mask_mobile(value)


def mask_resident_id_list(value: str) -> str:
    """Return first and last two: `4******26`, for lists."""
    return f"{value[0]}{HIDDEN}{value[-2:]}" if _RESIDENT_ID.fullmatch(value) else HIDDEN


def mask_resident_id(value: str) -> str:
    """Return 3 + 4: only where neither birth date nor district stands on the same page."""
    return f"{value[:3]}{'*' * 11}{value[-4:]}" if _RESIDENT_ID.fullmatch(value) else HIDDEN


def mask_resident_id_tail(value: str) -> str:
    """Return the last four alone, for a page that shows the birth date or the district too."""
    return f"{'*' * 14}{value[-4:]}" if _RESIDENT_ID.fullmatch(value) else HIDDEN


def mask_passport(value: str) -> str:
    """Return first and last two, for passports, permits and residence cards."""
    return f"{value[0]}{HIDDEN}{value[-2:]}" if _DOCUMENT.fullmatch(value) else HIDDEN


def mask_card(value: str) -> str:
    """Return `尾号 2217`: the last four digits, never the first ones."""
    return f"尾号 {value[-4:]}" if _CARD.fullmatch(value) else HIDDEN


def mask_name(value: str) -> str:
    """Return the surname and two stars whatever the length: `沈**`, `欧阳**`, of `阿卜杜·热合曼` `阿**`."""
    name = value.strip()
    if not name[1:] or not name[0].isalpha():
        return HIDDEN
    shown = name[0] if "·" in name else surname_of(name)
    return f"{shown}**"


def mask_email(value: str) -> str:
    """Return the first character and the domain: `s***@example.com`; of one character nothing but `*`."""
    found = _EMAIL.fullmatch(value)
    if found is None or _LONG_DIGITS.search(found[3]):
        return HIDDEN
    return f"{found[1]}***@{found[3]}" if found[2] else f"*@{found[3]}"


def mask_address(value: str) -> str:
    """Return city and district: `杭州市西湖区 ******`; only names of the register can appear."""
    address = split_address(value)
    shown = (address.city or address.province) + address.district
    return f"{shown} {HIDDEN}" if shown else HIDDEN


def mask_date(value: str) -> str:
    """Return the year: `1985-**-**`."""
    found = _DATE.fullmatch(value)
    return f"{found[1]}-**-**" if found else HIDDEN
