"""From the traits of a client to fields in standard values. What a standard refuses is left out and named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kehu.govern.fields.registry import Registry
from kehu.standardize.invalid import InvalidValue

_ALIASES = {
    "email": "email", "email_address": "email", "phone": "mobile", "mobile": "mobile", "phone_number": "mobile",
    "mobile_phone": "mobile", "mobile_number": "mobile", "name": "name", "full_name": "name", "birthday": "birth_date",
    "birthdate": "birth_date", "birth_date": "birth_date", "date_of_birth": "birth_date", "gender": "sex", "sex": "sex",
    "address": "address", "title": "job_title", "job_title": "job_title", "company": "employer", "employer": "employer",
}  # fmt: skip
_PARTS_OF_NAME = frozenset(("first_name", "last_name"))
_PARTS_OF_ADDRESS = ("country", "state", "province", "city", "district", "street", "line1", "line2")
_OWN_IDS = frozenset(("user_id", "anonymous_id", "previous_user_id"))
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_MOST_TEXT = 2_000


@dataclass(slots=True)
class Traits:
    """Fields in standard values, traits that are no field, and the fields whose value was refused."""

    values: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def read_traits(said: Mapping[str, Any], fields: Registry) -> Traits:
    """Read traits by their usual names, or by the key of a field in either writing (`customerNo`, `customer_no`)."""
    found = Traits()
    parts: dict[str, str] = {}
    for key, value in said.items():
        name = _HUMP.sub("_", key).lower().replace("-", "_").replace(" ", "_")
        if name in _PARTS_OF_NAME:
            parts[name] = _text(value)
            continue
        target = _ALIASES.get(name, name)
        if target not in fields or target in _OWN_IDS or value is None:
            if value is not None and name != "id":
                found.others[key] = value
            continue
        _state(found, target, _whole(target, value), fields)
    if "name" not in found.values and any(parts.values()):
        _state(found, "name", _joined(parts), fields)
    return found


def _state(found: Traits, target: str, text: str, fields: Registry) -> None:
    if not text:
        return
    try:
        found.values[target] = fields[target].standard.parse(text[:_MOST_TEXT])
    except InvalidValue:
        if target == "mobile" and _landline(found, text, fields):
            return
        found.refused.append(target)


def _landline(found: Traits, text: str, fields: Registry) -> bool:
    try:
        found.values["landline"] = fields["landline"].standard.parse(text)
    except (InvalidValue, KeyError):
        return False
    return True


def _whole(target: str, value: Any) -> str:
    if isinstance(value, Mapping):
        if target == "address":
            pieces = [_text(value.get(part)) for part in _PARTS_OF_ADDRESS]
            pieces = list(dict.fromkeys(piece for piece in pieces if piece))
            return ("" if any(map(_HAN.search, pieces)) else " ").join(pieces)
        return _text(value.get("name"))
    return _text(value)


def _joined(parts: Mapping[str, str]) -> str:
    first, last = parts.get("first_name", ""), parts.get("last_name", "")
    return last + first if _HAN.search(first + last) else f"{first} {last}".strip()


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""
