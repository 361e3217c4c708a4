"""What the values of a column say: the share of them that each standard takes.

Standards that almost any text passes (names, addresses) are judged by tighter signs, since here they are to tell apart.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from kehu.standardize.contact.address import split_address
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS

_TRY_FIRST = 40
_TRY_SHARE = 0.4
_SCIENTIFIC = re.compile(r"\s*[+-]?\d(\.\d+)?[eE]\+?\d+\s*")
_HAN_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]+[·•・．.][\u3400-\u9fff·•・．.]+"
)
_LATIN_NAME = re.compile(r"[A-Za-z]+([ ,.'-]+[A-Za-z]+)+\.?")
_ORGANIZATION = re.compile(
    r"(公司|集团|企业|厂|商店|店|中心|银行|信用社|合作社|事务所|工作室|学校|大学|学院|医院|研究院|委员会|局|部|协会|基金会|[Ll]td\.?|Inc\.?)$"
)
_ADDRESS = re.compile(r"[省市区县镇乡村路街道巷弄号幢栋室]")
_SEX_WORDS = frozenset(
    ["男", "女", "男性", "女性", "m", "f", "male", "female", "未知", "未说明", "未说明的性别"]
)
_FREE = frozenset(("text", "code", "phone", "identity_document"))


class ColumnContent:
    """The filled values of one column, with shares counted when they are asked for."""

    def __init__(self, values: Sequence[str]) -> None:
        self.rows = len(values)
        self.filled = [value for each in values if (value := each.strip())]
        self.scientific = sum(_SCIENTIFIC.fullmatch(value) is not None for value in self.filled)
        self._plain = [value for value in self.filled if not _SCIENTIFIC.fullmatch(value)]
        self._shares: dict[str, float] = {}

    @property
    def blank_share(self) -> float:
        """The share of rows without a value; 1 where there are no rows."""
        return 1 - len(self.filled) / self.rows if self.rows else 1.0

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value and no two have the same."""
        return self.repeated == 0 and 0 < len(self.filled) == self.rows

    @property
    def repeated(self) -> int:
        """The number of rows whose value another row before has."""
        return len(self.filled) - len(set(self.filled))

    @property
    def is_varied(self) -> bool:
        """Whether most values differ, as names do and codes do not."""
        return 2 * len(set(self.filled)) > len(self.filled)

    def share(self, standard: str) -> float | None:
        """Return the share of values that meet a standard; none where that says nothing.

        Values in scientific notation are left out: they say what Excel did, not what the column is.
        """
        if standard in _FREE or standard not in STANDARDS or not self._plain:
            return None
        if standard not in self._shares:
            meets = _SIGNS.get(standard) or _by_parsing(standard)
            head = self._plain[:_TRY_FIRST]
            share = sum(map(meets, head)) / len(head)
            if share >= _TRY_SHARE and len(self._plain) > len(head):
                share = sum(map(meets, self._plain)) / len(self._plain)
            self._shares[standard] = share
        return self._shares[standard]

    def failing(self, standard: str) -> int:
        """Return the number of values, other than scientific ones, that do not meet a standard."""
        share = self.share(standard)
        return 0 if share is None else len(self._plain) - round(share * len(self._plain))


def _by_parsing(standard: str) -> Callable[[str], bool]:
    parse = STANDARDS[standard].parse

    def _meets(value: str) -> bool:
        try:
            parse(value)
        except InvalidValue:
            return False
        return True

    return _meets


def _is_person(value: str) -> bool:
    if _ORGANIZATION.search(value):
        return False
    return _HAN_NAME.fullmatch(value) is not None or _LATIN_NAME.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    if len(_ADDRESS.findall(value)) > 1:
        return True
    place = split_address(value)
    return bool(place.province or place.city)


def _is_card(value: str) -> bool:
    return not _by_parsing("resident_id")(value) and _by_parsing("bank_card")(value)


_SIGNS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "person_name": _is_person,
        "organization_name": lambda value: _ORGANIZATION.search(value) is not None,
        "address": _is_address,
        "bank_card": _is_card,
    }
)


def is_sex_in_words(content: ColumnContent) -> bool:
    """Tell whether a column holds nothing but words for sexes; digits alone could be any code."""
    return bool(content.filled) and all(value.lower() in _SEX_WORDS for value in content.filled)
