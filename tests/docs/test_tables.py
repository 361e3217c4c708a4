"""The tables that the database has and those that the reference names are the same, with their sealed columns."""

import re
from pathlib import Path

from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "tables.md"
ROW = re.compile(r"^\| `([a-z_]+)` (.*)$", re.MULTILINE)
LAYERS = ("platform", "govern", "collect", "resolve", "profile", "analyze", "relate", "engage")
NOT_OURS = {"platform_cache"}  # counters of sign-in, empty after a restart
COLUMNS = """
SELECT c.relname, array_remove(array_agg(a.attname::text), NULL) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped
  AND (a.attname ~ '(^|_)sealed$' OR a.attname = 'wrapped')
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND split_part(c.relname, '_', 1) = ANY(%s) GROUP BY 1
"""


def rows() -> dict[str, str]:
    return dict(ROW.findall(REFERENCE.read_text()))


def tables() -> dict[str, set[str]]:
    """Return the sealed columns of each of our tables."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(LAYERS)])
        return {name: set(sealed) for name, sealed in cursor.fetchall() if name not in NOT_OURS}


def test_every_table_is_described_and_every_one_described_exists(db: None) -> None:
    described = rows().keys()

    assert described == tables().keys()
    assert len(described) >= sum(1 for m in apps.get_models() if m.__module__.startswith("kehu."))


def test_every_sealed_column_is_named_at_its_table(db: None) -> None:
    described = rows()

    for table, sealed in tables().items():
        named = set(re.findall(r"`([a-z_]+)`", described[table].split(" | ")[2]))
        assert sealed == named, table


def test_every_audited_act_that_is_named_is_written_somewhere() -> None:
    code = "\n".join(p.read_text() for p in (ROOT / "src").rglob("*.py"))
    composed = set(re.findall(r'f"([a-z_]+)\.\{', code))

    for row in rows().values():
        for act in re.findall(r"`([a-z_.]+)`", row.rsplit(" | ", 1)[1]):
            assert f'"{act}"' in code or act.partition(".")[0] in composed, act
