"""Names of persons and organizations: one written form to keep, and one folded form to compare and to search.

A name is never refused for digits or Latin letters: people and companies bear them.
"""

import re
from functools import lru_cache
from typing import Protocol
from unicodedata import normalize

from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import plain, require_seen

_MIDDLE_DOTS = re.compile("\\s*[\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\u2e31\u25cf\uff65]\\s*")
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_STOP_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[.。](?=[{_HAN}])")
_ONLY_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_HAS_HAN = re.compile(f"[{_HAN}]")
_PERSON_LIMIT = 100
_ORGANIZATION_LIMIT = 200

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
    "漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 西门 第五 贯丘 "
    "子桑 即墨 达奚 褚师 纳兰 单于 爱新 叶赫 完颜 耶律 那拉 富察 钮祜 哥舒 贺兰 斛律 "
    "歐陽 司馬 東方 獨孤 南宮 萬俟 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鍾離 長孫 鮮于 閭丘 "
    "單于 東郭 軒轅 南門 西門 納蘭 完顏 賀蘭"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

# Rare shapes that OpenCC leaves alone, folded to the shape that systems without them write instead.
_VARIANTS = {"𠮷": "吉", "髙": "高", "﨑": "崎", "锺": "钟"}


def parse_person_name(raw: str) -> str:
    """Return the name as its bearer writes it: one width, one middle dot `·`, no stray spaces."""
    if _ONLY_HAN.fullmatch(raw):
        return raw
    name = _unified(raw)
    if len(name) > _PERSON_LIMIT:
        raise refused(
            "姓名超过 100 个字。核对这一列是不是姓名。",
            "The name is longer than 100 characters. Check that this column holds names.",
        )
    return name


def parse_organization_name(raw: str) -> str:
    """Return an organization's name; brackets are full width where the name is Chinese, as on its license."""
    name = _unified(raw)
    if _HAS_HAN.search(name):
        name = name.replace("(", "（").replace(")", "）").replace(" （", "（").replace("） ", "）")
    if len(name) > _ORGANIZATION_LIMIT:
        raise refused(
            "单位名称超过 200 个字。核对这一列是不是名称。",
            "The organization name is longer than 200 characters. Check that this column holds names.",
        )
    return name


def _unified(raw: str) -> str:
    text = _MIDDLE_DOTS.sub("·", plain(raw))
    if not text.isascii():
        text = _SPACE_BETWEEN_HAN.sub("", text)
        text = _STOP_BETWEEN_HAN.sub("·", text)
    while "··" in text:
        text = text.replace("··", "·")
    return require_seen(text.strip(" ·"))


def surname_of(name: str) -> str:
    """Return the surname of a Chinese name, a compound one whole; of `阿卜杜·热合曼` the first segment."""
    if "·" in name:
        return name.split("·", 1)[0]
    return name[:2] if name[2:] and name[:2] in COMPOUND_SURNAMES else name[:1]


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _simplifier() -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


def simplify(text: str) -> str:
    """Return the text in simplified characters, character by character where it is one."""
    return _simplifier().convert(text) if not text.isascii() else text


class _Folding(dict[int, str]):
    """The fold of each character, found on first sight; a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded, before = chr(code), ""
        while folded != before:
            before, folded = folded, "".join(_fold_once(character) for character in folded)
        self[code] = folded
        return folded


def _fold_once(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    flat = normalize("NFD", normalize("NFKC", _VARIANTS.get(character, character)).casefold())
    parts = [_simplifier().convert(part) if _HAS_HAN.match(part) else part for part in flat if part.isalnum()]
    return "".join(parts)


_FOLDING = _Folding()


def fold_name(name: str) -> str:
    """Return the form that equal names share: simplified, half width, lower case, letters and digits only.

    Each character folds by itself, so the fold of a part is a part of the fold: substring search works on it.
    """
    return name.translate(_FOLDING)
