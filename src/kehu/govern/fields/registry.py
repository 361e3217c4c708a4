"""The registry in memory: read from the table, and read again as soon as a row of it has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kehu.govern.fields.core import CORE_FIELDS
from kehu.govern.models.fields import Field
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.standardize.standards import STANDARDS, Standard


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as code uses it. `identifier` is the kind it identifies by, or empty."""

    key: str
    label: Text
    section: str
    standard: Standard
    party: str
    data_class: str
    is_sealed: bool
    identifier: str
    is_listed: bool
    survivorship: str
    synonyms: tuple[str, ...]
    origin: str

    def fits(self, party: str) -> bool:
        """Whether a party (`p` person, `o` organization) has this field."""
        return self.party == "any" or self.party[0] == party


Registry = Mapping[str, FieldSpec]
_known: dict[str, tuple[Any, dict[str, FieldSpec]]] = {}


def registry() -> Registry:
    """Return all active fields by key, in the order in which they are shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(updated_at) FROM govern_field")
        stamp = cursor.fetchone()
    database = str(connection.settings_dict["NAME"])
    known = _known.get(database)
    if known is None or known[0] != stamp:
        known = (stamp, _load())
        _known[database] = known
    return known[1]


def _load() -> dict[str, FieldSpec]:
    return {
        row.key: FieldSpec(
            key=row.key,
            label=Text(row.label_zh, row.label_en),
            section=row.section,
            standard=STANDARDS[row.standard],
            party=row.party,
            data_class=row.data_class,
            is_sealed=row.is_sealed,
            identifier=row.identifier,
            is_listed=row.is_listed,
            survivorship=row.survivorship,
            synonyms=tuple(row.synonyms),
            origin=row.origin,
        )
        for row in Field.objects.filter(is_active=True).order_by("position", "key")
    }


def field_of(key: str) -> FieldSpec:
    """Return one field. Raises Invalid when there is none of this key."""
    found = registry().get(key)
    if found is None:
        raise Invalid(Text(f"没有“{key[:64]}”这个字段。", f"There is no field {key[:64]!r}."))
    return found


def sync_core_fields(*, now: datetime) -> None:
    """Write the shipped fields into the table; own changes of label, synonyms and survivorship stay."""
    known = set(Field.objects.using("owner").values_list("key", flat=True))
    Field.objects.using("owner").bulk_create(
        Field(
            key=core.key,
            label_zh=core.zh,
            label_en=core.en,
            section=core.section,
            standard=core.standard,
            party=core.party,
            data_class=core.data_class,
            is_sealed=core.data_class == "C2" and core.section != "figures",
            identifier=core.identifier,
            is_listed=core.is_listed,
            position=10 * place,
            updated_at=now,
        )
        for place, core in enumerate(CORE_FIELDS, start=1)
        if core.key not in known
    )
