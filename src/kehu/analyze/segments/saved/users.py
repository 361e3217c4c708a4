"""Which segments name a thing: it is not put away while they do."""

from collections.abc import Mapping
from typing import Any

from kehu.analyze.models.segments import Segment


def segments_naming(key: str, number: int) -> list[str]:
    """Return the names of living segments whose definition in force names a list or a tag by its number."""
    living = Segment.objects.filter(is_archived=False).select_related("current").order_by("name")
    return [
        one.name
        for one in living
        if one.current is not None and number in numbers_named(one.current.definition, key)
    ]


def numbers_named(raw: Mapping[str, Any], key: str) -> set[int]:
    """Return the lists or tags that a definition names, as it was saved."""
    if key in raw:
        return {int(raw[key])}
    parts = [*raw.get("all", ()), *raw.get("any", ()), *([raw["not"]] if "not" in raw else ())]
    return {one for part in parts for one in numbers_named(part, key)}
