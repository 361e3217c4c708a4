"""What the demo bank's managers noted of customers of theirs: tags, and who recommended whom, who is married to whom."""

import random
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from kehu.flows.desk.relate_customers import relate
from kehu.flows.desk.tag_customers import create_tag, put_on
from kehu.govern.access.actors import Actor, load_actor
from kehu.packs.banking.demo.people import actor_of
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Tag

MOST_MANAGERS = 12
MANY, FEW = 12, 4
"""A manager's customers among whom he tags and relates, and how many he tags with each word."""


class Word(NamedTuple):
    """A tag, and what it means."""

    name: str
    meaning: str


TAGS = (
    Word("重点走访", "行领导每季度走访一次，走访后写联系记录"),
    Word("子女留学", "家里有孩子在国外上学或准备去，关注购汇和汇款"),
    Word("企业主", "自己有生意，关注资金周转和对公业务"),
    Word("转介绍能手", "介绍过新客户，活动优先邀请"),
)
ROLES = ("spouse", "referrer", "sibling")
_OWNED = """
SELECT owner_id, (array_agg(id ORDER BY sort_key, id))[1:%s] FROM profile_customer
WHERE owner_id IS NOT NULL AND is_identified AND party = 'p' GROUP BY owner_id ORDER BY owner_id LIMIT %s
"""


def make_ties(*, email: str, seed: int, now: datetime) -> int:
    """Make the tags, and have managers put them on and relate customers. Returns how many customers were tagged."""
    dice = random.Random(seed)  # noqa: S311 (a demo that is the same each time)
    with acting(SYSTEM), transaction.atomic():
        marketer = actor_of(email)
        if Tag.objects.exists():
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_OWNED, [MANY, MOST_MANAGERS])
            owned = [(load_actor(owner), ids) for owner, ids in cursor.fetchall()]
    with acting(marketer.scope), transaction.atomic():
        tags = [create_tag(name=one.name, meaning=one.meaning, actor=marketer, now=now).pk for one in TAGS]
    return sum(_note(manager, ids, tags, dice, now) for manager, ids in owned if manager is not None)


def _note(manager: Actor, ids: list[UUID], tags: list[int], dice: random.Random, now: datetime) -> int:
    tagged: set[UUID] = set()
    with acting(manager.scope), transaction.atomic():
        for tag in tags:
            chosen = dice.sample(ids, min(FEW, len(ids)))
            put_on(tag_id=tag, customers=chosen, actor=manager, now=now)
            tagged |= set(chosen)
        for one, other in zip(ids[0::4], ids[1::4], strict=False):
            relate(
                customer_id=one, other_id=other, role=dice.choice(ROLES), dates=(None, None), actor=manager, now=now
            )  # fmt: skip
    return len(tagged)
