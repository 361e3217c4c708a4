"""A steward's decision on a pair in doubt: the same person, and the two become one; or different, and it is remembered.

What was kept apart can be opened again, for nothing was changed; what became one cannot be parted here.
"""

from datetime import datetime
from uuid import UUID

from kehu.collect.records import get_members
from kehu.flows.consent.project import project
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.errors import Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.golden import Rebuild
from kehu.resolve import operations as resolve
from kehu.resolve.reviews import ReviewStays, close_review, get_review, open_review_again
from kehu.resolve.undoing import get_records_of

DECISIONS = ("same", "different")


def decide_review(*, review_id: UUID, decision: str, reason: str, actor: Actor, now: datetime) -> UUID:
    """Decide a pair of the actor's scope. Returns the customer that the record belongs to afterwards."""
    actor.require("review.decide")
    if decision not in DECISIONS:
        raise Invalid(Text("只能判为 same 或 different。", "A decision is `same` or `different`."))
    doubt = get_review(review_id)
    customer = doubt.customer_id
    if decision == "different" and customer == doubt.other_id and doubt.state == "open":
        raise ReviewStays(
            Text(
                "这两位已经因为别的记录合成了同一位客户，不能在这里分开。",
                "Other records have made these two one customer since; they cannot be parted here.",
            )
        )
    with acting(SYSTEM):
        close_review(review_id, decision=decision, note=reason, author_id=actor.id, now=now)
        if decision == "same" and doubt.customer_id != doubt.other_id:
            resolve.lock_resolution()
            cause = resolve.Cause(None, actor.id, now)
            resolve.merge_clusters(doubt.other_id, doubt.customer_id, evidence=doubt.evidence, cause=cause)
            customer = doubt.other_id
            rebuild([doubt.other_id, doubt.customer_id], cause)
            project([customer], now)
    audit.record(
        action=f"review.{decision}", actor_id=actor.id, now=now, object_kind="review", object_id=review_id, reason=reason,
        request_id=actor.request_id,
    )  # fmt: skip
    return customer


def reopen_review(*, review_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a pair of the actor's scope that was kept apart wait for a decision again. Raises ReviewStays."""
    actor.require("review.decide")
    doubt = get_review(review_id)
    with acting(SYSTEM):
        open_review_again(doubt)
    audit.record(
        action="review.reopen", actor_id=actor.id, now=now, object_kind="review", object_id=review_id,
        details={"before": doubt.state, "after": "open"}, request_id=actor.request_id,
    )  # fmt: skip


def rebuild(clusters: list[UUID], cause: resolve.Cause) -> None:
    """Compute the golden records of clusters anew from their records."""
    records = get_records_of(clusters)
    members = get_members(record for found in records.values() for record in found)
    state = {c: [members[r] for r in found if r in members] for c, found in records.items()}
    Rebuild(fields=registry(), cause=cause).rebuild(state)
