"""Which segments name a thing: it is not put away while they do."""

from collections.abc import Mapping
from typing import Any

from kehu.analyze.models.segments import Segment
from kehu.platform.errors import Conflict
from kehu.platform.text import Text


class UsedBySegments(Conflict):
    """Segments name this thing; each kind of thing has a code of its own."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            Text(
                f"这些客群用到了它，先改掉：{'、'.join(names)}。",
                f"These segments use it; change them first: {', '.join(names)}.",
            )
        )


def refuse_if_used(key: str, number: int, fault: type[UsedBySegments]) -> None:
    """Raise the fault where living segments name a list or a tag by its number in their definition in force."""
    living = Segment.objects.filter(is_archived=False).select_related("current").order_by("name")
    names = [
        one.name
        for one in living
        if one.current is not None and number in numbers_named(one.current.definition, key)
    ]
    if names:
        raise fault(names)


def numbers_named(raw: Mapping[str, Any], key: str) -> set[int]:
    """Return the lists or tags that a definition names, as it was saved."""
    if key in raw:
        return {int(raw[key])}
    parts = [*raw.get("all", ()), *raw.get("any", ()), *([raw["not"]] if "not" in raw else ())]
    return {one for part in parts for one in numbers_named(part, key)}
