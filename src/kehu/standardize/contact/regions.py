"""Administrative regions of China (GB/T 2260): codes in force, and those abolished since 1980 with their last year.

Identity numbers keep the code of their time for ever, so the past ones are needed too. Loaded on first use.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_NATIONS = (
    "蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族? 傣族 黎族 傈僳族 佤族 "
    "畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族? 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族? "
    "阿昌族 普米族 塔吉克族? 怒族 乌孜别克族? 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 "
    "门巴族 珞巴族 基诺族 各族 蒙古 回 满族"
)
_ENDING = re.compile(
    f"(?<=..)(?:(?:{_NATIONS.replace(' ', '|')})*自治[州县旗区]|特别行政区|林区|地区|省|市|盟|县|区|旗)$"
)
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))


class Region(NamedTuple):
    """One code; `abolished` is the last year in which it was in force, 0 while it still is."""

    code: str
    name: str
    abolished: int


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """Return all regions by code, past ones included."""
    text = files("kehu.standardize.contact").joinpath("data/regions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {code: Region(code, name, int(year[0]) if year else 0) for code, name, *year in rows}


def short_name(name: str) -> str:
    """Return a region's name as people say it: 浙江, 杭州, 恩施, 内蒙古; names of two characters stay whole."""
    return _ENDING.sub("", name)


def province_code(code: str) -> str:
    """Return the code of the province that a region lies in."""
    return code[:2] + "0000"


def city_code(code: str) -> str:
    """Return the code of the prefecture that a region lies in; a municipality is its own."""
    province = province_code(code)
    return province if province in MUNICIPALITIES else code[:4] + "00"


@lru_cache(maxsize=8192)
def region_name(code: str) -> str:
    """Return the full name of a six-digit code, the nearest known level where it is unknown, or nothing."""
    known = regions()
    levels = dict.fromkeys((province_code(code), city_code(code), code))
    return "".join(known[level].name for level in levels if level in known)
