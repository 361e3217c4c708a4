"""What the demo bank's managers and heads are about to do for customers: tasks of their own, one of them late."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from kehu.flows.desk.plan_task import plan_task
from kehu.govern.access.actors import Actor, load_actor
from kehu.packs.banking.demo.people import actor_of
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting
from kehu.relate.models.tasks import Task

PLANNED = timedelta(days=4)
"""How long ago they were written."""


class Errand(NamedTuple):
    """A task, and how many days from today it is due."""

    title: str
    in_days: int


OF_MANAGERS = (
    Errand("回电：答复上次问的购汇额度", -1),
    Errand("约面谈：大额存单到期，谈续存", 0),
    Errand("寄新版信用卡权益说明", 2),
    Errand("走访：带上资产配置建议", 5),
)
OF_HEADS = (Errand("登门拜访，听听对网点服务的意见", 0), Errand("参加企业主沙龙前先电话邀请", 3))
_OWNED = """
SELECT owner_id, (array_agg(id ORDER BY sort_key DESC, id))[1:%s] FROM profile_customer
WHERE owner_id IS NOT NULL AND is_identified AND party = 'p' GROUP BY owner_id ORDER BY owner_id
"""
_SEEN = (
    "SELECT id FROM profile_customer WHERE is_identified AND party = 'p' ORDER BY sort_key DESC, id LIMIT %s"
)


def make_errands(*, head: str, now: datetime) -> int:
    """Have managers plan for customers of theirs, and a head for some of his branch. Returns how many tasks there are."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        if Task.objects.filter(reason="staff").exists():
            return 0
        leader = actor_of(head)
        cursor.execute(_OWNED, [len(OF_MANAGERS)])
        owned = [(load_actor(owner), ids) for owner, ids in cursor.fetchall()]
    with acting(leader.scope), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SEEN, [len(OF_HEADS)])
        visited = [row[0] for row in cursor.fetchall()]
    planned = [(manager, ids, OF_MANAGERS) for manager, ids in owned if manager is not None]
    return sum(
        _plan(actor, ids, errands, now) for actor, ids, errands in [*planned, (leader, visited, OF_HEADS)]
    )


def _plan(actor: Actor, ids: list[UUID], errands: tuple[Errand, ...], now: datetime) -> int:
    today = now.astimezone(ZoneInfo(environment().time_zone)).date()
    with acting(actor.scope), transaction.atomic():
        for customer, errand in zip(ids, errands, strict=False):
            plan_task(
                customer_id=customer, title=errand.title, due_on=today + timedelta(days=errand.in_days), actor=actor,
                now=now - PLANNED,
            )  # fmt: skip
    return min(len(ids), len(errands))
