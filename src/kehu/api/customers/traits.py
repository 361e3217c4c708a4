"""What computed traits come to for one customer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from kehu.analyze.traits.queries import codes_of, values_of
from kehu.api.customers.router import router
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier


class TraitValueOut(Schema):
    """What a trait comes to for one customer; of kind since the number is days. `as_of` is since when it is so.

    Of a trait of a model (`origin` is not events) `model` and `part` tell which, and `label` is its text in words.
    """

    key: str
    name: Label
    unit: str
    used_for: str
    kind: str
    number: float | None
    text: str | None
    as_of: datetime | None
    computed_at: datetime | None
    origin: str
    model: str
    part: str
    label: Label | None


@router.get("/{customer_id}/traits", response=list[TraitValueOut], operation_id="list_customer_traits")
def list_customer_traits(request: HttpRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """Return what the traits come to for one customer."""
    current(request).require("customer.read")
    get_dossier(customer_id, fields=registry())
    return [
        {
            "key": one.trait.key, "name": {"zh": one.trait.name_zh, "en": one.trait.name_en}, "unit": one.trait.unit,
            "used_for": one.trait.used_for, "kind": one.trait.kind, "number": one.number, "text": one.text,
            "as_of": one.as_of, "computed_at": one.trait.computed_at, "origin": one.trait.origin,
            "model": one.trait.definition.get("model", ""), "part": one.trait.definition.get("part", ""),
            "label": label._asdict() if (label := codes_of(one.trait).get(one.text or "")) else None,
        }
        for one in values_of(customer_id, now=timezone.now())
    ]  # fmt: skip
