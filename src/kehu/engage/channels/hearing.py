"""What is heard of a send afterwards, by whichever way: kept as a receipt, and where the address is dead, it is not used again."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kehu.engage.channels.contract import Outcome, Outgoing
from kehu.engage.channels.email.bounces import Bounce
from kehu.engage.channels.email.replies import HARD
from kehu.engage.channels.suppression import suppress_address
from kehu.engage.channels.tracking import record_receipt
from kehu.platform.scope import SYSTEM, acting

_HEARD = "SELECT 1 FROM engage_receipt WHERE send_id = %s AND kind = %s LIMIT 1"


def hear_bounce(bounce: Bounce, *, now: datetime) -> bool:
    """Keep what a returned mail said; a dead address and a complaint go on the suppression list. Returns whether it was new."""
    with transaction.atomic():
        if bounce.is_nobody or bounce.kind == "complained":
            reason = "complaint" if bounce.kind == "complained" else "hard_bounce"
            suppress_address(channel="email", address=bounce.address, reason=reason, author_id=None, now=now)
        if _is_heard(bounce.send_id, bounce.kind):
            return False
        record_receipt(send_id=bounce.send_id, kind=bounce.kind, now=now, reason=bounce.reason)
        return True


def hear_outcome(message: Outgoing, outcome: Outcome, *, channel: str, now: datetime) -> None:
    """Keep what the server said at once: for whoever sends, called with each outcome, in a transaction or out of one."""
    if outcome.state != "refused" or outcome.reason not in HARD:
        return
    with transaction.atomic():
        suppress_address(
            channel=channel, address=message.address, reason="hard_bounce", author_id=None, now=now
        )
        record_receipt(send_id=message.id, kind="bounced", now=now, reason=outcome.reason)


def _is_heard(send_id: UUID, kind: str) -> bool:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_HEARD, [send_id, kind])
        return cursor.fetchone() is not None
