"""What the demo bank's customers answered when they were asked: a survey in waves of a month.

The answers of one branch turn bad after the first wave (`population/troubled_branch.py`).
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.operations import Settings, create_survey, publish_survey, update_survey
from kehu.flows.engage.surveys.answer_survey import Handed, hand_in
from kehu.flows.engage.surveys.invite import invite
from kehu.govern.access.actors import Actor
from kehu.packs.banking.demo.people import actor_of
from kehu.packs.banking.demo.population.troubled_branch import TROUBLED
from kehu.packs.banking.segments import ADULT
from kehu.platform.scope import SYSTEM, acting

NAME = "季度满意度回访"
WAVES = (158, 128, 98, 68, 38, 8)
"""Days ago on which customers were asked."""
MOST_A_WAVE, SHARE_A_WAVE, TROUBLED_A_WAVE = 90, 0.05, 15
ANSWERS = 0.6
DEFINITION: dict[str, Any] = {
    "title": {"default": "您对衡川银行的服务满意吗？", "en": "Are you satisfied with Hengchuan Bank?"},
    "pages": [
        {
            "elements": [
                {"type": "rating", "kehuKind": "nps", "name": "nps", "isRequired": True, "rateMin": 0, "rateMax": 10,
                 "title": {"default": "您有多大可能把衡川银行推荐给亲友？",
                           "en": "How likely are you to recommend Hengchuan Bank?"}},
                {"type": "rating", "kehuKind": "csat", "name": "csat", "isRequired": True, "rateMin": 1, "rateMax": 5,
                 "title": {"default": "对最近一次办理的业务，您满意吗？",
                           "en": "How satisfied are you with your latest visit or call?"}},
                {"type": "radiogroup", "name": "place",
                 "title": {"default": "您平时主要在哪里办理业务？", "en": "Where do you mostly bank with us?"},
                 "choices": [
                     {"value": "app", "text": {"default": "手机银行", "en": "Mobile app"}},
                     {"value": "branch", "text": {"default": "网点", "en": "Branch"}},
                     {"value": "phone", "text": {"default": "客服热线", "en": "Hotline"}},
                 ]},
                {"type": "comment", "name": "why", "visibleIf": "{nps} <= 6",
                 "title": {"default": "打这个分的主要原因是什么？", "en": "What is the main reason for your score?"}},
            ]
        }
    ],
}  # fmt: skip
_FAIR = (10, 10, 10, 9, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 3)
_SOUR = (8, 7, 6, 6, 5, 5, 4, 3, 2, 1, 0)
_REASONS = ("排队时间长", "手机银行步骤多", "收费不清楚", "理财收益不如预期")
_SOUR_REASONS = (
    "柜台合并后要等一个多小时",
    "换了客户经理没有人通知",
    "电话转了几次都没人管",
    "打算把钱转到别家",
)
_SEEN = """
SELECT c.id, u.code = %s FROM profile_customer c JOIN govern_unit u ON u.id = c.unit_id
WHERE c.is_identified AND c.party = 'p' AND coalesce((c.plain->>'birth_year')::int, 0) <= %s ORDER BY c.sort_key, c.id
"""


def make_survey(*, email: str, seed: int, now: datetime) -> int:
    """Ask in waves and answer. Returns how many answers there are; none where the survey is there already."""
    dice = random.Random(seed)  # noqa: S311 (a demo, drawn the same each time)
    first = now - timedelta(days=WAVES[0])
    with acting(SYSTEM), transaction.atomic():
        if Survey.objects.filter(name=NAME).exists():
            return 0
        actor = actor_of(email)
        survey = create_survey(
            name=NAME, mode="personal", definition=DEFINITION, settings=Settings(), actor=actor, now=first
        )
        publish_survey(survey_id=survey.pk, actor=actor, now=first)
        waves = list(_waves(dice, adult_since=now.year - ADULT - 1))
    count = 0
    for number, (days, wave) in enumerate(zip(WAVES, waves, strict=True)):
        if number == len(WAVES) - 1:
            _follow_up(survey.pk, actor, now)
        count += _ask(survey.pk, wave, dice, _asking(number, days, now))
    return count


def _waves(dice: random.Random, *, adult_since: int) -> Iterator[dict[UUID, bool]]:
    """Yield whom each wave asks, nobody twice, and who of them belongs to the branch."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [TROUBLED, adult_since])
        rows = cursor.fetchall()
    dice.shuffle(rows)
    theirs, others = [row for row in rows if row[1]], [row for row in rows if not row[1]]
    most = min(MOST_A_WAVE, round(len(rows) * SHARE_A_WAVE))
    own = min(TROUBLED_A_WAVE, len(theirs) // len(WAVES))
    for number in range(len(WAVES)):
        yield dict(theirs[own * number : own * (number + 1)] + others[most * number : most * (number + 1)])


def _follow_up(survey_id: UUID, actor: Actor, now: datetime) -> None:
    """From the last wave on an unhappy answer opens a task."""
    rule = {"question": "nps", "at_most": 6, "due_days": 3}
    with acting(SYSTEM), transaction.atomic():
        update_survey(
            survey_id=survey_id, definition=None, settings=Settings(rule=rule), actor=actor, now=now
        )


class _Asking:
    """A wave: its number and when it was."""

    def __init__(self, number: int, at: datetime) -> None:
        self.number, self.at = number, at


def _asking(number: int, days: int, now: datetime) -> _Asking:
    return _Asking(number, now - timedelta(days=days))


def _ask(survey_id: UUID, wave: dict[UUID, bool], dice: random.Random, asking: _Asking) -> int:
    with acting(SYSTEM), transaction.atomic():
        made = invite(survey_id, list(wave), purpose="satisfaction", actor=None, now=asking.at)
    count = 0
    for link in sorted(made.links, key=lambda one: one.customer_id):
        if dice.random() >= ANSWERS:
            continue
        is_sour = wave[link.customer_id] and asking.number > 0
        data = _said(dice, _SOUR if is_sour else _FAIR, _SOUR_REASONS if is_sour else _REASONS)
        at = asking.at + timedelta(minutes=dice.randint(5, 6 * 24 * 60))
        with transaction.atomic():
            hand_in(token=link.path.partition("#")[2], handed=Handed(data, 1, "zh"), now=at)
        count += 1
    return count


def _said(dice: random.Random, scores: Sequence[int], reasons: Sequence[str]) -> dict[str, Any]:
    score = dice.choice(scores)
    place = dice.choice(("app", "app", "app", "branch", "branch", "phone"))
    why = {"why": dice.choice(reasons)} if score <= 6 else {}  # noqa: PLR2004 (a detractor, by definition)
    satisfied = max(1, min(5, round(score / 2) + dice.choice((-1, 0, 0, 0, 1))))
    return {"nps": score, "csat": satisfied, "place": place, **why}
