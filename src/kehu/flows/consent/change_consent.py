"""Somebody says yes or no: the ledger takes it, the mask follows in the same transaction, the trail tells who wrote it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kehu.flows.consent.project import project, project_objectors
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.models.purposes import PurposeVersion
from kehu.govern.purposes import operations as purposes
from kehu.govern.purposes.ledger import Said, append, check
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.resolve.operations import lock_resolution


def change_consent(
    *, customer_id: UUID, purpose: str | None, said: Said, actor: Actor, now: datetime
) -> UUID:
    """Write what a customer of the actor's scope has said. Returns the entry's id.

    Without a purpose it is about automated decisions. Raises CustomerNotFound, PurposeNotFound, PurposeIsOff or Invalid.
    """
    actor.require("consent.record")
    known = replace(said, purpose=purposes.get_purpose(purpose) if purpose else None)
    check(known, now)
    living = get_dossier(customer_id, fields=registry()).id
    return write_consent(
        customer_id=living, said=known, actor_id=actor.id, request_id=actor.request_id, now=now
    )


def write_consent(
    *, customer_id: UUID, said: Said, actor_id: int | None, request_id: str, now: datetime
) -> UUID:
    """Write what a living customer has said, checked before; whoever says it has shown that he may."""
    with acting(SYSTEM):
        lock_resolution()
        (entry,) = append([(customer_id, said)], author_id=actor_id, now=now)
        project([customer_id], now)
    audit.record(
        action=f"consent.{said.state}", actor_id=actor_id, now=now, object_kind="customer", object_id=customer_id,
        details={
            "purpose": said.purpose.key if said.purpose else "automated_decisions",
            "channel": said.channel, "source": said.source,
        },
        request_id=request_id,
    )  # fmt: skip
    return entry


def publish_version(*, key: str, terms: purposes.NewTerms, actor: Actor, now: datetime) -> PurposeVersion:
    """Publish other terms: consent to the earlier ones ends at once, objections stay."""
    made = purposes.publish_version(key=key, terms=terms, actor=actor, now=now)
    with acting(SYSTEM):
        project_objectors(made.purpose_id, now)
    return made
