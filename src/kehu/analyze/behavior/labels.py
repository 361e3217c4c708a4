"""What the groups of an answer are called: units, codes and words, in both languages."""

from collections.abc import Iterable

from kehu.analyze.behavior.funnel import UNIT
from kehu.govern.fields.registry import registry
from kehu.platform.text import Text
from kehu.profile import queries as profiles

_NONE = Text("（无）", "(none)")
_YES_NO = {"true": Text("是", "Yes"), "false": Text("否", "No")}


def labels_of(by: str, keys: Iterable[str | None]) -> dict[str | None, Text]:
    """Return the labels of units (by id) or of the values of a field."""
    found = list(keys)
    if by == UNIT:
        names = profiles.get_names("govern_unit", [int(key) for key in found if key])
        return {key: Text(*[names.get(int(key), key)] * 2) if key else _NONE for key in found}
    standard = registry()[by].standard
    known = _YES_NO if standard.key == "yes_no" else standard.codes
    return {
        key: known.get(key.lower() if known is _YES_NO else key, Text(key, key)) if key else _NONE
        for key in found
    }
