"""What the demo bank's customers have said to the use of their data: most were asked, some said no, a few took it back."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from kehu.flows.consent.take_consents import take_consents
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.operations import create_purpose
from kehu.packs.banking.demo.people import actor_of
from kehu.packs.banking.purposes import PURPOSES
from kehu.platform.scope import SYSTEM, acting

EVERY_CHANNEL = ""
PORTION = 2_000
_CUSTOMERS = "SELECT id FROM profile_customer WHERE is_identified ORDER BY sort_key, id"
_PROOFS = ("开户时签署的授权书", "手机银行弹窗勾选", "客服热线录音", "网点签字单")
ASKED = (
    ("wealth_marketing", 0.78, ("given",) * 80 + ("refused",) * 14 + ("withdrawn",) * 6),
    ("credit_marketing", 0.55, ("given",) * 62 + ("refused",) * 34 + ("withdrawn",) * 4),
    ("share_affiliates", 0.30, ("given",) * 35 + ("refused",) * 65),
    ("service_care", 0.012, ("refused",)),
    ("satisfaction", 0.02, ("refused",)),
)
"""Of each purpose: which share was asked, and what was said, as a bag to draw from."""
OBJECTS = 0.015
BY_CHANNEL = 0.3


def make_purposes(*, email: str, now: datetime) -> None:
    """Publish the pack's purposes in the name of the bank's compliance officer."""
    with acting(SYSTEM), transaction.atomic():
        actor = actor_of(email)
        for purpose in PURPOSES:
            if not Purpose.objects.filter(key=purpose.key).exists():
                create_purpose(key=purpose.key, name=purpose.name, terms=purpose.terms, actor=actor, now=now)


def make_consents(*, seed: int, now: datetime) -> int:
    """Write what the customers have said. Returns how many words there are."""
    with acting(SYSTEM), transaction.atomic():
        purposes = {p.key: p for p in Purpose.objects.select_related("current")}
        with connection.cursor() as cursor:
            cursor.execute(_CUSTOMERS)
            customers = [row[0] for row in cursor.fetchall()]
    words = _words(customers, purposes, random.Random(seed), now)  # noqa: S311 (a demo, drawn the same each time)
    count = 0
    while portion := list(islice(words, PORTION)):
        take_consents(portion, actor_id=None, now=now)
        count += len(portion)
    return count


def _words(
    customers: list[UUID], purposes: dict[str, Purpose], dice: random.Random, now: datetime
) -> Iterator[tuple[UUID, Said]]:
    for customer in customers:
        for key, share, bag in ASKED:
            if dice.random() < share:
                yield from _answers(customer, purposes[key], dice.choice(bag), dice, now)
        if dice.random() < OBJECTS:
            yield customer, Said("objected", source="import", said_at=_day(dice, now, 400))


def _answers(
    customer: UUID, purpose: Purpose, state: str, dice: random.Random, now: datetime
) -> Iterator[tuple[UUID, Said]]:
    first, proof = _day(dice, now, 1_200), dice.choice(_PROOFS)
    if state == "refused":
        yield customer, Said("refused", purpose, source="import", evidence=proof, said_at=first)
        return
    open_channels = purpose.current.channels if purpose.current else []
    channels = (
        dice.sample(open_channels, k=dice.randint(1, len(open_channels)))
        if dice.random() < BY_CHANNEL
        else [EVERY_CHANNEL]
    )
    for channel in channels:
        yield customer, Said("given", purpose, channel, source="import", evidence=proof, said_at=first)
    if state == "withdrawn":
        later = first + (now - first) * dice.random()
        yield customer, Said("withdrawn", purpose, source="import", evidence="短信回复退订", said_at=later)


def _day(dice: random.Random, now: datetime, days: int) -> datetime:
    return now - timedelta(days=dice.randint(1, days), minutes=dice.randint(0, 600))
