"""How fast a campaign leaves: planned, asked of the governor, rendered, signed, handed over by SMTP and written down.

Beside it a bare loop hands the bytes of one such message to the same server as often, over one connection. The server has
a process of its own; both end when it has taken everything.
"""

import argparse
import smtplib
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bench.figures import Figure

from kehu.cli.boot import boot

if TYPE_CHECKING:
    from bench.mail_sink import Sink

    from kehu.govern.access.actors import Actor

RECIPIENTS = 10_000
A_SECOND = 500
PURPOSE = "letters"
SENDER = "bank@hengchuan.example"
LETTER = """<mjml><mj-head><mj-preview>本月账单</mj-preview></mj-head><mj-body>
<mj-section><mj-column><mj-text font-size="20px">{{ customer.name }}，您好</mj-text>
<mj-text>您在衡川银行的等级是 {{ customer.tier }}。本月账单已经出好，可以在手机银行查看。</mj-text>
<mj-button href="https://hengchuan.example/bill">查看账单</mj-button></mj-column></mj-section>
<mj-section><mj-column><mj-text>客服电话 95000 <a href="{{ unsubscribe_url }}">退订</a></mj-text></mj-column></mj-section>
</mj-body></mjml>"""


def database(options: argparse.Namespace) -> str:
    """Name a database that no other benchmark has."""
    del options
    return "kehu_bench_send"


def run(options: argparse.Namespace) -> list[Figure]:
    """Send one campaign to 10,000 recipients unless a number is given; the database is removed at the end."""
    boot(is_migrated=False)
    from bench.mail_sink import sink

    from bench import bank

    many = options.customers or RECIPIENTS
    bank.drop_database()
    try:
        bank.make_database()
        _import(many)
        with sink() as server:
            _start(server.port)
            return _measure(server, many)
    finally:
        bank.drop_database()


def _measure(server: "Sink", many: int) -> list[Figure]:
    from kehu.flows.engage.campaigns.send_due import send_due

    began, processor = time.perf_counter(), time.process_time()
    done = send_due(stays=False)
    seconds, busy = time.perf_counter() - began, time.process_time() - processor
    taken = server.taken()
    if (done.accepted, taken.mails, taken.recipients) != (many, many, many):
        raise RuntimeError(f"{done.accepted} of {many} sent, {taken.mails} arrived")
    bare = _bare(server.port, taken.example, many)
    server.taken()
    return [
        Figure(f"{many:,} governed mails", many / seconds, "/s", "bare SMTP", many / bare, A_SECOND, is_floor=True),
        Figure("mails a second of the sender's processor", many / busy, "/s"),
        Figure("size of a mail", len(taken.example), "bytes"),
    ]  # fmt: skip


def _bare(port: int, message: bytes, many: int) -> float:
    """Return the seconds of handing the same bytes over so often."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(many):
            server.sendmail(SENDER, [f"c{number}@mail.example"], message)
    return time.perf_counter() - began


def _import(many: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from kehu.collect.sources import get_source
    from kehu.flows.imports.run_import import run_import
    from kehu.flows.imports.start_import import parse_mapping, start_import
    from kehu.flows.imports.upload_file import upload_file
    from kehu.platform.installation.home import home
    from kehu.platform.scope import SYSTEM, acting

    with TemporaryDirectory(dir=home(), prefix="files-") as folder:
        path = Path(folder, "customers.csv")
        rows = (f"{n},客户{n},c{n}@mail.example,{'金' if n % 2 else '普通'}" for n in range(many))
        path.write_text("\n".join(["客户号,姓名,邮箱,客户等级", *rows, ""]), encoding="utf-8")
        with acting(SYSTEM), transaction.atomic():
            job = start_import(
                upload=upload_file(path), source=get_source("core"), kind="customer", mapping=parse_mapping(None),
                actor_id=None, now=timezone.now(),
            )  # fmt: skip
        run_import(job.pk)


def _start(port: int) -> None:
    """Make all that a campaign needs, and start it."""
    from django.db import transaction
    from django.utils import timezone

    from kehu.analyze.mirror.sync import sync
    from kehu.analyze.segments.saved.following import refresh_one
    from kehu.analyze.segments.saved.operations import create_segment
    from kehu.engage.campaigns import operations
    from kehu.platform.scope import acting

    now = timezone.now()
    sync(now=now)
    marketer, compliance = _staff("marketer"), _staff("compliance")
    version = _prepare(port, marketer, compliance)
    with acting(marketer.scope), transaction.atomic():
        segment = create_segment(
            name="全部", purpose=PURPOSE, definition={"all": []}, actor=marketer, now=now
        )
        refresh_one(segment.pk, now=now)
        draft = operations.Draft(
            name="账单", segment_id=segment.pk, account="smtp", variants=[{"version": str(version)}],
            schedule={"kind": "once"}, is_service=True,
        )  # fmt: skip
        made = operations.create_campaign(draft, actor=marketer, now=now)
        operations.submit(made.pk, actor=marketer, now=now)
    with acting(compliance.scope), transaction.atomic():
        operations.decide(made.pk, approves=True, note="", actor=compliance, now=now)
    with acting(marketer.scope), transaction.atomic():
        operations.start(made.pk, actor=marketer, now=now)


def _prepare(port: int, marketer: "Actor", compliance: "Actor") -> UUID:
    """Make the purpose, the account and the template; returns the version of the template."""
    from django.db import transaction
    from django.utils import timezone

    from kehu.engage.channels.accounts import NewAccount, create_account
    from kehu.engage.channels.trying import new_dkim_key
    from kehu.engage.models.templates import Template, TemplateVersion
    from kehu.govern.purposes.operations import NewTerms, create_purpose
    from kehu.platform.ids import new_id
    from kehu.platform.scope import SYSTEM, acting
    from kehu.platform.text import Text

    now = timezone.now()
    with acting(compliance.scope), transaction.atomic():
        terms = NewTerms("contract", ("email",), 365, "按合同寄送", ("C1", "C2"))
        create_purpose(key=PURPOSE, name=Text("寄送", "Letters"), terms=terms, actor=compliance, now=now)
    settings: dict[str, Any] = {
        "host": "127.0.0.1", "port": port, "security": "none", "from_address": SENDER,
        "dkim_domain": "hengchuan.example", "dkim_selector": "k1",
    }  # fmt: skip
    with acting(marketer.scope), transaction.atomic():
        new = NewAccount("邮件", settings, {"connections": 4}, {"dkim_key": new_dkim_key()})
        create_account(key="smtp", kind="email", new=new, actor=marketer, now=now)
    with acting(SYSTEM), transaction.atomic():
        template = Template.objects.create(id=new_id(), name="账单", purpose=PURPOSE, created_at=now)
        version = TemplateVersion.objects.create(
            id=new_id(), template=template, number=1, language="zh", saved_at=now,
            subject="{{ customer.name }}，您的本月账单", source=LETTER,
        )  # fmt: skip
    return version.pk


def _staff(role: str) -> "Actor":
    from django.db import transaction
    from django.utils import timezone

    from kehu.govern import operations
    from kehu.govern.access.actors import load_actor
    from kehu.platform.scope import SYSTEM, acting

    with acting(SYSTEM), transaction.atomic():
        made = operations.create_user(
            email=f"{role}@bench.example", name=role, password="a-long-quiet-evening", roles=[role],  # noqa: S106 (of invented people)
            unit=operations.get_unit(None), actor_id=None, now=timezone.now(),
        )  # fmt: skip
        actor = load_actor(made.pk)
    if actor is None:
        raise RuntimeError(role)
    return actor
