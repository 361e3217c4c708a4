"""Interviews that the demo bank's managers held with customers of theirs: what the families plan, and what they think of us."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from kehu.engage.interviews.guides import Wish, create_guide, publish_guide
from kehu.engage.interviews.records import Written
from kehu.engage.models.interviews import InterviewGuide
from kehu.flows.engage.interviews.hold_interview import Agreed, begin_interview, finish_interview
from kehu.govern.access.actors import load_actor
from kehu.packs.banking.demo.people import actor_of
from kehu.platform.scope import SYSTEM, acting

NAME = "客户需求访谈"
MOST_TALKS, MOST_A_MANAGER = 24, 6
FIRST_DAY, LAST_DAY = 110, 3
"""Days ago between which the interviews were held."""
HOURS = (1, 2, 3, 6, 7, 8)
"""Of the day in UTC: mornings and afternoons in China."""
DEFINITION: dict[str, Any] = {
    "title": {"default": NAME, "en": "Needs interview"},
    "pages": [
        {
            "elements": [
                {"type": "comment", "name": "plans", "isRequired": True,
                 "title": {"default": "未来一年家里有哪些大的打算？", "en": "What does the family plan for the coming year?"},
                 "description": {"default": "买房、子女上学、养老、生意？大概什么时候、用多少钱？",
                                 "en": "A home, school, retirement, business? When, and how much?"}},
                {"type": "radiogroup", "name": "main_bank",
                 "title": {"default": "现在资金主要放在哪里？", "en": "Where is most of the money now?"},
                 "choices": [
                     {"value": "we", "text": {"default": "我行", "en": "With us"}},
                     {"value": "big", "text": {"default": "国有大行", "en": "A state bank"}},
                     {"value": "joint", "text": {"default": "股份行", "en": "A joint-stock bank"}},
                     {"value": "fund", "text": {"default": "互联网平台", "en": "An internet platform"}},
                 ]},
                {"type": "comment", "name": "better",
                 "title": {"default": "我们哪些地方可以做得更好？", "en": "What could we do better?"}},
                {"type": "rating", "kehuKind": "nps", "name": "nps", "rateMin": 0, "rateMax": 10,
                 "title": {"default": "您有多大可能把衡川银行推荐给亲友？",
                           "en": "How likely are you to recommend Hengchuan Bank?"}},
            ]
        }
    ],
}  # fmt: skip
THEMES = [
    {"key": "home", "zh": "购房换房", "en": "Buying a home"}, {"key": "school", "zh": "子女教育", "en": "Schooling"},
    {"key": "retirement", "zh": "养老", "en": "Retirement"}, {"key": "business", "zh": "生意周转", "en": "Business"},
    {"key": "yield", "zh": "收益", "en": "Yield"}, {"key": "waiting", "zh": "排队等候", "en": "Waiting"},
    {"key": "app", "zh": "手机银行", "en": "The app"},
]  # fmt: skip


class Line(NamedTuple):
    """What is said, and the theme under which it falls."""

    text: str
    theme: str


PLANS = (
    Line("明年想换一套离学校近的房子，首付还差一些，年底有一笔理财到期。", "home"),
    Line("孩子后年出国读书，想提前换一点外汇，怕到时候汇率高。", "school"),
    Line("再过三年退休，想把一部分钱放稳一点，每月能有固定的收入。", "retirement"),
    Line("店里旺季要备货，十月到春节之前资金比较紧。", "business"),
    Line("父母年纪大了，想给他们单独存一笔看病的钱。", "retirement"),
    Line("老二明年上初中，打算报两个兴趣班，手头留活钱。", "school"),
)
BETTER = (
    Line("到期提醒来得太晚，钱躺了一个星期活期。", "yield"),
    Line("同样期限，别家的利率高一点点，邻居都说了。", "yield"),
    Line("上次开证明等了快一小时，叫号机边上没有人引导。", "waiting"),
    Line("手机银行找不到以前买过的产品明细，要点好几层。", "app"),
)
AGREED = ("给出三年期大额存单方案", "约周末到网点看房贷测算", "发一份教育金规划的说明")
_OWNED = """
SELECT c.id, c.owner_id FROM profile_customer c
WHERE c.is_identified AND c.party = 'p' AND c.owner_id IS NOT NULL ORDER BY c.sort_key, c.id
"""


def make_talks(*, email: str, seed: int, now: datetime) -> int:
    """Publish a guide and hold interviews along it. Returns how many; none where the guide is there already."""
    dice = random.Random(seed)  # noqa: S311 (a demo, drawn the same each time)
    begun = now - timedelta(days=FIRST_DAY + 1)
    with acting(SYSTEM), transaction.atomic():
        if InterviewGuide.objects.filter(name=NAME).exists():
            return 0
        actor = actor_of(email)
        goal = "了解客户未来一年的资金安排和对我们的看法，每位客户经理每月谈两位。"
        wish = Wish(NAME, goal, DEFINITION, THEMES)
        guide = create_guide(wish=wish, actor=actor, now=begun)
        publish_guide(guide_id=guide.pk, actor=actor, now=begun)
        chosen = list(_chosen(dice))
    for customer_id, owner_id in chosen:
        day = now - timedelta(days=dice.randint(LAST_DAY, FIRST_DAY))
        held_at = day.replace(hour=dice.choice(HOURS), minute=dice.choice((0, 15, 30, 45)))
        with acting(SYSTEM), transaction.atomic():
            _hold(guide.pk, customer_id, owner_id, dice, held_at)
    return len(chosen)


def _chosen(dice: random.Random) -> Iterator[tuple[UUID, int]]:
    """Yield customers and their managers, a few of each manager."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNED)
        rows = cursor.fetchall()
    dice.shuffle(rows)
    held: dict[int, int] = {}
    for customer_id, owner_id in rows:
        if sum(held.values()) == MOST_TALKS:
            return
        if held.get(owner_id, 0) < MOST_A_MANAGER:
            held[owner_id] = held.get(owner_id, 0) + 1
            yield customer_id, owner_id


def _hold(guide_id: UUID, customer_id: UUID, owner_id: int, dice: random.Random, held_at: datetime) -> None:
    manager = load_actor(owner_id)
    if manager is None:
        return
    after = held_at + timedelta(hours=1)
    begun = begin_interview(guide_id=guide_id, customer_id=customer_id, actor=manager, now=after)
    written = _written(dice, begun.revision, held_at)
    agreed = (
        Agreed(dice.choice(AGREED), (after + timedelta(days=5)).date()) if dice.random() < 1 / 4 else None
    )
    finish_interview(record_id=begun.id, written=written, agreed=agreed, actor=manager, now=after)


def _written(dice: random.Random, revision: int, held_at: datetime) -> Written:
    said = [dice.choice(PLANS), *([dice.choice(BETTER)] if dice.random() < 2 / 3 else [])]
    answers: dict[str, Any] = {
        "plans": said[0].text, "main_bank": dice.choice(("we", "we", "big", "joint", "fund")),
        "nps": dice.choice((10, 9, 9, 8, 8, 7, 6, 4)),
    }  # fmt: skip
    if len(said) > 1:
        answers["better"] = said[1].text
    return Written(
        revision=revision, answers=answers, notes="", codes=sorted({line.theme for line in said}),
        way=dice.choice(("branch", "branch", "visit", "phone", "video")), held_at=held_at,
        minutes=dice.choice((15, 20, 25, 30, 40, 45)),
    )  # fmt: skip
