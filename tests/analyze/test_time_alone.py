"""Time alone moves customers: the moment told is never later than the one at which the plain evaluator changes its mind."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlglot import exp
from tests.analyze.reference import Reference
from tests.analyze.test_engines_agree import KINDS, TELLING, Scene
from tests.api.staff import appoint
from tests.world import NOW, World

from kehu.analyze.mirror.asking import ask
from kehu.analyze.mirror.fields import kinds
from kehu.analyze.models.segments import Membership, Segment, SegmentDue
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.following import fall_due, refresh_one
from kehu.analyze.segments.saved.operations import create_segment
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.flips import flips
from kehu.analyze.segments.sql.query import people
from kehu.analyze.segments.sql.singles import ask_of
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
SPAN = timedelta(hours=52)
STEP = timedelta(minutes=30)
MOMENTS = [NOW + STEP * n for n in range(1, SPAN // STEP)]
DRIVEN = [
    *(
        one
        for one in TELLING
        if one.get("op") in ("last_days", "not_last_days", "next_days", "anniversary_days")
    ),
    *(one for one in TELLING if "within" in one),
    {"event": "登录", "times": {"at_least": 2}, "within": {"last_days": 90}},
    {
        "all": [
            {"event": "登录", "within": {"last_hours": 25}},
            {"not": {"field": "opened_on", "op": "last_days", "value": 2}},
        ]
    },
    {"sequence": [{"event": "登录"}, {"event": "转出"}], "in_hours": 2400, "within": {"last_days": 29}},
]


def test_no_change_comes_before_the_moment_that_is_told(world: World, sync: Callable[[], Any]) -> None:
    KINDS.update(kinds(registry()))
    scene = Scene(world)
    sync()
    book = book_of(None)
    changes = 0
    for raw in DRIVEN:
        for zone in ("Asia/Shanghai", "America/New_York"):
            definition = read({**raw, "zone": zone}, book.kinds)
            found = flips(definition, book.definition, NOW, book.traits)
            query = people(SYSTEM, None, exp.true()).select(exp.column("id", "p"), *found.columns())
            with acting(SYSTEM):
                rows = {row[0]: found.first(row[1:]) for row in ask_of(list(scene.people), query, registry())}
                lake = people(SYSTEM, None, exp.true()).select(
                    exp.column("customer_id", "p"), *found.columns()
                )
                over_lake = {row[0]: found.first(row[1:]) for row in ask(lake)[0]}
            assert {str(one): at for one, at in rows.items()} == over_lake
            for customer_id, person in scene.people.items():
                change = first_change(definition, person)
                if change is not None:
                    told = rows[customer_id]
                    assert told is not None, (raw, zone)
                    assert told <= change, (raw, zone, told, change)
                    changes += 1
    assert changes > 100


def first_change(definition: Any, person: Any) -> datetime | None:
    """Return the first of the moments at which a customer is no longer what he is now."""
    now = Reference(definition, KINDS, NOW).holds(person)
    return next(
        (at for at in MOMENTS if Reference(definition, KINDS, at).holds(person) != now),
        None,
    )


def test_who_falls_due_leaves_without_an_event(world: World, sync: Callable[[], Any]) -> None:
    KINDS.update(kinds(registry()))
    scene = Scene(world)
    sync()
    marketer = world.actor(appoint(world, "marketer"))
    raw = {"event": "登录", "within": {"last_hours": 25}}
    with acting(marketer.scope):
        made = create_segment(name="昨日登录", purpose="care", definition=raw, actor=marketer, now=NOW)
    refresh_one(made.pk, now=NOW)
    later = NOW + timedelta(hours=3)
    with acting(SYSTEM):
        Segment.objects.filter(pk=made.pk).update(watermark=1)
        before = set(Membership.objects.filter(left_at=None).values_list("customer_id", flat=True))
        assert before
        assert SegmentDue.objects.exists()

    assert not fall_due(now=NOW).moved
    (moved,) = fall_due(now=later).moved

    definition = read(raw, book_of(None).kinds)
    expected = {
        one for one, person in scene.people.items()
        if one in before and not Reference(definition, KINDS, later).holds(person)
    }  # fmt: skip
    assert set(moved.left) == expected
    assert expected
    assert expected != before
