"""Fields that an industry pack brings: added where the registry has none of the key; what is there stays as it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from kehu.govern import audit
from kehu.govern.models.fields import Field
from kehu.platform.text import Text


class PackField(Protocol):
    """What a pack says of a field."""

    @property
    def key(self) -> str:
        """The field's key."""

    @property
    def label(self) -> Text:
        """Its name in both languages."""

    @property
    def standard(self) -> str:
        """The standard that its values follow."""

    @property
    def data_class(self) -> str:
        """C1 or C2."""

    @property
    def section(self) -> str:
        """Where it stands on the profile."""

    @property
    def party(self) -> str:
        """Whose field it is: person, organization or any."""


def add_pack_fields(fields: Iterable[PackField], *, origin: str, now: datetime) -> int:
    """Add a pack's fields to the registry; returns how many were new."""
    known = set(Field.objects.values_list("key", flat=True))
    new = [f for f in fields if f.key not in known]
    Field.objects.bulk_create(
        Field(
            key=f.key, label_zh=f.label.zh, label_en=f.label.en, section=f.section, standard=f.standard, party=f.party,
            data_class=f.data_class, is_sealed=f.data_class == "C2" and f.section != "figures",
            is_listed=f.section == "figures", origin=origin, position=600 + place, updated_at=now,
        )
        for place, f in enumerate(new)
    )  # fmt: skip
    if new:
        audit.record(
            action="field.add_pack", actor_id=None, now=now, details={"pack": origin}, row_count=len(new)
        )
    return len(new)
