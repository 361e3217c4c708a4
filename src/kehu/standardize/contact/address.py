"""Addresses split into province, city, district and the rest, where people leave levels out or shorten them.

A district's name alone decides only where it is the only one of its name; 鼓楼区 without its city stays unresolved.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kehu.standardize.contact.regions import (
    MUNICIPALITIES,
    Region,
    city_code,
    province_code,
    regions,
    short_name,
)
from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import plain, require_seen

_LIMIT = 300
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_LOOSE_SPACE = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
_COUNTRY = re.compile(r"(?:中华人民共和国|中国)[\s,/|>\-]*")
_GAP = " ,/|>-、"
_CITY_PROPER = ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖县级")
# A short name followed by one of these is a street or a house: 南京西路, 北京大厦.
_STREET = re.compile(
    r"[东南西北中一二三四五]?(?:路|街|道|大道|大街|巷|里|弄|村|镇|乡|小区|花园|新村|大厦|广场|饭店|大学)"
)
_SURE_LENGTH = 3


class Address(NamedTuple):
    """Full names as in the register, `rest` as written; what is not known is empty. `region_code` is the finest known."""

    province: str
    city: str
    district: str
    rest: str
    region_code: str

    @property
    def full(self) -> str:
        """The address in one line, a municipality named once."""
        city = "" if self.city == self.province else self.city
        return f"{self.province}{city}{self.district}{self.rest}"


class _Name(NamedTuple):
    text: str
    code: str
    is_short: bool


_Names = Mapping[str, tuple[_Name, ...]]


@lru_cache(maxsize=4_096)
def split_address(text: str) -> Address:
    """Split an address; without any known region all of it is `rest`."""
    rest = plain(text)
    if rest.startswith("中"):
        rest = _COUNTRY.sub("", rest, count=1)
    code, rest = _descend(rest)
    known = regions()
    if not code:
        return Address("", "", "", rest, "")
    province, city = province_code(code), city_code(code)
    return Address(
        known[province].name,
        known[city].name if city in known and (city != province or province in MUNICIPALITIES) else "",
        known[code].name if code not in (city, province) else "",
        rest,
        code,
    )


def parse_address(raw: str) -> str:
    """Return the address in one width without loose spaces, completed in front by the province and city it lies in."""
    text = require_seen(_LOOSE_SPACE.sub("", plain(raw)))
    for _ in range(3):
        full = require_seen(_LOOSE_SPACE.sub("", split_address(text).full).strip())
        if full == text:
            break
        text = full
    if len(text) > _LIMIT:
        raise refused(
            "地址超过 300 个字。核对这一列是不是地址。",
            "The address is longer than 300 characters. Check that this column holds addresses.",
        )
    return text


def _descend(text: str) -> tuple[str, str]:
    """Return the finest region code found from the left, and what follows it."""
    code, rest = _match(_top(), text, is_sure=False)
    if not code:
        return "", text
    while code.endswith("00"):
        after = rest.lstrip(_GAP)
        for words in _CITY_PROPER:
            after = after.removeprefix(words).lstrip(_GAP)
        finer, left = _match(_within(code), after, is_sure=True)
        if not finer and after[1:2] == "区":  # 济南市中区, 青岛市北区: the 市 belongs to the district
            finer, left = _match(_within(code), f"市{after}", is_sure=True)
        if not finer:
            break
        code, rest = finer, left
    return code, rest.lstrip(_GAP)


def _match(names: _Names, text: str, *, is_sure: bool) -> tuple[str, str]:
    """Return the longest name that the text starts with. Short names are weighed by what follows them."""
    for name in names.get(text[:2], ()):
        if text.startswith(name.text):
            rest = text[len(name.text) :]
            if not name.is_short or _stands_alone(name, rest, is_sure=is_sure):
                return name.code, rest
    return "", text


def _stands_alone(name: _Name, rest: str, *, is_sure: bool) -> bool:
    if _STREET.match(rest) and not _match(_within(name.code), rest, is_sure=True)[0]:
        return False
    is_district = name.code[4:] != "00" and not name.text.endswith("市")
    if not is_district or not rest or rest[0] in _GAP:
        return True
    return is_sure and regions()[name.code].name.endswith("市")


@lru_cache(maxsize=1)
def _top() -> _Names:
    """Provinces, cities, and the districts that are the only ones of their name; the others bear no code."""
    found = [name for region in regions().values() if not region.abolished for name in _names_of(region.code)]
    places = defaultdict(set)
    for name in found:
        if not (name.is_short and name.code[4:] != "00"):
            places[name.text].add(name.code)
    sure: list[_Name] = []
    for text, codes in places.items():
        is_short = all(regions()[code].name != text for code in codes)
        is_district = all(code[4:] != "00" for code in codes)
        usable = len(codes) == 1 and not (is_district and len(text) < _SURE_LENGTH)
        code = next(iter(codes)) if usable else _coarsest(codes)
        sure.append(_Name(text, code, is_short))
    return _indexed(sure)


def _coarsest(codes: Iterable[str]) -> str:
    """Return the one province (吉林) or prefecture among namesakes, or nothing where districts alone share the name."""
    for ending in ("0000", "00"):
        coarse = [code for code in codes if code.endswith(ending)]
        if coarse:
            return coarse[0] if len(coarse) == 1 else ""
    return ""


@lru_cache(maxsize=1)
def _families() -> Mapping[str, tuple[Region, ...]]:
    """Return the regions by province (two digits) and by prefecture (four), those in force first, then the latest."""
    families: defaultdict[str, list[Region]] = defaultdict(list)
    for region in sorted(regions().values(), key=lambda region: (-(region.abolished or 9999), region.code)):
        families[region.code[:2]].append(region)
        families[region.code[:4]].append(region)
    return {prefix: tuple(family) for prefix, family in families.items()}


@lru_cache(maxsize=1024)
def _within(code: str) -> _Names:
    """Names below a region. Within a city the abolished districts too; within a province only unique ones."""
    is_municipality = code in MUNICIPALITIES
    is_province = code.endswith("0000")
    is_city = is_municipality or not is_province
    places: defaultdict[str, list[_Name]] = defaultdict(list)
    for region in _families().get(code[:2] if is_province else code[:4], ()):
        if (region.code != code or is_municipality) and (is_city or not region.abolished):
            for name in _names_of(region.code):
                places[name.text].append(name)
    return _indexed([same[0] for same in places.values() if _is_one(same, is_city=is_city)])


def _is_one(same: list[_Name], *, is_city: bool) -> bool:
    return is_city or len(same) == 1 or same[0].code.endswith("00")


def _names_of(code: str) -> list[_Name]:
    full = regions()[code].name
    short = short_name(full)
    return [_Name(full, code, is_short=False)] + (
        [_Name(short, code, is_short=True)] if short != full else []
    )


def _indexed(names: Iterable[_Name]) -> _Names:
    index: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        index[name.text[:2]].append(name)
    return {start: tuple(sorted(same, key=lambda name: -len(name.text))) for start, same in index.items()}
