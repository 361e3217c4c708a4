"""The form in which texts are compared: half width, lower case, simplified. Each character folds by itself."""

from unicodedata import normalize

from kehu.standardize.persons.names import simplify


class _Folding(dict[int, str]):
    """The fold of each character, found on first sight; a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = simplify(normalize("NFKC", chr(code)).casefold())
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold_text(text: str) -> str:
    """Return a text for comparing: 繁簡, width and case are alike, and so are spaces around it.

    The fold of a part is a part of the fold, so that substring search works on it.
    """
    return text.lower().strip() if text.isascii() else text.translate(_FOLDING).strip()
