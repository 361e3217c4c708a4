"""Why a column is proposed as it is, and what to look at, in the words of the mapping page."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kehu.collect.mapping.candidates import AGREES, Candidate
from kehu.collect.mapping.content import ColumnContent
from kehu.collect.mapping.proposal import FieldSpec
from kehu.platform.text import Text

SAME_HEADER = Text("表头相同", "Same header")
SIMILAR_HEADER = Text("表头相近", "Similar header")
REMEMBERED = Text("与上次相同", "Same as last time")
UNIQUE = Text("逐行唯一", "Unique in every row")
FORBIDDEN = Text("C3 级信息从不保存", "C3 data is never kept")
EXCLUDED = Text("已排除", "Left out")
CONFIRM = Text("请确认", "To be confirmed")
NO_FIELD = Text("没有对应的字段，不会保存", "No field fits; it is not kept")
ROW_NUMBER = Text("行号，不会保存", "Row number; it is not kept")
OLD_REASON = Text("上次拒收的原因，不会保存", "Reason of an earlier refusal; it is not kept")
OTHER_PERSON = Text("像是别人的资料，不会保存", "Seems to be about another person; it is not kept")
PERSONAL = Text("内容像个人信息", "The content seems to be personal")
A_DATE = Text("像日期，看不出是哪个日期，不会保存", "Dates, but not clear of what; they are not kept")
LOOKS_LIKE_TIME = Text("内容像时间", "The content looks like times")
PROPERTY = Text("作为事件属性保存", "Kept as a property of the event")

_BY_LIKENESS: Mapping[str, Text] = MappingProxyType(
    {
        "same": SAME_HEADER,
        "similar": SIMILAR_HEADER,
        "pinyin": Text("表头是拼音缩写", "The header is its pinyin"),
        "content": Text("只按内容猜", "Guessed from the content alone"),
        "remembered": REMEMBERED,
    }
)
_BY_STANDARD: Mapping[str, Text] = MappingProxyType(
    {
        "mobile": Text("内容像手机号", "The content looks like mobile numbers"),
        "landline": Text("内容像座机号", "The content looks like landlines"),
        "email": Text("内容像邮箱", "The content looks like e-mail addresses"),
        "date": Text("内容像日期", "The content looks like dates"),
        "timestamp": LOOKS_LIKE_TIME,
        "sex": Text("内容像性别", "The content looks like sexes"),
    }
)
_CODE_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "sex": "GB/T 2261.1",
        "marital_status": "GB/T 2261.2",
        "education": "GB/T 4658",
        "occupation": "GB/T 6565",
    }
)
_CHECKED = frozenset(("resident_id", "uscc", "bank_card"))
_LOSES_DIGITS = frozenset(("mobile", "landline", "phone", "resident_id", "bank_card", "code", "uscc"))
_NUMBERS = "零一两三四五六七八九"
_DIGITS = re.compile(r"\d+")
_MANY_BLANKS = 0.5


def percent(share: float) -> str:
    """Return a share as a percentage that is never rounded up to 100%."""
    return f"{int(share * 1000 + 1e-9) / 10:g}%"


def blank_reason(share: float) -> Text:
    """Return why a column that is nearly empty is not kept."""
    if share >= 1:
        return Text("全部为空，不会保存", "All blank; it is not kept")
    return Text(f"{percent(share)} 为空，不会保存", f"{percent(share)} blank; it is not kept")


def unique_reason(reason: Text) -> Text:
    """Return why a column is the key, with the proof of its field where there is one."""
    if reason in _BY_LIKENESS.values():
        return UNIQUE
    return Text(f"{reason.zh}，{UNIQUE.zh}", f"{reason.en}, {UNIQUE.en.lower()}")


def duplicate_reason(column: str) -> Text:
    """Return why a column loses against the one that fits the same field better."""
    return Text(f"与“{column}”是同一字段，已用那一列", f"Same field as “{column}”, which is used")


def reason_of(candidate: Candidate, spec: FieldSpec, content: ColumnContent, rival: FieldSpec | None) -> Text:
    """Return why a field is proposed: what its content proves, else what its header says."""
    if candidate.basis == "remembered":
        return REMEMBERED
    if rival:
        return Text(f"也可能是“{rival.label.zh}”", f"May also be “{rival.label.en}”")
    if candidate.share is not None and candidate.share >= AGREES:
        proof = _proof(candidate.share, spec.standard, content)
        if proof:
            return proof
    if candidate.basis == "contained":
        return Text(f"表头里提到“{spec.label.zh}”", f"The header mentions “{spec.label.en}”")
    return _BY_LIKENESS[candidate.basis]


def warnings_of(spec: FieldSpec, content: ColumnContent) -> list[Text]:
    """Return what will be refused, counted in the samples, and how much is blank."""
    warnings: list[Text] = []
    if content.scientific and spec.standard in _LOSES_DIGITS:
        count = content.scientific
        warnings.append(
            Text(
                f"样本里 {count} 行为科学计数法，将拒收",
                f"{count} sampled rows in scientific notation, to be refused",
            )
        )
    if failing := content.failing(spec.standard):
        what = (
            Text("校验码不符", "with a wrong check digit")
            if spec.standard in _CHECKED
            else Text("不合规范", "not valid")
        )
        warnings.append(Text(f"样本里 {failing} 行{what.zh}", f"{failing} sampled rows {what.en}"))
    if content.rows and content.blank_share >= _MANY_BLANKS:
        share = percent(content.blank_share)
        warnings.append(Text(f"{share} 为空", f"{share} blank"))
    return warnings


def joined(texts: Iterable[Text]) -> Text | None:
    """Return several remarks as one, or nothing."""
    given = list(texts)
    if not given:
        return None
    return Text("；".join(text.zh for text in given), "; ".join(text.en for text in given))


def repeated_warning(count: int) -> Text:
    """Return the remark on record keys that occur more than once."""
    return Text(f"样本里有 {count} 行重复", f"{count} sampled rows repeat a key")


def _proof(share: float, standard: str, content: ColumnContent) -> Text | None:
    if standard in _CHECKED:
        return Text(f"{percent(share)} 通过校验码", f"{percent(share)} pass the check digit")
    if standard in _CODE_LISTS and all(value.isdecimal() for value in content.filled):
        return Text(f"{_CODE_LISTS[standard]} 代码", f"Codes of {_CODE_LISTS[standard]}")
    if standard == "date" and share == 1:
        ways = len({_DIGITS.sub("0", value) for value in content.filled})
        if 1 < ways < len(_NUMBERS):
            zh = _NUMBERS[ways]
            return Text(f"{zh}种写法都认得", f"All {ways} ways of writing are understood")
    return _BY_STANDARD.get(standard)
