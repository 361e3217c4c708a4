"""Customers who do not exist: one with everything, one with long values, one with none, to look at a message with."""

from typing import Any, Literal

from kehu.govern.fields.registry import FieldSpec, Registry

Sample = Literal["usual", "long", "missing"]
SAMPLES: tuple[Sample, ...] = ("usual", "long", "missing")
_USUAL = {"name": ("沈静仪", "Shen Jingyi"), "salutation": ("沈女士", "Ms. Shen"), "tier": ("金卡", "Gold")}
_LONG_NAME = ("阿卜杜热合曼·买买提明·努尔买买提", "Wolfeschlegelsteinhausenbergerdorff the Younger")
_SENDER = ("恒川银行", "Hengchuan Bank")


def sample_values(kind: Sample, fields: Registry, language: str) -> dict[str, Any]:
    """Return the values of a made-up customer, as `Compiled.render` takes them."""
    place = 1 if language == "en" else 0
    if kind == "missing":
        return {"customer": {}, "sender": {"name": _SENDER[place]}}
    values = {key: _value(spec, kind, place) for key, spec in fields.items()}
    return {"customer": values, "sender": {"name": _SENDER[place]}}


def _value(spec: FieldSpec, kind: Sample, place: int) -> str:
    is_long = kind == "long"
    if spec.standard.is_number:
        return "9876543210.99" if is_long else "128000.00"
    if spec.standard.is_date:
        return "1986-12-28"
    if spec.standard.codes:
        codes = list(spec.standard.codes)
        return max(codes, key=lambda code: len(spec.standard.codes[code][place])) if is_long else codes[0]
    if is_long:
        return _LONG_NAME[place] if spec.key == "name" else " ".join([spec.label[place]] * 12)
    return _USUAL[spec.key][place] if spec.key in _USUAL else spec.label[place]
