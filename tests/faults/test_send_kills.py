"""F-04: the sender is killed again and again in the middle of a campaign. Nobody is sent twice; who was not sent is known."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.installation import Installation, until

from kehu.engage.channels.testing import MailServer

PEOPLE = 600
KILLS = 6
SETTING = """
from django.db import transaction
from django.utils import timezone
from kehu.analyze.segments.saved.following import refresh_one
from kehu.analyze.segments.saved.operations import create_segment
from kehu.engage.campaigns import operations
from kehu.engage.channels.accounts import NewAccount, create_account
from kehu.engage.models.templates import Template, TemplateVersion
from kehu.govern import operations as people
from kehu.govern.access.actors import load_actor
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

now, root = timezone.now(), people.get_unit(None)
def somebody(role):
    with transaction.atomic():
        made = people.create_user(email=f"{role}@hengchuan.example", name=role, password="a-long-quiet-evening",
            roles=[role], unit=root, actor_id=None, now=now)
        return load_actor(made.pk)
marketer, compliance = somebody("marketer"), somebody("compliance")
with acting(compliance.scope), transaction.atomic():
    terms = NewTerms("contract", ("email",), 365, "按合同寄送", ("C1", "C2"))
    create_purpose(key="letters", name=Text("寄送", "Letters"), terms=terms, actor=compliance, now=now)
with acting(marketer.scope), transaction.atomic():
    settings = {"host": "127.0.0.1", "port": PORT, "security": "none", "from_address": "bank@hengchuan.example"}
    create_account(key="smtp", kind="email", new=NewAccount("邮件", settings, {"connections": 4}, {}), actor=marketer, now=now)
    segment = create_segment(name="全部", purpose="letters", definition={"all": []}, actor=marketer, now=now)
    refresh_one(segment.pk, now=now)
with acting(SYSTEM), transaction.atomic():
    template = Template.objects.create(id=new_id(), name="信", purpose="letters", created_at=now)
    version = TemplateVersion.objects.create(id=new_id(), template=template, number=1, language="zh", saved_at=now,
        subject="{{ customer.name }}，您好",
        source='<mjml><mj-body><mj-section><mj-column><mj-text>{{ customer.name }} <a href="{{ unsubscribe_url }}">退订</a></mj-text></mj-column></mj-section></mj-body></mjml>')
with acting(marketer.scope), transaction.atomic():
    draft = operations.Draft(name="信", segment_id=segment.pk, account="smtp", variants=[{"version": str(version.pk)}],
        schedule={"kind": "once"}, is_service=True)
    made = operations.create_campaign(draft, actor=marketer, now=now)
    operations.submit(made.pk, actor=marketer, now=now)
with acting(compliance.scope), transaction.atomic():
    operations.decide(made.pk, approves=True, note="", actor=compliance, now=now)
with acting(marketer.scope), transaction.atomic():
    operations.start(made.pk, actor=marketer, now=now)
print("{}")
"""
STATES = "SELECT state, count(*) FROM engage_send GROUP BY 1"
UNKNOWN = "SELECT count(*) FROM engage_send WHERE state = 'unknown'"


@pytest.fixture
def sink() -> Iterator[MailServer]:
    with MailServer() as made:
        yield made


@pytest.fixture
def sending(installation: Installation, sink: MailServer, tmp_path: Path) -> Installation:
    path = tmp_path / "customers.csv"
    lines = [f"{number},客户{number},c{number}@mail.example" for number in range(PEOPLE)]
    path.write_text("客户号,姓名,邮箱\n" + "\n".join(lines) + "\n", encoding="utf-8")
    installation.run("import", str(path), "--source", "core")
    installation.run("lake", "sync")
    installation.do(SETTING.replace("PORT", str(sink.port)))
    return installation


def has_gone_on(sink: MailServer, before: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether some more have arrived, or the sender has ended."""
    return len(sink.arrived) > before + 5 or process.poll() is not None


def test_nobody_is_sent_twice_however_often_the_sender_is_killed(
    sending: Installation, sink: MailServer
) -> None:
    chance = random.Random(4)  # noqa: S311 (the same each time)
    for _ in range(KILLS):
        before = len(sink.arrived)
        process = sending.start("send")
        until(partial(has_gone_on, sink, before, process), 60)
        time.sleep(chance.random() * 0.1)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    assert len(sink.arrived) < PEOPLE, "it was over before it was killed often enough"

    sending.run("send")

    got = Counter(one for mail in sink.arrived for one in mail.recipients)
    states = {row[0]: row[1] for row in sending.ask(STATES)}
    assert max(got.values()) == 1
    assert set(states) <= {"accepted", "unknown"}
    assert sum(states.values()) == PEOPLE
    assert PEOPLE - states.get("unknown", 0) <= len(got) <= PEOPLE
    assert states.get("unknown", 0) <= KILLS * 4
