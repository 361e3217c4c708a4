"""What imports cannot show of the tables: row security on all customer data, and foreign keys that point down the layers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
OURS = ("platform", "govern", "collect", "resolve", "profile", "analyze", "relate", "engage")

TABLES = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
  (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
  array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""
OF_A_CUSTOMER = frozenset({"customer_id", "cluster_id", "record_id"})
HOLDING_DATA = {
    "profile_customer", "resolve_cluster", "collect_record", "collect_import", "collect_refusal", "collect_inbox",
    "collect_quarantined",
}  # fmt: skip

KEYS = """
SELECT k.conname, c.relname, f.relname FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype = 'f'
"""


def ask(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def layers() -> list[str]:
    """Return the layers, the lowest first, as the import contract has them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return [layer for line in reversed(contract["layers"]) for layer in line.split(" | ")]


def test_every_table_with_customer_data_has_row_security_forced_and_a_policy(db: None) -> None:
    tables = {row[0]: row for row in ask(TABLES)}
    covered = {name for name, row in tables.items() if OF_A_CUSTOMER & set(row[4])} | HOLDING_DATA

    assert len(covered) >= 15
    for name in covered:
        _, is_on, is_forced, policies, _ = tables[name]
        assert (is_on, is_forced) == (True, True), f"{name} has no row security"
        assert policies >= 1, f"{name} has no policy"


def test_the_application_owns_no_table_and_passes_by_no_policy(db: None) -> None:
    owners = ask(
        "SELECT DISTINCT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_roles r ON r.oid = c.relowner WHERE n.nspname IN ('public', 'sec') AND c.relkind IN ('r', 'p')"
    )
    ours = ask("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname LIKE 'kehu_%%'")

    assert owners == [("kehu_owner",)]
    assert {"kehu_app", "kehu_system", "kehu_sealer", "kehu_owner"} <= {name for name, _ in ours}
    assert not any(is_mighty for _, is_mighty in ours)


def test_no_view_and_no_mighty_function_leads_around_the_policies(db: None) -> None:
    views = ask(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND (c.relkind IN ('m', 'f') OR c.relkind = 'v' AND NOT "
        "coalesce('security_invoker=true' = ANY(c.reloptions), false))"
    )
    functions = ask(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname IN ('public', 'sec') AND p.prosecdef AND NOT EXISTS "
        "(SELECT 1 FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%%')"
    )

    assert (views, functions) == ([], [])


def test_users_change_no_customer_row_but_through_the_system(db: None) -> None:
    for name, _, _, _, columns in ask(TABLES):
        if OF_A_CUSTOMER & set(columns) or name == "profile_customer":
            (row,) = ask(f"SELECT has_table_privilege('kehu_app', '{name}', 'INSERT, UPDATE, DELETE')")
            assert row == (False,), name


def test_foreign_keys_point_down_the_layers(db: None) -> None:
    order = {layer: place for place, layer in enumerate(layers())}
    ours = [
        (key, source.split("_")[0], target.split("_")[0])
        for key, source, target in ask(KEYS)
        if source.split("_")[0] in order and target.split("_")[0] in order
    ]

    assert len(ours) > 10
    wrong = [key for key, source, target in ours if order[source] < order[target]]
    assert wrong == []


@pytest.mark.parametrize("app", OURS)
def test_tables_carry_the_name_of_their_layer(app: str) -> None:
    if app in apps.app_configs:
        assert all(m._meta.db_table.startswith(f"{app}_") for m in apps.get_app_config(app).get_models())  # noqa: SLF001 (Django's own name for it)
