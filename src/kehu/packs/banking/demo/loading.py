"""Loading the demo bank: units, users and sources are made, then its files go the way that every user's files go."""

import base64
import csv
import io
import json
import sys
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.utils import timezone

from kehu.analyze.mirror.sync import sync
from kehu.collect.models import Import, Source
from kehu.collect.records import get_members
from kehu.collect.sources import create_source, renew_write_key
from kehu.flows.analyze.models.refresh import refresh_models
from kehu.flows.events.apply_inbox import apply_all
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.govern import operations
from kehu.govern.fields.packs import add_pack_fields
from kehu.govern.models.access import Unit, User
from kehu.packs.banking import pack
from kehu.packs.banking.demo.channels import make_channels
from kehu.packs.banking.demo.consents import make_consents, make_purposes
from kehu.packs.banking.demo.evaluation import Score, evaluate
from kehu.packs.banking.demo.generator import DemoFiles, generate
from kehu.packs.banking.demo.loop.errands import make_errands
from kehu.packs.banking.demo.loop.groups import make_segments
from kehu.packs.banking.demo.loop.mailing import Mailed, make_campaign
from kehu.packs.banking.demo.loop.models import make_models
from kehu.packs.banking.demo.loop.talks import make_talks
from kehu.packs.banking.demo.loop.ties import make_ties
from kehu.packs.banking.demo.loop.voices import make_survey
from kehu.packs.banking.demo.offers import make_offers
from kehu.packs.banking.mappings import FILES, FileMapping
from kehu.platform.scope import SYSTEM, acting

Tell = Callable[[str], None]
PAGE = 5000
_RECORDS = """
SELECT r.id, s.key, l.cluster_id FROM collect_record r JOIN collect_source s ON s.id = r.source_id
JOIN resolve_link l ON l.record_id = r.id AND l.ended_at IS NULL WHERE r.id > %s ORDER BY r.id LIMIT %s
"""


def load(folder: Path, *, customers: int, seed: int, now: datetime, tell: Tell) -> Score:
    """Generate the bank into a folder and import it; tells each step, and the score at the end."""
    files = generate(folder, customers=customers, seed=seed, today=now.date())
    with acting(SYSTEM), transaction.atomic():
        make_units(now=now)
        make_users(files.users, now=now)
        make_sources(now=now)
        add_pack_fields(pack.FIELDS, origin="banking", now=now)
    for name in ("core", "cards", "wealth", "service", "transactions", "service_records"):
        bring_in(getattr(files, name), FILES[name], now=timezone.now(), tell=tell)
    send_events(files.events, now=now, tell=tell)
    make_purposes(email=pack.COMPLIANCE, now=now)
    make_channels(email=pack.MARKETER, now=now)
    tell(f"同意 consents: {make_consents(seed=seed, now=now)} 条表示 words")
    tell(f"推荐 offers: {make_offers(email=pack.MARKETER, now=now)} 个按规则的推荐 by rule")
    tell(f"标签 tags: {make_ties(email=pack.MARKETER, seed=seed, now=now)} 位客户 customers")
    tell(f"待办 tasks: {make_errands(head=pack.HEAD, now=now)} 条 planned")
    sync(now=timezone.now())
    tell(f"客群 segments: {make_segments(email=pack.MARKETER, now=now)} 个 saved")
    tell(f"问卷 survey: {make_survey(email=pack.MARKETER, seed=seed, now=now)} 份答卷 answers")
    tell(f"访谈 interviews: {make_talks(email=pack.MARKETER, seed=seed, now=now)} 次 held")
    tell_campaign(
        make_campaign(marketer=pack.MARKETER, approver=pack.COMPLIANCE, seed=seed, now=timezone.now()), tell
    )
    tell(f"模型 models: {make_models(email=pack.MARKETER, now=now)} 个")
    refresh_models(now=timezone.now())
    score = score_of(files)
    tell(
        f"识别 resolved: precision {score.precision:.4f}, recall {score.recall:.4f}, F1 {score.f1:.4f} "
        f"({score.pairs_found} pairs joined, {score.pairs_true} true)"
    )
    return score


def tell_campaign(mailed: Mailed | None, tell: Tell) -> None:
    """Tell what became of the campaign; its buyers buy, in the app."""
    if mailed is None:
        tell(
            "活动 campaign: 未发送，演示信箱的端口被占用或已有这个活动 not sent: the port of the demo mailbox is taken, or it is there"
        )
        return
    buy(mailed.buyers, now=timezone.now())
    tell(
        f"活动 campaign: {mailed.sent} 封送达 sent, {mailed.opened} 打开 opened, {mailed.clicked} 点击 clicked, "
        f"{mailed.left} 退订 left, {len(mailed.buyers)} 位购买 bought"
    )


def buy(customers: Collection[UUID], *, now: datetime) -> None:
    """Let customers buy a wealth product in the app: an event of their own, as the app sends it."""
    wanted = {str(one) for one in customers}
    users = [key for source, key, cluster in clusters() if source == "app" and cluster in wanted]
    batch = [
        {"type": "track", "messageId": f"hengchuan-buy-{user}", "userId": user, "event": "购买理财",
         "timestamp": now.isoformat(), "properties": {"product": "衡盈稳健90天", "amount": 20_000}}
        for user in users
    ]  # fmt: skip
    with acting(SYSTEM), transaction.atomic():
        key = renew_write_key(Source.objects.get(key="app"), actor_id=None, now=now)
    application = get_wsgi_application()
    for part in _batches(iter(batch)):
        post(application, "/v1/batch", {"batch": part}, key)
    apply_all()


