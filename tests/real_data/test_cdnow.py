"""CDNOW's purchases as a file of events: each row becomes one event, on the timeline of the one who bought."""

from collections import Counter, defaultdict
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.real_data.conftest import BringIn, Rows
from tests.world import World

from kehu.collect.models import Event
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.lists.search import find_by_identifier
from kehu.profile.timeline import get_timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")
Cdnow = tuple[Path, Rows]
MAPPING = {
    "columns": {
        "line": "message_id",
        "customer": "customer_no",
        "date": "event_at",
        "number": "quantity",
        "dollars": "amount",
    },
    "event": "CD purchase",
}


def bought(rows: Rows) -> dict[str, list[tuple[str, float]]]:
    """Return the purchases of each customer: day and dollars, in order of the day."""
    found = defaultdict(list)
    for row in rows:
        day = f"{row['date'][:4]}-{row['date'][4:6]}-{row['date'][6:]}"
        found[row["customer"]].append((day, float(row["dollars"])))
    return {customer: sorted(purchases) for customer, purchases in found.items()}


def test_every_purchase_becomes_one_event_and_every_buyer_one_customer(
    world: World, cdnow: Cdnow, bring_in: BringIn
) -> None:
    path, rows = cdnow

    first = bring_in(path, source=world.core, mapping=MAPPING, kind="event")
    again = bring_in(path, source=world.core, mapping=MAPPING, kind="event")

    with acting(SYSTEM):
        events = Event.objects.count()
    assert (first.state, first.rows_accepted, first.rows_rejected) == ("succeeded", len(rows), 0)
    assert first.customers_created == len(bought(rows))
    assert (again.rows_unchanged, again.customers_created) == (len(rows), 0)
    assert events == len(rows) == 6919


def test_the_timeline_of_a_buyer_shows_his_purchases(world: World, cdnow: Cdnow, bring_in: BringIn) -> None:
    path, rows = cdnow
    purchases = bought(rows)
    keenest = Counter({customer: len(found) for customer, found in purchases.items()}).most_common(1)[0][0]
    bring_in(path, source=world.core, mapping=MAPPING, kind="event")

    with acting(world.actor(world.steward).scope):
        for number in ("0001", keenest):
            customer = find_by_identifier("customer_no", number, registry())
            assert customer is not None
            moments, _ = get_timeline(customer, limit=200, kind="transaction")
            days = [(str(m.at.astimezone(SHANGHAI).date()), m.details["amount"]) for m in moments]
            assert sorted(days) == purchases[number]
            assert {m.name for m in moments} == {"CD purchase"}
