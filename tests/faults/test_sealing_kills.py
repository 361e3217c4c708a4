"""A sealing of earlier values whose worker is killed goes on by itself, seals each row once, and leaves none in clear."""

import os
import signal
from pathlib import Path

import pytest
from tests.installation import Installation, until

ROWS = 6_000
CANARY = "浙A7QX31"
RAISE = """
from django.utils import timezone
from kehu.flows.upkeep.change_field import change_field
from kehu.govern.access.actors import load_actor
from kehu.govern.fields.operations import NewField, create_field
from kehu.govern import operations
from kehu.platform.text import Text
now = timezone.now()
def actor():
    user = operations.User.objects.filter(email="steward@hengchuan.example").first()
    return load_actor(user.pk)
if sys.argv[1] == "make":
    operations.create_user(email="steward@hengchuan.example", name="steward", password="a-long-quiet-evening",
        roles=["steward"], unit=operations.get_unit(None), actor_id=None, now=now)
    create_field(NewField(key="car_plate", label=Text("车牌号", "Plate"), section="background", standard="code",
        data_class="C1"), actor=actor(), now=now)
else:
    change_field(key="car_plate", changes={"data_class": "C2"}, actor=actor(), now=now)
print("{}")
"""
HOLD = "import time; from kehu.platform.postgres.server import ensure; ensure(); time.sleep(600)"
CLEAR = """
SELECT (SELECT count(*) FROM collect_record_version WHERE plain ? 'car_plate'),
  (SELECT count(*) FROM profile_customer WHERE plain ? 'car_plate')
"""
FIGURES = "SELECT versions, customers, finished_at IS NOT NULL FROM govern_field_sealing"
UNRESCUED = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@pytest.fixture
def raised(installation: Installation, tmp_path: Path) -> Installation:
    """A home with a field whose class was just raised, and values of it that lie clear."""
    installation.start_python("-c", HOLD)
    installation.do(RAISE, "make")
    file = tmp_path / "customers.csv"
    lines = [f"{number},客户{number},{CANARY}{number % 1000:03d}" for number in range(ROWS)]
    file.write_text("客户号,姓名,车牌号\n" + "\n".join(lines) + "\n", encoding="utf-8")
    installation.run("import", str(file), "--source", "core")
    file.unlink()
    installation.do(RAISE, "raise")
    return installation


def left(installation: Installation) -> int:
    return sum(installation.query(CLEAR)[0])


def test_a_killed_sealing_goes_on_where_it_was(raised: Installation) -> None:
    killed = raised.start("worker")
    until(lambda: raised.query(FIGURES)[0][0] > 0)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(10)
    versions, customers, _ = raised.query(FIGURES)[0]
    assert 0 < left(raised) == 2 * ROWS - versions - customers

    raised.start("worker")
    until(lambda: raised.query(FIGURES)[0][2], 90)

    assert raised.query(UNRESCUED) == [(0,)]
    assert raised.query(FIGURES) == [(ROWS, ROWS, True)]
    assert left(raised) == 0
    assert holds(raised, CANARY) == []


def holds(installation: Installation, text: str) -> list[str]:
    """Return the tables, the planner's statistics among them, that hold a text in clear."""
    names = [f'public."{name}"' for (name,) in installation.query(TABLES)] + ["pg_stats", "pg_statistic"]
    like = f"%{text}%"
    return [
        name
        for name in names
        if installation.query(f"SELECT 1 FROM {name} t WHERE t::text LIKE %s LIMIT 1", like)
    ]
