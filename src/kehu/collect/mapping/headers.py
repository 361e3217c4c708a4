"""What a header says: fields by equal, similar, shortened or contained names, the best first."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pypinyin import Style, lazy_pinyin

from kehu.collect.mapping.proposal import FieldSpec
from kehu.collect.mapping.synonyms import SYNONYMS

Likeness = Literal["same", "similar", "pinyin", "contained"]

_BRACKETS = re.compile(r"[(\[{<【〔《「][^)\]}>】〕》」]*[)\]}>】〕》」]?")
_NOISE = re.compile(r"[\W_]+")
_BEFORE = re.compile(
    r"(主借款人|借款人|持卡人|投保人|客户|用户|会员|个人|本人|customer|cust|client|member|user|party|c|f)(?=..)"
)
_BEHIND = re.compile(r"(?<=..)(必填|选填|信息|名称|代码|编码|号码|\d{1,2}|code|cd|desc|info|txt)$")
_OTHER_PERSON = re.compile(
    "经理|紧急联系|推荐人|引荐人|介绍人|配偶|担保人|经办人|代理人|监护人|受益人|共同借款人|父亲|母亲|子女|"
    "manager|mgr|emergency|referrer|spouse|guarantor|agent|guardian|beneficiary"
)
_MIN_CONTAINED = 2
_LATIN = re.compile(r"[a-z]{2,40}")


class HeaderMatch(NamedTuple):
    """A name that a header matches, and how; `rank` counts from 0 among the names the header may mean."""

    target: str
    likeness: Likeness
    rank: int


class HeaderIndex:
    """All names of all fields, ready to be asked for a header."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._same: dict[str, list[str]] = {}
        self._pinyin: dict[str, list[str]] = {}
        for target, words in names.items():
            for word in words:
                name = normalized(word)
                _add(self._same, name, target)
                if not name.isascii():
                    for spelled in _spellings(name):
                        _add(self._pinyin, spelled, target)

    def matches(self, header: str) -> list[HeaderMatch]:
        """Return what the header may mean by the strictest likeness that finds anything."""
        whole = normalized(header)
        without_note = normalized(_BRACKETS.sub("", unicodedata.normalize("NFKC", header)))
        bare = _BEHIND.sub("", _BEFORE.sub("", without_note, count=1))
        for name in (whole, without_note):
            if name in self._same:
                return _ranked(self._same[name], "same")
        for name in (_BEHIND.sub("", without_note), _BEFORE.sub("", without_note, count=1), bare):
            if name in self._same:
                return _ranked(self._same[name], "similar")
        if _LATIN.fullmatch(whole) and whole in self._pinyin:
            return _ranked(self._pinyin[whole], "pinyin")
        return self._contained(without_note)

    def _contained(self, header: str) -> list[HeaderMatch]:
        """Find Han names inside a Han header; the longest one that stands furthest behind says what it is."""
        if header.isascii():
            return []
        found = [
            (header.rfind(name) + len(name), len(name), name)
            for name in self._same
            if len(name) >= _MIN_CONTAINED and not name.isascii() and name in header
        ]
        return _ranked(self._same[max(found)[2]], "contained") if found else []


def normalized(header: str) -> str:
    """Return a header in lower case without spaces, punctuation and differences of width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header).lower())


def is_of_another_person(header: str) -> bool:
    """Tell whether a header speaks of somebody else than the customer, such as a spouse or an account manager."""
    return _OTHER_PERSON.search(normalized(header)) is not None


def index_of(fields: Sequence[FieldSpec]) -> HeaderIndex:
    """Return the index of the fields by key, label, and synonyms of their own and of ours."""
    return HeaderIndex(
        {
            field.key: (
                field.key,
                field.label.zh,
                field.label.en,
                *field.synonyms,
                *SYNONYMS.get(field.key, ()),
            )
            for field in fields
        }
    )


def _add(index: dict[str, list[str]], name: str, target: str) -> None:
    targets = index.setdefault(name, [])
    if target not in targets:
        targets.append(target)


def _ranked(targets: list[str], likeness: Likeness) -> list[HeaderMatch]:
    return [HeaderMatch(target, likeness, rank) for rank, target in enumerate(targets)]


@lru_cache(maxsize=4_096)
def _spellings(name: str) -> tuple[str, str]:
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return "".join(syllable[0] for syllable in syllables), "".join(syllables)
