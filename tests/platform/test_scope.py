"""The signed scope: without it nobody sees a row, and nobody but Kehu can make one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import Error, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.world import World

from kehu.platform import scope
from kehu.platform.scope import SYSTEM, Scope, acting

COUNT = "SELECT count(*) FROM profile_customer"
TABLES = (
    "profile_customer", "profile_search_token", "profile_change", "collect_record", "collect_record_version",
    "resolve_cluster", "resolve_link", "resolve_identifier",
)  # fmt: skip


@pytest.fixture
def scene(world: World) -> World:
    """One customer in Xihu, owned by Alice."""
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪", mobile="13857101234")
    return world


def count(statement: str = COUNT) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def put(text: str) -> None:
    """Set the scope's text as injected SQL could."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kehu.ctx', %s, true)", [text])


def use(text: str) -> None:
    """Set the scope's text, and let the database check it."""
    with transaction.atomic():
        put(text)
        execute("SELECT sec.uid()")


def signed(now: Scope, *, pid: int | None = None) -> str:
    return scope.sign(now, backend_pid=pid or connection.connection.info.backend_pid)


@pytest.fixture
def attack() -> Iterator[None]:
    """Act as nobody in particular, with every statement in a savepoint."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scope_no_table_shows_a_row(scene: World, table: str) -> None:
    assert count(f"SELECT count(*) FROM {table}") == 0
    with acting(SYSTEM):
        assert count(f"SELECT count(*) FROM {table}") > 0


def test_a_scope_shows_units_and_own_customers_and_no_others(scene: World) -> None:
    seen = {}
    for name in ("steward", "head", "alice", "charlie"):
        with acting(scene.actor(getattr(scene, name)).scope):
            seen[name] = count()

    assert seen == {"steward": 1, "head": 1, "alice": 1, "charlie": 0}


@given(st.sets(st.integers(0, 5000), max_size=30), st.integers(0, 6000))
def test_exactly_the_sets_of_a_scope_are_its_bits(ids: set[int], asked: int) -> None:
    made = scope.bits(tuple(sorted(ids)))

    assert (asked < 8 * len(made) and bool(made[asked // 8] >> asked % 8 & 1)) == (asked in ids)


def test_a_customer_of_two_units_is_seen_by_who_sees_their_set_and_by_no_other(world: World) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", resident_id="420111198508141226")
    world.say(world.cards, "1", unit=world.ningbo, name="沈静仪", resident_id="420111198508141226")
    with acting(SYSTEM):
        both = count("SELECT unit_set_id FROM profile_customer")

    for others, seen in (
        ((both,), 1),
        ((both + 1,), 0),
        ((both + 8,), 0),
        ((both - 1, both + 1), 0),
        ((), 0),
    ):
        with acting(Scope(actor_id=1, unit_set_ids=others)):
            assert count() == seen


def test_a_scope_ends_with_its_block(scene: World) -> None:
    with acting(scene.actor(scene.steward).scope):
        assert count() == 1
        with acting(scene.actor(scene.charlie).scope):
            assert count() == 0
        assert count() == 1
    assert count() == 0


def test_a_scope_is_gone_with_its_transaction(own_scope_database: None) -> None:
    with acting(Scope(actor_id=1, unit_ids=(1,))), transaction.atomic():
        assert count("SELECT length(current_setting('kehu.ctx'))") > 0

    assert count("SELECT length(coalesce(current_setting('kehu.ctx', true), ''))") == 0


@pytest.fixture
def own_scope_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Connections without a test's transaction; nothing is written."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def test_every_changed_field_of_a_signed_scope_is_refused(scene: World, attack: None) -> None:
    payload, mark = signed(Scope(actor_id=1, unit_ids=(scene.ningbo.pk,), owner_id=scene.charlie.pk)).split(
        "~"
    )
    fields = payload.split("|")
    widened = {0: str(int(fields[0]) + 1), 2: str(scene.alice.pk), 3: "1", 4: f"{scene.xihu.pk}", 5: "ff"}

    for place, value in widened.items():
        forged = "|".join([*fields[:place], value, *fields[place + 1 :]])
        with pytest.raises(Error, match="bad security context"):
            use(f"{forged}~{mark}")


@given(
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60)
)
def test_no_text_of_a_stranger_is_a_scope(own_scope_database_for_properties: None, text: str) -> None:
    with pytest.raises(Error):
        use(text)


@pytest.fixture(scope="module")
def own_scope_database_for_properties(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def test_a_scope_of_another_connection_is_refused(scene: World, attack: None) -> None:
    with pytest.raises(Error, match="stale or foreign"):
        use(signed(Scope(actor_id=1, unit_ids=(scene.xihu.pk,)), pid=1))


def test_a_scope_that_ran_out_is_refused(scene: World, attack: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "LIFE_SECONDS", -1)

    with pytest.raises(Error, match="stale or foreign"):
        use(signed(Scope(actor_id=1, unit_ids=(scene.xihu.pk,))))


@pytest.mark.parametrize(
    "statement", ["SET LOCAL kehu.ctx = ''", "RESET kehu.ctx", "SELECT set_config('kehu.ctx', '', true)"]
)
def test_an_emptied_scope_shows_nothing(scene: World, attack: None, statement: str) -> None:
    with acting(scene.actor(scene.steward).scope):
        assert count() == 1
        execute(statement)

        assert count() == 0


def test_the_role_of_the_system_sees_nothing_without_its_signed_scope(scene: World, attack: None) -> None:
    with acting(scene.actor(scene.charlie).scope):
        execute("SET LOCAL ROLE kehu_system")

        assert [count(f"SELECT count(*) FROM {table}") for table in TABLES] == [0] * len(TABLES)
        execute("UPDATE profile_customer SET name = 'x'")
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            execute("INSERT INTO resolve_cluster (id, created_at) VALUES (gen_random_uuid(), now())")


def test_a_scope_of_the_system_shows_nothing_to_the_role_of_users(scene: World, attack: None) -> None:
    put(signed(SYSTEM))

    assert count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM sec.k",
        "UPDATE sec.k SET inner_pad = outer_pad",
        "ALTER TABLE profile_customer DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE profile_customer NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY scope ON profile_customer",
        "CREATE POLICY mine ON profile_customer USING (true)",
        "CREATE OR REPLACE FUNCTION sec.uid() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "CREATE VIEW everybody AS SELECT * FROM profile_customer",
        "SET ROLE kehu_owner",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION kehu_owner",
        "TRUNCATE profile_customer",
        "INSERT INTO profile_customer SELECT * FROM profile_customer",
        "DELETE FROM profile_customer",
        "SET LOCAL row_security = off; SELECT * FROM profile_customer",
        "CREATE EXTENSION dblink",
        "COPY profile_customer TO '/tmp/kehu-copy'",
        "COPY profile_customer TO PROGRAM 'cat'",
    ],
)
def test_injected_sql_cannot_get_around_the_scope(scene: World, attack: None, statement: str) -> None:
    with acting(scene.actor(scene.charlie).scope), pytest.raises(Error), transaction.atomic():
        execute(statement)


def test_a_shadowed_function_does_not_reach_the_check(scene: World, attack: None) -> None:
    with acting(scene.actor(scene.charlie).scope):
        execute("CREATE TEMP TABLE k (id int, inner_pad bytea, outer_pad bytea)")
        execute("SET LOCAL search_path = pg_temp, public")

        assert count("SELECT count(*) FROM public.profile_customer") == 0


def test_the_signature_is_the_one_that_the_database_computes() -> None:
    inner, outer = scope.pads()

    assert len(inner) == len(outer) == 64
    assert bytes(a ^ b for a, b in zip(inner, outer, strict=True)) == bytes([0x36 ^ 0x5C]) * 64
