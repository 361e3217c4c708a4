"""The unified social credit code of organizations (GB 32100): 18 characters with a check character."""

import re

from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import bare, plain, scientific

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{_ALPHABET}]{{18}}")
_MODULUS = 31
_LENGTH = 18
_PRODUCTS = tuple(
    {character: value * pow(3, place, _MODULUS) for value, character in enumerate(_ALPHABET)}
    for place in range(17)
)


def check_character(first17: str) -> str:
    """Return the check character of the first seventeen (GB 32100, powers of 3 modulo 31)."""
    total = sum([products[character] for products, character in zip(_PRODUCTS, first17, strict=True)])
    return _ALPHABET[-total % _MODULUS]


def parse_uscc(raw: str) -> str:
    """Return the 18 characters in capitals, checked."""
    code = raw if _SHAPE.fullmatch(raw) else bare(raw).upper()
    if not _SHAPE.fullmatch(code):
        wrong = scientific(plain(raw), "统一社会信用代码", "credit code")
        if wrong:
            raise wrong
        if len(code) != _LENGTH:
            raise refused(
                f"统一社会信用代码应为 18 位，这里是 {len(code)} 位。旧的 15 位注册号要换成新代码。",
                f"A unified social credit code has 18 characters; this one has {len(code)}. Old 15-digit numbers need the new code.",
            )
        raise refused(
            "统一社会信用代码里有不该出现的字符（没有 I、O、S、V、Z）。",
            "The credit code holds a character it cannot have (I, O, S, V and Z do not occur).",
        )
    if check_character(code[:17]) != code[17]:
        raise refused(
            "统一社会信用代码的校验码不对，可能写错一位。对照营业执照核对。",
            "The credit code's check character does not fit: one may be wrong. Compare it with the business license.",
        )
    return code
