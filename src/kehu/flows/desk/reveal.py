"""Showing a masked value: with a reason, written to the audit before it is returned, refused when it cannot be written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.errors import Invalid, NotAllowed
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier

DAILY = 1000
_TODAY = (
    "SELECT count(*) FROM govern_audit_event WHERE actor_id = %s AND action = 'customer.reveal' AND at >= %s"
)


class RevealsUsedUp(NotAllowed):
    """The actor has revealed as much today as a day allows."""

    code = "reveals_used_up"


def reveals_today(actor: Actor) -> dict[str, int]:
    """Return how many reveals an actor has used since midnight of the declared zone, and the limit."""
    midnight = (
        timezone.now()
        .astimezone(ZoneInfo(environment().time_zone))
        .replace(hour=0, minute=0, second=0, microsecond=0)
    )
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, [actor.id, midnight])
        return {"used": int(cursor.fetchone()[0]), "limit": DAILY}


def reveal(
    *, customer_id: UUID, fields: Sequence[str], reason: str, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Return clear values of a customer in the actor's scope. Raises NotAllowed, Invalid or CustomerNotFound."""
    actor.require("customer.reveal")
    if not reason.strip():
        raise Invalid(Text("写明原因后才能查看。", "Give a reason to see this."))
    known = registry()
    for key in fields:
        if key not in known:
            raise Invalid(Text(f"没有“{key[:60]}”这个字段。", f"There is no field {key[:60]!r}."))
        if actor.rule_for(key, known[key].data_class) == "hidden":
            raise NotAllowed(Text("您的角色看不到这个字段。", "Your role does not include this field."))
    if reveals_today(actor)["used"] >= DAILY:
        raise RevealsUsedUp(
            Text(
                f"今天的 {DAILY} 次查看已用完，明天 0 点恢复；急用可请主管批准。",
                f"Today's {DAILY} views are used up. They return at midnight; your manager can approve more.",
            )
        )
    dossier = get_dossier(customer_id, fields=known)
    audit.record(
        action="customer.reveal", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        fields=list(fields), reason=reason.strip(), request_id=actor.request_id,
    )  # fmt: skip
    return {key: dossier.golden.values[key] for key in fields if key in dossier.golden.values}
