"""Files of events: transactions and service records find the customer they belong to, once, however often they come."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.world import NOW, World

from kehu.collect.files.form import Row
from kehu.collect.models import Import, Source
from kehu.collect.reading import Refused
from kehu.collect.sources import create_source, get_source
from kehu.collect.tracking.reading.file_rows import EventRow, event_plan_of, read_event_row
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.govern.fields.registry import registry
from kehu.platform.errors import Invalid
from kehu.platform.scope import SYSTEM, acting

TRANSACTIONS = """流水号,客户号,交易时间,交易类型,金额,币种,渠道,摘要
000001,C1,2026-11-01 10:00:00,转出,-360000.00,CNY,手机银行,转给他行本人账户
000002,C1,2026-11-02 10:00:00,工资,9000.00,CNY,批量代发,工资
000003,C2,昨天,工资,9000.00,CNY,批量代发,工资
000004,,2026-11-02 10:00:00,工资,9000.00,CNY,批量代发,工资
"""
TICKETS = """工单号,来电号码,客户姓名,客户号,业务类型,内容,受理时间
T1,13857101234,沈静仪,C1,转账汇款,转账失败，要求说明原因,2026-11-03 09:00:00
T2,13857101234,沈静仪,,转账汇款,再次来电,2026-11-04 09:00:00
"""
TICKET_MAPPING = {"工单号": "message_id", "来电号码": "mobile", "客户姓名": "name", "客户号": "customer_no",
                  "业务类型": "topic", "内容": "content", "受理时间": "event_at"}  # fmt: skip


def rows(query: str) -> Any:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def take(
    source: Source, text: str, folder: Path, mapping: dict[str, Any] | None = None, **more: Any
) -> Import:
    file = folder / "events.csv"
    file.write_text(text)
    job = start_import(
        upload=upload_file(file), source=source, kind="event", mapping=mapping, actor_id=None, now=NOW, **more
    )
    run_import(job.pk)
    with acting(SYSTEM):
        return Import.objects.get(pk=job.pk)


def service(world: World) -> Source:
    create_source(
        key="service", name="客服中心", kind="file", trust=60, unit=world.root, actor_id=None, now=NOW
    )
    return get_source("service")


def test_transactions_find_their_customer_with_a_proposed_mapping(world: World, tmp_path: Path) -> None:
    world.say(world.core, "C1", name="沈静仪", customer_no="C1")

    job = take(world.core, TRANSACTIONS, tmp_path)

    assert (job.state, job.rows_read, job.rows_accepted, job.rows_rejected) == ("succeeded", 4, 2, 2)
    assert rows("SELECT kind, name, (plain->>'amount')::numeric FROM collect_event ORDER BY happened_at") == [
        ("transaction", "转出", -360000), ("transaction", "工资", 9000),
    ]  # fmt: skip
    assert rows("SELECT count(*), max(record_count) FROM profile_customer") == [(1, 1)]


def test_the_same_file_again_adds_nothing(world: World, tmp_path: Path) -> None:
    take(world.core, TRANSACTIONS, tmp_path)

    again = take(world.core, TRANSACTIONS, tmp_path)

    assert (again.rows_accepted, again.rows_unchanged) == (2, 2)
    assert rows("SELECT count(*) FROM collect_event") == [(2,)]


def test_events_that_come_first_join_the_customer_who_comes_later(world: World, tmp_path: Path) -> None:
    take(world.core, TRANSACTIONS, tmp_path)

    world.say(world.core, "C1", name="沈静仪", customer_no="C1")

    assert rows("SELECT name, record_count FROM profile_customer") == [("沈静仪", 2)]


def test_service_records_join_by_customer_number_or_by_phone_and_name(world: World, tmp_path: Path) -> None:
    world.say(world.core, "C1", name="沈静仪", customer_no="C1", mobile="13857101234")

    job = take(service(world), TICKETS, tmp_path, TICKET_MAPPING)

    assert (job.state, job.rows_accepted) == ("succeeded", 2), job.fault
    assert rows("SELECT kind, name, count(*) FROM collect_event GROUP BY 1, 2") == [
        ("service", "服务工单", 2)
    ]
    assert rows("SELECT name FROM profile_customer") == [("沈静仪",)]
    assert rows("SELECT count(*) FROM collect_event WHERE plain ? 'content' OR sealed IS NULL") == [(0,)]


def test_a_mapping_without_time_or_customer_is_refused(world: World, tmp_path: Path) -> None:
    for mapping in ({"客户号": "customer_no"}, {"交易时间": "event_at"}, {"没有": "event_at"}):
        with pytest.raises(Invalid):
            take(world.core, TRANSACTIONS, tmp_path, mapping)


def test_an_import_of_events_goes_on_where_it_was_stopped(world: World, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text(TRANSACTIONS)
    job = start_import(
        upload=upload_file(file), source=world.core, kind="event", mapping=None, actor_id=None, now=NOW
    )
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(position=2, rows_read=1, rows_accepted=1)

    run_import(job.pk)

    assert rows("SELECT name FROM collect_event") == [("工资",)]


def read(cells: tuple[str, ...], mapping: dict[str, Any], columns: tuple[str, ...]) -> EventRow | Refused:
    return read_event_row(Row(2, cells), event_plan_of(columns, mapping, registry()))


def test_roles_may_stand_beside_the_columns(world: World) -> None:
    columns = ("编号", "客户", "时间", "产品")
    mapping = {
        "columns": {"客户": "customer_no", "产品": "product"},
        "event_at": "时间",
        "key": "编号",
        "event": "查看产品",
    }

    event = read(("7", "C1", "2026-11-01 10:00:00", "大额存单"), mapping, columns)

    assert isinstance(event, EventRow)
    assert (event.name, event.kind, event.subject) == ("查看产品", "behavior", ("customer_no", "C1"))
    assert event.happened_at == datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    assert event.details == {"product": "大额存单"}


def test_an_event_may_name_the_record_itself(world: World, tmp_path: Path) -> None:
    world.say(world.cards, "K9", name="沈静仪", mobile="13857101234")
    text = "卡户,时间,事件\nK9,2026-11-01 10:00:00,激活\n"

    take(world.cards, text, tmp_path, {"卡户": "record_key", "时间": "event_at", "事件": "event_name"})

    assert rows("SELECT record_count FROM profile_customer") == [(1,)]
    assert isinstance(rows("SELECT record_id FROM collect_event")[0][0], UUID)
