"""Masked samples of a column: enough to recognize it, never a personal value in clear."""

import re
from collections.abc import Iterator, Sequence

from kehu.standardize.detect import find_personal, looks_sealed
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.masks import HIDDEN, mask_any
from kehu.standardize.standards import STANDARDS

SAMPLE_COUNT = 3
_LONGEST = 24
_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE]\+?\d+")
_CODE_ENDS = re.compile(r"(\w{2}[\W_]?)\w{4,}(\w{2})")


def masked_samples(
    header: str, values: Sequence[str], standard: str | None, *, is_personal: bool
) -> tuple[str, ...]:
    """Return up to three different samples; `is_personal` hides those of a column without a standard."""
    samples: list[str] = []
    for value in _different(values):
        if standard:
            samples.append(_masked(header, value, standard))
        else:
            samples.append(mask_any(value) if is_personal else _unless_sealed(header, value))
        if len(samples) == SAMPLE_COUNT:
            break
    return tuple(samples)


def _different(values: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for each in values:
        value = each.strip()
        if value and value not in seen:
            seen.add(value)
            yield value


def _masked(header: str, value: str, key: str) -> str:
    if _SCIENTIFIC.fullmatch(value):
        return value
    standard = STANDARDS[key]
    try:
        parsed = standard.parse(value)
    except InvalidValue:
        return HIDDEN
    if standard.mask is not mask_any:
        return standard.mask(str(parsed)) if standard.mask else _short(value)
    if standard.codes or standard.is_number or standard.is_timestamp:
        return _short(value)
    if key == "code" and not find_personal(value):
        return _CODE_ENDS.sub(r"\1****\2", _short(value))
    return _unless_sealed(header, value)


def _unless_sealed(header: str, value: str) -> str:
    return HIDDEN if looks_sealed(header, value) else _short(value)


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
