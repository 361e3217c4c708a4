"""A purpose, customers who have agreed, a template, and a campaign that goes to them by a channel that only notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.world import NOW, World

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.following import refresh_one
from kehu.analyze.segments.saved.operations import create_segment
from kehu.engage.campaigns import operations
from kehu.engage.campaigns.journal import Journal
from kehu.engage.campaigns.operations import Draft
from kehu.engage.campaigns.sending import Sender
from kehu.engage.channels.contract import Capabilities, Handing, HandingStopped, Outcome, Outgoing
from kehu.engage.models.campaigns import Campaign, Send
from kehu.engage.models.channels import ChannelAccount
from kehu.engage.models.templates import Template, TemplateVersion
from kehu.flows.consent.change_consent import change_consent
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

MJML = """<mjml><mj-body><mj-section><mj-column><mj-text>{{ customer.name }}，您好</mj-text>
<mj-text><a href="https://www.hengchuan.example/">看看</a> <a href="{{ unsubscribe_url }}">退订</a></mj-text>
</mj-column></mj-section></mj-body></mjml>"""
DAY = NOW  # noon in Shanghai: nothing is quiet


@dataclass
class Noting:
    """A channel at the outer edge: it notes what is handed over, and answers as it is told."""

    key: str = "smtp"
    answers: dict[str, list[Outcome]] = field(default_factory=dict)
    handed: list[Outgoing] = field(default_factory=list)
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            needs_staff=False, longest=None, tells_receipts=True, address_field="email"
        )
    )

    def send(self, batch: Sequence[Outgoing], *, handing: Handing) -> Iterator[Outcome]:
        for one in batch:
            told = self.answers.get(one.address)
            if told:
                answer = told.pop(0)
                yield Outcome(one.id, answer.state, answer.provider_id, answer.reason, answer.retry_after)
                continue
            try:
                handing(one.id)
            except HandingStopped:
                yield Outcome(one.id, "refused", reason="stopped")
                continue
            self.handed.append(one)
            yield Outcome(one.id, "accepted", provider_id="250")

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Scene:
    """Ten customers, of whom nine have agreed, and all that a campaign to them needs."""

    world: World
    marketer: Actor
    compliance: Actor
    version: TemplateVersion
    segment: Segment
    customers: list[UUID]

    def draft(self, **changed: Any) -> Draft:
        given: dict[str, Any] = {
            "name": "秋季通讯", "segment_id": self.segment.pk, "account": "smtp",
            "variants": [{"version": str(self.version.pk)}], "schedule": {"kind": "once"},
        }  # fmt: skip
        return Draft(**{**given, **changed})

    def started(self, **changed: Any) -> Campaign:
        with acting(self.marketer.scope):
            made = operations.create_campaign(self.draft(**changed), actor=self.marketer, now=DAY)
            operations.submit(made.pk, actor=self.marketer, now=DAY)
        operations.decide(made.pk, approves=True, note="", actor=self.compliance, now=DAY)
        return operations.start(made.pk, actor=self.marketer, now=DAY)

    def consent(self, customer_id: UUID, state: str, channel: str = "", now: datetime = DAY) -> None:
        said = Said(state=state, channel=channel, said_at=now, source="staff")
        with acting(self.compliance.scope):
            change_consent(
                customer_id=customer_id, purpose="marketing", said=said, actor=self.compliance, now=now
            )


@pytest.fixture
def scene(world: World, sync: Callable[[], Any]) -> Scene:
    compliance = world.actor(appoint(world, "compliance"))
    marketer = world.actor(appoint(world, "marketer"))
    terms = NewTerms("consent", ("email", "sms"), 365, "用于寄送通讯", ("C1", "C2"))
    create_purpose(key="marketing", name=Text("营销", "Marketing"), terms=terms, actor=compliance, now=DAY)
    customers, units = [], (world.ningbo, world.hangzhou)
    for number in range(10):
        values: dict[str, object] = {"name": f"客户{'甲乙丙丁戊己庚辛壬癸'[number]}"}
        values |= {} if number == 0 else {"email": f"c{number}@mail.example"}
        told = world.say(world.core, str(number), unit=units[number % 2], **values)  # type: ignore[arg-type]  # values are no user
        customers += list(told.decision.place.values())
    with acting(SYSTEM):
        ChannelAccount.objects.create(key="smtp", name="邮件", kind="email", created_at=DAY, changed_at=DAY)
        template = Template.objects.create(id=new_id(), name="通讯", purpose="marketing", created_at=DAY)
        version = TemplateVersion.objects.create(
            id=new_id(), template=template, number=1, language="zh", subject="秋日问候，{{ customer.name }}",
            source=MJML, saved_at=DAY,
        )  # fmt: skip
    found = Scene(world, marketer, compliance, version, Segment(), customers)
    for one in customers[:9]:
        found.consent(one, "given")
    sync()
    with acting(marketer.scope):
        found.segment = create_segment(
            name="全部", purpose="marketing", definition={"all": []}, actor=marketer, now=DAY
        )
    refresh_one(found.segment.pk, now=DAY)
    return found


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: datetime = DAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> Noting:
    return Noting()


@pytest.fixture
def sender(tmp_path: Path, clock: Clock, channel: Noting) -> Iterator[Sender]:
    made = Sender(Journal(tmp_path), clock, {"smtp": channel})
    yield made
    made.close()


def states(campaign: Campaign) -> dict[str, int]:
    """Return how many rows of a campaign stand in each state and for which reason."""
    found: dict[str, int] = {}
    with acting(SYSTEM):
        for state, reason in Send.objects.filter(campaign=campaign).values_list("state", "reason"):
            key = f"{state}:{reason}" if reason else state
            found[key] = found.get(key, 0) + 1
    return found
