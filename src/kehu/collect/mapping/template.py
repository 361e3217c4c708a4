"""The headers of an empty file to fill in: labels of the registry's fields, which map themselves when the file comes back."""

from collections.abc import Sequence

from kehu.collect.mapping.consents import CONSENT_FIELDS, REQUIRED
from kehu.collect.mapping.events import EVENT_FIELDS, SUBJECT_FIELDS
from kehu.collect.mapping.proposal import FieldSpec
from kehu.platform.text import Text

_TELLS_APART = Text("（识别客户）", " (identifies)")
_REQUIRED = Text("（必填）", " (required)")
_FIRST = ("customer_no",)
_UNIT = Text("机构", "Branch")
_OWNER = Text("客户经理", "Owner")


def headers_of(
    kind: str, fields: Sequence[FieldSpec], identifying: frozenset[str], language: str
) -> list[str]:
    """Return the headers for a kind of file. A note in brackets marks what identifies the customer and what is required."""
    if kind == "customer":
        ordered = sorted(fields, key=lambda field: field.key not in _FIRST)
        headers = [
            _header(field, _TELLS_APART if field.key in identifying else None, language) for field in ordered
        ]
        return [*headers, _UNIT.within(language), _OWNER.within(language)]
    known = {field.key: field for field in fields}
    if kind == "consent":
        parts = [
            _header(field, _REQUIRED if field.key in REQUIRED else None, language) for field in CONSENT_FIELDS
        ]
        return [
            *(_header(known[key], _TELLS_APART, language) for key in SUBJECT_FIELDS if key in known),
            *parts,
        ]
    events = [
        _header(known.get(field.key, field), _REQUIRED if field.key == "event_at" else None, language)
        for field in EVENT_FIELDS
    ]
    subjects = [_header(known[key], _TELLS_APART, language) for key in SUBJECT_FIELDS if key in known]
    return [*events, *subjects]


def _header(field: FieldSpec, note: Text | None, language: str) -> str:
    return field.label.within(language) + (note.within(language) if note else "")
