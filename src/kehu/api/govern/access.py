"""Why somebody sees a customer, or why not; for whoever explains access, without showing him the customer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from kehu.api.edge.schemas import Label, Reference
from kehu.api.govern.me import current
from kehu.govern import audit, operations
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.profile.access_explanation import explain

router = Router(tags=["access"])


class AccessIn(Schema):
    """Whom, and which customer."""

    user_id: int = Field(ge=1, le=2**31 - 1)
    customer_id: UUID


class ReasonOut(Schema):
    """One way by which the customer is seen, or what stands against it."""

    kind: str
    sentence: Label


class FieldRule(Schema):
    """What the user sees of one field: hidden, masked or clear."""

    key: str
    label: Label
    rule: str


class AccessCustomer(Schema):
    """The customer by unit and owner alone."""

    id: UUID
    unit: Reference
    owner: Reference | None


class AccessOut(Schema):
    """The answer of row security, with its reasons. `is_consistent` is false only where the product errs."""

    can_see: bool
    is_consistent: bool
    user: Reference
    customer: AccessCustomer
    scope: Label | None
    reasons: list[ReasonOut]
    fields: list[FieldRule]


@router.post("/explain", response=AccessOut, operation_id="explain_access")
def explain_access(request: HttpRequest, body: AccessIn) -> dict[str, Any]:
    """Explain whether and why a user sees a customer."""
    actor = current(request)
    actor.require("access.explain")
    user = operations.get_user(body.user_id)
    found = explain(user_id=user.pk, customer_id=body.customer_id)
    audit.record(
        action="access.explain", actor_id=actor.id, now=timezone.now(), object_kind="customer",
        object_id=body.customer_id, details={"user": user.pk, "can_see": found.can_see}, request_id=actor.request_id,
    )  # fmt: skip
    place = found.place
    return {
        "can_see": found.can_see,
        "is_consistent": found.is_consistent,
        "user": {"id": user.pk, "name": user.name},
        "customer": {
            "id": place.customer_id,
            "unit": {"id": place.unit_id, "name": place.unit_name},
            "owner": {"id": place.owner_id, "name": place.owner_name} if place.owner_id is not None else None,
        },
        "scope": found.actor.scope_label._asdict() if found.actor else None,
        "reasons": [{"kind": r.kind, "sentence": r.sentence._asdict()} for r in found.reasons],
        "fields": _rules(found.actor) if found.actor else [],
    }


def _rules(actor: Actor) -> list[dict[str, Any]]:
    return [
        {"key": key, "label": spec.label._asdict(), "rule": actor.rule_for(key, spec.data_class)}
        for key, spec in registry().items()
    ]
