"""What is drafted ahead changes only when it is done: the same customers come out, and a stale draft is left alone."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from tests.world import NOW, World

from kehu.collect.records import PLACE as VERSION
from kehu.collect.records import Policy, Statement, join
from kehu.flows.ingest import draft, get_basis, ingest
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.golden import PLACE
from kehu.resolve.blocked import add_blocked

pytestmark = [pytest.mark.django_db]
_CUSTOMERS = "SELECT id, name, record_count, completeness, sort_key, initials, plain, sealed FROM profile_customer ORDER BY name, sort_key"
_VERSIONS = "SELECT r.id, v.id, v.plain, v.sealed, v.stated FROM collect_record r JOIN collect_record_version v ON v.record_id = r.id"
_COUNTS = """
SELECT (SELECT count(*) FROM collect_record), (SELECT count(*) FROM resolve_identifier), (SELECT count(*) FROM resolve_cluster),
  (SELECT count(*) FROM resolve_review), (SELECT array_agg(token ORDER BY token, sort_key) FROM profile_search_token)
"""
KNOWN = [
    Statement("1", {"name": "沈静仪", "mobile": "13857101234", "email": "s@hengchuan.example"}),
    Statement("2", {"name": "庄伯言", "mobile": "13857105678"}),
]
BATCH = [
    Statement("1", {"name": "沈静仪", "mobile": "13857101234", "email": "s@hengchuan.example"}),
    Statement("2", {"name": "庄伯言", "mobile": "13957100001", "address": "杭州市西湖区文三路1号"}),
    Statement("3", {"name": "单于清", "mobile": "13600000003", "note": None}, unit_id=None),
    Statement("3", {"name": "单于清", "mobile": "13600000003", "occupation": "教师"}),
    Statement("4", {"name": "沈静仪", "mobile": "13857101234", "resident_id": "110105199001011236"}),
    Statement("5", {"name": "万俟山", "resident_id": "110105199001011236"}),
    Statement("6", {"name": "仇明"}),
    Statement("7", {"name": "仇明", "aum": 1_000_000}),
]


def take(world: World, statements: Sequence[Statement], *, is_drafted: bool, policy: Policy) -> None:
    drafts = draft(statements, source=world.core, basis=get_basis(), now=NOW) if is_drafted else None
    ingest(statements, source=world.core, policy=policy, now=NOW, drafts=drafts)


def state() -> list[Any]:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_CUSTOMERS)
        customers = cursor.fetchall()
        keys = get_data_keys([row[0] for row in customers])
        golden = [
            (*row[1:6], join(from_json(row[6]), unseal(keys[row[0]], row[7], PLACE, row[0])))
            for row in customers
        ]
        cursor.execute(_VERSIONS)
        versions = cursor.fetchall()
        keys = get_data_keys([row[0] for row in versions])
        said = [
            (from_json(row[2]), unseal(keys[row[0]], row[3], VERSION, row[1]), row[4]) for row in versions
        ]
        cursor.execute(_COUNTS)
        return [golden, sorted(said, key=repr), cursor.fetchone()]


@pytest.mark.parametrize("policy", [Policy(), Policy("fill"), Policy("skip", clears_empty=True)])
def test_the_same_customers_come_out(world: World, policy: Policy) -> None:
    states = []
    for is_drafted in (True, False):
        with transaction.atomic():
            take(world, KNOWN, is_drafted=is_drafted, policy=policy)
            take(world, BATCH, is_drafted=is_drafted, policy=policy)
            states.append(state())
            transaction.set_rollback(True)

    assert states[0] == states[1]
    assert len(states[0][0]) == 5


def test_a_draft_is_what_is_written(world: World) -> None:
    drafts = draft(KNOWN, source=world.core, basis=get_basis(), now=NOW)

    done = ingest(KNOWN, source=world.core, now=NOW, drafts=drafts)

    assert [r.id for r in done.records] == [d.record_id for d in drafts.records]
    assert set(done.profiles.created) == {founder.customer_id for _, founder in drafts.people.values()}


def changes_kinds(world: World) -> None:
    add_blocked(
        kind="mobile", text="13857101234", is_pattern=False, actor=world.actor(world.steward), now=NOW
    )


def changes_keys(_: World) -> None:
    from kehu.govern.sealing import keyring

    keyring.forget()


def changes_fields(_: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE govern_field SET updated_at = now() + interval '1 second' WHERE key = 'note'")


@pytest.mark.parametrize("change", [changes_kinds, changes_keys, changes_fields])
def test_a_draft_that_rests_on_what_has_changed_is_left_alone(
    world: World, change: Callable[[World], None]
) -> None:
    drafts = draft(KNOWN, source=world.core, basis=get_basis(), now=NOW)
    with acting(SYSTEM):
        change(world)

    done = ingest(KNOWN, source=world.core, now=NOW, drafts=drafts)

    assert {r.id for r in done.records}.isdisjoint(d.record_id for d in drafts.records)
    assert len(done.profiles.created) == 2
