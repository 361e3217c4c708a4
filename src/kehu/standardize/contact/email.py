"""E-mail addresses in lower case: providers do not tell capitals apart, and people type both."""

import re

from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import plain

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&*+/=?^_{|}~'`-]+(?:\.[a-z0-9!#$%&*+/=?^_{|}~'`-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
_LOCAL_LIMIT, _LIMIT = 64, 254


def parse_email(raw: str) -> str:
    """Return the address in lower case, without `mailto:`, angle brackets and trailing punctuation."""
    text = plain(raw).lower().replace(" ", "").replace("。", ".")
    address = text.removeprefix("mailto:").strip("<>;,.")
    if _ADDRESS.fullmatch(address) and len(address) <= _LIMIT and address.index("@") <= _LOCAL_LIMIT:
        return address
    if address.count("@") > 1:
        raise refused("一格里有多个邮箱。只留一个。", "The cell holds several e-mail addresses. Keep one.")
    if "@" not in address:
        raise refused("邮箱里缺少 @。", "The e-mail address lacks an @.")
    if not address.isascii():
        raise refused(
            "邮箱里有汉字或全角符号。核对后改成英文字符。",
            "The e-mail address holds characters other than Latin ones. Correct them.",
        )
    raise refused(
        "邮箱写法不对，应像 name@example.com。",
        "The e-mail address is malformed; it should look like name@example.com.",
    )