def sign_ins() -> list[str]:
    """Return who can sign in to the demo, a line each."""
    lines = [f"演示账号，密码都是 {pack.DEMO_PASSWORD} / demo sign-ins, one password for all:"]
    return lines + [f"  {user.email:<36} {user.role:<22} {user.name}" for user in pack.DEMO_USERS]


def make_units(*, now: datetime) -> None:
    """Make the bank's units; its head office takes the place of the root."""
    for unit in pack.UNITS:
        if not unit.parent:
            Unit.objects.filter(parent__isnull=True).update(code=unit.code, name=unit.name.zh)
        elif not Unit.objects.filter(code=unit.code).exists():
            parent = operations.get_unit(unit.parent)
            operations.create_unit(code=unit.code, name=unit.name.zh, parent=parent, actor_id=None, now=now)


def make_users(path: Path, *, now: datetime) -> None:
    """Make the bank's people; all share the password that the tutorial prints."""
    from django.contrib.auth.hashers import make_password

    hashed = make_password(pack.DEMO_PASSWORD)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if User.objects.filter(email=row["email"]).exists():
                continue
            unit = operations.get_unit(row["unit"])
            user = User.objects.create(
                email=row["email"], name=row["name"], password=hashed, unit=unit, created_at=now
            )
            operations.grant_role(user=user, role_key=row["role"], unit=unit, actor_id=None, now=now)


def make_sources(*, now: datetime) -> None:
    """Make the five source systems."""
    for source in pack.SOURCES:
        if not Source.objects.filter(key=source.key).exists():
            create_source(
                key=source.key, name=source.name.zh, kind=source.kind, trust=source.trust,
                unit=operations.get_unit(None), actor_id=None, now=now,
            )  # fmt: skip


_EVENT_TARGETS = {"key": "message_id", "record_key": "record_key", "happened_at": "event_at"}


def mapping_of(mapping: FileMapping) -> dict[str, Any]:
    """Return a file's mapping as the import takes it."""
    if mapping.holds == "events":
        columns = {
            c.header: _EVENT_TARGETS.get(c.role) or c.target for c in mapping.columns if c.role != "ignored"
        }
        named = next((header for header, target in columns.items() if target == "type"), None)
        return {"columns": columns | ({named: "event_name"} if named else {}), "event": mapping.event}
    roles: dict[str, str] = {
        c.role: c.header for c in mapping.columns if c.role in {"key", "unit", "owner", "at"}
    }
    return {"columns": mapping.targets(), **roles}


def bring_in(path: Path, mapping: FileMapping, *, now: datetime, tell: Tell) -> None:
    """Import one file to its end, like anybody's."""
    start = time.monotonic()
    with acting(SYSTEM), transaction.atomic():
        job = start_import(
            upload=upload_file(path), source=Source.objects.get(key=mapping.source), mapping=mapping_of(mapping),
            kind="event" if mapping.holds == "events" else "customer", actor_id=None, now=now,
        )  # fmt: skip
    run_import(job.pk)
    with acting(SYSTEM), transaction.atomic():
        done = Import.objects.get(pk=job.pk)
    seconds = time.monotonic() - start
    tell(
        f"{path.name}: {done.state}, {done.rows_accepted} 行接受 accepted, {done.rows_rejected} 行拒收 rejected, "
        f"{done.customers_created} 位新建 created, {done.customers_updated} 位更新 updated, {done.rows_read / seconds:,.0f} 行/秒 rows/s"
    )


def clusters() -> Iterator[tuple[str, str, str]]:
    """Yield source, key and customer of every living record."""
    last: Any = "00000000-0000-0000-0000-000000000000"
    while True:
        with acting(SYSTEM), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_RECORDS, [last, PAGE])
                rows = cursor.fetchall()
            members = get_members(row[0] for row in rows)
        if not rows:
            return
        last = rows[-1][0]
        for record, source, cluster in rows:
            if record in members:
                yield source, members[record].key.removeprefix("u:"), str(cluster)


def score_of(files: DemoFiles) -> Score:
    """Score what was joined against the truth."""
    return evaluate(files.truth, clusters())


BATCH = 100


def send_events(path: Path, *, now: datetime, tell: Tell) -> None:
    """Send the app's events through `/v1/batch`, as its SDK does, and apply them."""
    start, count = time.monotonic(), 0
    with acting(SYSTEM), transaction.atomic():
        key = renew_write_key(Source.objects.get(key="app"), actor_id=None, now=now)
    application = get_wsgi_application()
    for batch in _batches(read_events(path)):
        status = post(application, "/v1/batch", {"batch": batch}, key)
        if not status.startswith("200"):
            raise RuntimeError(status)
        count += len(batch)
    applied = apply_all()
    seconds = time.monotonic() - start
    tell(
        f"{path.name}: {count} 个事件送达 acknowledged, {applied} 个生效 applied, {count / seconds:,.0f} 个/秒 events/s"
    )


def _batches(events: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(events, BATCH)):
        yield batch


def post(application: Any, path: str, content: dict[str, Any], write_key: str) -> str:
    """Send one request through the web application of this process; returns the status line."""
    body = json.dumps(content, ensure_ascii=False).encode()
    told: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": "Basic " + base64.b64encode(f"{write_key}:".encode()).decode(), "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
    }  # fmt: skip
    response = application(environ, _begin(told))
    response.close()
    return told[0]


def _begin(told: list[str]) -> Callable[..., None]:
    def start_response(status: str, *_: Any) -> None:
        told.append(status)

    return start_response


def read_events(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the bodies of the app's events."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)
