"""Tying customers together, and ending a tie: both must lie within the actor's scope."""

from datetime import date, datetime
from uuid import UUID

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.profile.ties import relationships


def relate(
    *,
    customer_id: UUID,
    other_id: UUID,
    role: str,
    dates: tuple[date | None, date | None],
    actor: Actor,
    now: datetime,
) -> UUID:
    """Tie two customers. Raises CustomerNotFound when either is outside the scope."""
    actor.require("customer.correct")
    for one in (customer_id, other_id):
        get_dossier(one, fields=registry())
    with acting(SYSTEM):
        made = relationships.create_relationship(
            customer_id=customer_id, other_id=other_id, role=role, dates=dates, author_id=actor.id, now=now
        )
    audit.record(
        action="relationship.create", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        details={"role": role}, request_id=actor.request_id,
    )  # fmt: skip
    return made


def end(*, customer_id: UUID, relationship_id: UUID, on: date, actor: Actor, now: datetime) -> None:
    """End a tie on a day."""
    actor.require("customer.correct")
    get_dossier(customer_id, fields=registry())
    with acting(SYSTEM):
        relationships.end_relationship(customer_id=customer_id, relationship_id=relationship_id, on=on)
    audit.record(
        action="relationship.end", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        request_id=actor.request_id,
    )  # fmt: skip
