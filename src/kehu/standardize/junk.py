"""Values that identify nobody: zeros, `null`, 13800138000, 测试. The list is a default that stewards may edit.

Patterns are whole-value regular expressions, case-insensitive, free of groups: a caller may join them with `|`.
"""

import re
from functools import lru_cache

_ANY_KIND = (
    r"[0\-\s._]*",
    r"-1",
    r"null|none|nil|nan|n/a|na|undefined|unknown|anonymous|void|empty|blank|default|guest|dummy|sample",
    r"test|tests|testing|demo|xxx+|asdf|qwerty",
    r"\[object object\]|true|false|yes|no|tbd|todo|#n/a|#ref!|#value!|not_set|\(not set\)|\(none\)",
    r"测试.{0,10}|.{0,4}测试|无|没有|未知|不详|暂无|未填|未提供|不明|空|待补|待定|保密|匿名|游客|无名氏|示例|样例",
    r"00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff",
)
_PHONE = (
    r"13800138000|13800000000|13900000000|12345678901",
    "|".join(f"1[3-9]{digit}{{9}}" for digit in range(10)),
    r"(?:\+?86)?1[3-9]0{9}|1[3-9][0-9]0{8}",
)
_RESIDENT_ID = (
    r"1{17}[0-9X]|123456789012345678|12345678901234567x|11010119900101001[0-9x]|110101190001010[0-9]{2}[0-9x]",
    r"[0-9]{6}190001010[0-9]{2}[0-9x]|[0-9]{6}19[0-9]{6}0{4}",
)
_LANDLINE = (
    r"0[0-9]{2,3}-?(?:0{7,8}|1{7,8}|2{7,8}|3{7,8}|4{7,8}|5{7,8}|6{7,8}|7{7,8}|8{7,8}|9{7,8}|12345678?)",
)
_EMAIL = (r"(?:test|none|null|noreply|no-reply|nomail|anonymous)@.*|.*@(?:test|invalid|localhost)",)
_CARD = (
    "|".join(f"{digit}{{12,19}}" for digit in range(10)),
    r"6222[0]{8,15}|62{0,1}0{11,17}|1234567890[0-9]{2,9}",
)
_DOCUMENT = (r"[a-z]{1,3}(?:0+|1+|12345678?)",)

DEFAULT_BLOCKED: tuple[tuple[str, str], ...] = tuple(
    (kind, pattern)
    for kind, patterns in (
        ("*", _ANY_KIND),
        ("mobile", _PHONE),
        ("phone", _PHONE),
        ("landline", _LANDLINE),
        ("resident_id", _RESIDENT_ID),
        ("email", _EMAIL),
        ("bank_card", _CARD),
        ("passport", _DOCUMENT),
        ("hk_macau_permit", _DOCUMENT),
    )
    for pattern in patterns
)


@lru_cache(maxsize=64)
def _blocked(kind: str) -> re.Pattern[str]:
    patterns = [f"(?:{pattern})" for scope, pattern in DEFAULT_BLOCKED if scope in ("*", kind)]
    return re.compile("|".join(patterns), re.IGNORECASE)


def is_junk_identifier(kind: str, value: str) -> bool:
    """Tell whether a value of this kind of identifier is on the default list and so identifies nobody."""
    return _blocked(kind).fullmatch(value.strip()) is not None
