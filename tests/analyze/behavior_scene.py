"""Customers whose random events come in bursts and often at the same instant; and purposes that some of them are open to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from tests.api.staff import appoint
from tests.world import NOW, World

from kehu.analyze.behavior.asking import Asking
from kehu.analyze.segments.saved.reading import book_of
from kehu.collect.events import Happening, write_events
from kehu.flows.consent.change_consent import change_consent
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

TIERS = ["普通", "金", "白金"]
EVENTS = ["登录", "浏览", "申购"]
CHANNELS = ["手机银行", "柜面"]
PEOPLE = 48


@dataclass
class Doer:
    """A customer as a plain evaluator knows him."""

    unit: int
    tier: str | None
    may: bool
    events: list[tuple[str, datetime, dict[str, Any]]] = field(default_factory=list)


def moments(random: Random) -> datetime:
    """A whole hour of a few days, so that ties are many; or some day of the last half year."""
    if random.random() < 0.6:
        return NOW - timedelta(hours=random.randrange(0, 60, 6))
    return NOW - timedelta(days=random.randrange(200), hours=random.randrange(24))


def settle(world: World, seed: int = 20_261_123) -> dict[UUID, Doer]:
    """Let them do things; every seventh refused the purpose `care`."""
    random = Random(seed)  # noqa: S311 (a scene that is the same each time)
    compliance = world.actor(appoint(world, "compliance"))
    create_purpose(
        key="care", name=Text("关怀", "care"), terms=NewTerms("contract", ("sms",), 365, "说明", ("C1",), False),
        actor=compliance, now=NOW,
    )  # fmt: skip
    units = [world.hangzhou, world.xihu, world.ningbo]
    for number in range(PEOPLE):
        held: dict[str, Any] = {} if number % 9 == 0 else {"tier": random.choice(TIERS)}
        world.say(world.core, str(number), unit=units[number % 3], name=f"赵一{number}", **held)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.unit_id, c.plain->>'tier', l.record_id FROM profile_customer c "
            "JOIN resolve_link l ON l.cluster_id = c.id ORDER BY c.id"
        )
        rows = cursor.fetchall()
    people: dict[UUID, Doer] = {}
    made = []
    for place, (customer, unit, tier, record) in enumerate(rows):
        people[customer] = Doer(unit, tier, place % 7 != 0)
        for number in range(random.randrange(12)):
            details = {"channel": random.choice(CHANNELS), "amount": random.randrange(5)}
            happened = (random.choice(EVENTS), moments(random), details)
            people[customer].events.append(happened)
            name, at, found = happened
            made.append(Happening(f"{record}{number}", record, "behavior", name, at, at, found))
    with acting(SYSTEM):
        write_events(made, source_id=world.core.pk)
    steward = world.actor(world.steward)
    for customer, doer in people.items():
        if not doer.may:
            with acting(steward.scope):
                change_consent(
                    customer_id=customer,
                    purpose="care",
                    said=Said("refused", said_at=NOW),
                    actor=steward,
                    now=NOW,
                )
    return people


def asking(actor: Actor) -> Asking:
    """Ask as an actor, for the purpose of the scene, now."""
    return Asking(actor, open_gate("care"), book_of(actor), NOW)


def seen(actor: Actor) -> set[UUID]:
    """Whom row security shows."""
    with acting(actor.scope), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM profile_customer WHERE is_identified")
        return {row[0] for row in cursor.fetchall()}
