"""The figures of dashboards against a plain computation over the same scene, each within the reader's scope."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.world import NOW, World

from kehu.analyze.dashboards.answering import FEWEST, answer, behind
from kehu.analyze.dashboards.card import Asked, Card
from kehu.analyze.dashboards.catalog import CARDS, SHIPPED
from kehu.analyze.dashboards.periods import Compare, Span, period_of
from kehu.collect.events import Happening, write_events
from kehu.govern.access.actors import Actor
from kehu.govern.models.access import Unit
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
ZONE = "Asia/Shanghai"
Sync = Callable[[], Any]


@dataclass(frozen=True)
class Said:
    """What a customer of the scene said or did, so many days ago."""

    customer: UUID
    unit: Unit
    name: str
    days: int
    details: dict[str, Any]


@pytest.fixture
def said(world: World) -> list[Said]:
    """Twelve customers in two branches; those of Xihu complain lately, and everybody moves money."""
    found: list[Said] = []
    for number in range(12):
        unit = world.xihu if number % 2 else world.ningbo
        world.say(world.core, f"k{number}", name=f"钱{number}", unit=unit, aum="100000")
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.unit_id, r.id FROM collect_record r JOIN resolve_link l ON l.record_id = r.id "
            "JOIN profile_customer c ON c.id = l.cluster_id WHERE l.ended_at IS NULL ORDER BY c.id"
        )
        rows = cursor.fetchall()
    units = {world.xihu.pk: world.xihu, world.ningbo.pk: world.ningbo}
    happenings = []
    for place, (customer, unit_id, record) in enumerate(rows):
        for days in (3, 20, 50, 100):
            is_low = unit_id == world.xihu.pk and days < 30
            ticket = {
                "satisfaction": "2" if is_low else "5",
                "category": "投诉" if is_low else "咨询",
                "topic": "转账",
            }
            booked = {"amount": str(-100 * (place + 1)), "currency": "CNY"}
            for name, details in (
                ("服务工单", ticket),
                ("交易", booked),
                ("survey_answered", {"nps": place % 11}),
            ):
                found.append(Said(customer, units[unit_id], name, days, details))
                at = NOW - timedelta(days=days)
                happenings.append(
                    Happening(message_id=str(uuid4()), record_id=record, kind="track", name=name, happened_at=at,
                              received_at=NOW, details=details)
                )  # fmt: skip
    with acting(SYSTEM):
        write_events(happenings, source_id=world.core.pk)
    return found


def asked(
    actor: Actor, span: Span = "30d", compare: Compare = "previous", units: tuple[int, ...] | None = None
) -> Asked:
    return Asked(actor, NOW, ZONE, span, compare, period_of(span, now=NOW, zone=ZONE), units)


def figures(key: str, question: Asked) -> dict[tuple[str, str], float | None]:
    with acting(question.actor.scope):
        return {(point.x, point.series): point.value for point in answer(CARDS[key], question).points}


def one(key: str, question: Asked) -> tuple[float | None, float | None]:
    with acting(question.actor.scope):
        found = answer(CARDS[key], question)
    now, then = ([point.value for point in points] or [None] for points in (found.points, found.before))
    return now[0], then[0]


def of(said: list[Said], name: str, least: int, most: int, unit: Unit | None = None) -> list[Said]:
    """Return what was said between so many days ago."""
    return [s for s in said if s.name == name and least <= s.days < most and (unit is None or s.unit == unit)]


def test_satisfaction_is_the_mean_of_the_period_and_of_the_one_before(
    world: World, said: list[Said], sync: Sync
) -> None:
    sync()
    for user, unit in ((world.steward, None), (world.head, world.xihu)):
        now, then = one("satisfaction", asked(world.actor(user)))

        plain = [float(s.details["satisfaction"]) for s in of(said, "服务工单", 0, 30, unit)]
        earlier = [float(s.details["satisfaction"]) for s in of(said, "服务工单", 30, 60, unit)]
        assert now == pytest.approx(sum(plain) / len(plain))
        assert then == pytest.approx(sum(earlier) / len(earlier))


def test_nps_counts_promoters_less_detractors(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    scores = [s.details["nps"] for s in of(said, "survey_answered", 0, 30)]

    now, _ = one("nps", asked(world.actor(world.steward)))

    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    assert now == pytest.approx(100 * (promoters - detractors) / len(scores))


def test_complaints_are_a_branchs_own(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    plain = [s for s in of(said, "服务工单", 0, 30) if s.details["category"] == "投诉"]

    assert one("complaints", asked(world.actor(world.steward))) == (len(plain), None)
    assert one("complaints", asked(world.actor(world.head)))[0] == len(plain)
    assert one("complaints", asked(world.actor(world.charlie)))[0] is None
    assert figures("complaint_topics", asked(world.actor(world.head))) == {("转账", ""): len(plain)}


def test_satisfaction_by_unit_starts_with_the_lowest(world: World, said: list[Said], sync: Sync) -> None:
    del said
    sync()

    found = figures("satisfaction_by_unit", asked(world.actor(world.steward)))

    assert list(found.items()) == [((str(world.xihu.pk), ""), 2.0), ((str(world.ningbo.pk), ""), 5.0)]


def test_balances_run_on_and_stand_beside_satisfaction(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    question = asked(world.actor(world.head), "13w")

    found = figures("satisfaction_and_money", question)

    plain: dict[int, float] = defaultdict(float)
    for s in of(said, "交易", 0, 91, world.xihu):
        day = (NOW - timedelta(days=s.days)).date()
        plain[(day - question.period.first).days // 7] += float(s.details["amount"])
    total = 0.0
    for step in sorted(plain):
        total += plain[step]
        assert found[(str(step), "money")] == pytest.approx(total)
    assert found[("12", "satisfaction")] == 2.0
    assert found[("5", "satisfaction")] == 5.0


def test_money_of_few_is_not_told(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    few = {s.unit for s in said}
    assert len(few) == 2
    customers = [s.customer for s in said if s.unit == world.xihu]
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profile_customer SET unit_id = %s WHERE id = %s", [world.hangzhou.pk, customers[0]]
        )
    sync()

    found = figures(
        "satisfaction_and_money", asked(world.actor(world.steward), "13w", units=(world.hangzhou.pk,))
    )

    money = [value for (_, series), value in found.items() if series == "money"]
    assert money
    assert set(money) == {None}
    assert FEWEST > 1


def test_the_customers_behind_every_figure_are_as_many_as_it_counts(
    world: World, said: list[Said], sync: Sync
) -> None:
    del said
    sync()
    for user in (world.steward, world.head, world.charlie):
        question = asked(world.actor(user), "13w")
        for card in CARDS.values():
            if card.has_customers:
                _agrees(card, question)


def _agrees(card: Card, question: Asked) -> None:
    with acting(question.actor.scope):
        for point in answer(card, question).points:
            found = behind(card, question, x=point.x, series=point.series, after=None, limit=200)
            assert len(found.ids) == point.customers, (card.key, point)
            assert found.next_cursor is None


def test_pages_of_customers_follow_one_another(world: World, said: list[Said], sync: Sync) -> None:
    del said
    sync()
    question, card = asked(world.actor(world.steward)), CARDS["customers_total"]
    with acting(question.actor.scope):
        first = behind(card, question, x="", series="", after=None, limit=5)
        rest = behind(card, question, x="", series="", after=first.next_cursor, limit=50)

    assert len(first.ids) == 5
    assert len({*first.ids, *rest.ids}) == 12


def test_total_and_growth_count_the_scope(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    own = {s.customer for s in said if s.unit == world.xihu}

    assert one("customers_total", asked(world.actor(world.steward))) == (12, None)
    assert one("customers_total", asked(world.actor(world.head)))[0] == len(own)
    assert one("customers_new", asked(world.actor(world.head)))[0] == len(own)
    assert sum(
        v or 0 for v in figures("customers_new_over_time", asked(world.actor(world.head))).values()
    ) == len(own)
    assert figures("customers_by_unit", asked(world.actor(world.steward))) == {
        (str(world.xihu.pk), ""): 6, (str(world.ningbo.pk), ""): 6,
    }  # fmt: skip
    assert one("customers_total", asked(world.actor(world.steward), units=(world.ningbo.pk,)))[0] == 6
    assert one("customers_total", asked(world.actor(world.steward), units=()))[0] is None


def test_records_and_completeness_are_of_the_scope(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    own = {s.customer for s in said if s.unit == world.xihu}

    assert figures("records_by_source", asked(world.actor(world.head))) == {
        (str(world.core.pk), ""): len(own)
    }
    assert sum(v or 0 for v in figures("completeness_bands", asked(world.actor(world.head))).values()) == len(
        own
    )
    assert figures("records_joined", asked(world.actor(world.head))) == {("1", ""): len(own)}


def test_events_are_counted_by_name_step_and_customer(world: World, said: list[Said], sync: Sync) -> None:
    sync()
    question = asked(world.actor(world.steward))
    lately = [s for s in said if s.days < 30]

    assert figures("events_by_name", question) == {
        (name, ""): n for name, n in Counter(s.name for s in lately).items()
    }
    assert one("events", question)[0] == len(lately)
    assert one("active_customers", question)[0] == len({s.customer for s in lately})
    assert sum(v or 0 for v in figures("events_over_time", question).values()) == len(lately)


def test_the_day_of_an_event_is_a_day_of_the_zone(world: World, sync: Sync) -> None:
    world.say(world.core, "late", name="夜", unit=world.xihu)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM collect_record")
        record = cursor.fetchone()[0]
        first = period_of("30d", now=NOW, zone=ZONE).first
        for minutes, mark in ((-1, "before"), (1, "within")):
            at = datetime.fromisoformat(f"{first}T00:00:00+08:00") + timedelta(minutes=minutes)
            write_events(
                [
                    Happening(
                        message_id=mark,
                        record_id=record,
                        kind="track",
                        name="登录",
                        happened_at=at,
                        received_at=NOW,
                        details={},
                    )
                ],
                source_id=world.core.pk,
            )
    sync()

    assert one("events", asked(world.actor(world.steward))) == (1, 1)


def test_every_shipped_dashboard_is_made_of_cards_that_are_there() -> None:
    assert {key for one in SHIPPED for key in one.cards} == set(CARDS)


@pytest.mark.parametrize(
    ("span", "compare", "now", "expected"),
    [
        ("month", "previous", date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        ("month", "year", date(2028, 2, 29), (date(2027, 2, 1), date(2027, 2, 28))),
        ("quarter", "previous", date(2026, 11, 22), (date(2026, 7, 1), date(2026, 8, 22))),
        ("30d", "previous", date(2026, 11, 22), (date(2026, 9, 24), date(2026, 10, 23))),
        ("12m", "previous", date(2026, 11, 22), (date(2024, 12, 1), date(2025, 11, 22))),
    ],
)
def test_a_period_is_compared_with_one_as_far_along(
    span: Span, compare: Compare, now: date, expected: tuple[date, date]
) -> None:
    from kehu.analyze.dashboards.periods import compared

    at = datetime.fromisoformat(f"{now}T12:00:00+08:00")
    period = period_of(span, now=at, zone=ZONE)

    found = compared(period, span, compare)

    assert found is not None
    assert (found.first, found.last) == expected
    assert len(found.steps) <= len(period.steps)
