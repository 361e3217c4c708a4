"""Characters as they arrive from Excel, forms and mainframes, made plain: width, invisible marks, spaces.

Two depths exist: `clean_text` leaves Chinese punctuation as written; `plain` (NFKC) is for everything that is compared.
"""

import re
from unicodedata import normalize

from kehu.standardize.invalid import InvalidValue, refused

# Controls, bidirectional marks, zero-width characters, Hangul fillers and lone surrogates (no database takes those).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\u3164\ufeff\uffa0\ufff9-\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s'`\"=\-\u2010-\u2015\u2212\u30fb·.]+")
_SCIENTIFIC = re.compile(r"([+-]?\d)(?:\.(\d*))?[eE][+-]?\d{1,3}")
_MANTISSA_SHOWN = 2


def visible(raw: str) -> str:
    """Return the text without characters that nobody can see and no database should hold."""
    return raw if raw.isascii() and raw.isprintable() else _INVISIBLE.sub("", raw)


def plain(raw: str) -> str:
    """Return the text in compatibility form (NFKC), trimmed, with single spaces."""
    if raw.isascii() and raw.isprintable():
        return raw.strip() if "  " not in raw else _SPACES.sub(" ", raw).strip()
    text = normalize("NFKC", _INVISIBLE.sub("", raw))
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def clean_text(raw: str) -> str:
    """Return free text as it was written, in composed form, trimmed, line ends as one line feed."""
    text = visible(raw.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip() if text.isascii() else normalize("NFC", text).strip()


def bare(raw: str) -> str:
    """Return an identifier in compatibility form without spaces, hyphens, dots and the marks Excel forces text with."""
    return _SEPARATORS.sub("", plain(raw))


def require_seen(text: str) -> str:
    """Return the text, or refuse what was nothing but spaces and invisible characters."""
    if text:
        return text
    raise refused(
        "这一格只有看不见的字符。清空或重新填写。",
        "The cell holds only invisible characters. Clear it or fill it in again.",
    )


def scientific(text: str, zh: str, en: str) -> InvalidValue | None:
    """Return the refusal of a number that Excel has turned into scientific notation, else None.

    `zh` and `en` name the field. At most three digits of the value are repeated.
    """
    found = _SCIENTIFIC.fullmatch(text)
    if found is None:
        return None
    mantissa = found[1] + ("." + found[2][:_MANTISSA_SHOWN] if found[2] else "")
    shown = f"{mantissa}E{text[text.upper().index('E') + 1 :]}"
    return refused(
        f"{zh}是科学计数法（{shown}）。在 Excel 里把该列设为“文本”后重存。",
        f"The {en} is in scientific notation ({shown}). Set the column to Text in Excel and save again.",
    )
