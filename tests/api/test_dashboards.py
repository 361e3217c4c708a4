"""Dashboards by the API: figures of one's own scope, the customers behind them, files in the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

from kehu.collect.models import Source

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]


@pytest.fixture
def bank(world: World, sync: Sync) -> World:
    """Three customers in Xihu and one in Ningbo, mirrored."""
    for number in range(4):
        world.say(world.core, str(number), name=f"赵一{number}", unit=world.xihu if number else world.ningbo)
    sync()
    return world


def test_a_card_counts_what_its_reader_sees(bank: World, call: Callable[..., Caller]) -> None:
    for user, count in ((bank.steward, 4), (bank.head, 3), (bank.charlie, None)):
        answer = call(user).get("/dashboards/cards/customers_total")

        assert answer.status_code == 200
        points = answer.json()["points"]
        assert (points[0]["value"] if points else None) == count


def test_a_unit_narrows_and_one_that_is_not_there_holds_nobody(
    bank: World, call: Callable[..., Caller]
) -> None:
    steward = call(bank.steward)

    assert steward.get("/dashboards/cards/customers_total?unit=hz").json()["points"][0]["value"] == 3
    assert steward.get("/dashboards/cards/customers_total?unit=nowhere").json()["points"] == []


def test_the_customers_behind_a_figure_are_masked_and_of_the_scope(
    bank: World, call: Callable[..., Caller]
) -> None:
    page = (
        call(bank.head).get(f"/dashboards/cards/customers_by_unit/customers?x={bank.xihu.pk}&limit=2").json()
    )

    assert len(page["items"]) == 2
    assert {one["unit"] for one in page["items"]} == {"西湖支行"}
    rest = call(bank.head).get(
        f"/dashboards/cards/customers_by_unit/customers?x={bank.xihu.pk}&cursor={page['next_cursor']}"
    )
    assert len(rest.json()["items"]) == 1
    others = call(bank.head).get(f"/dashboards/cards/customers_by_unit/customers?x={bank.ningbo.pk}")
    assert others.json()["items"] == []


def test_every_card_answers_with_labels(bank: World, call: Callable[..., Caller]) -> None:
    steward = call(bank.steward)
    catalog = steward.get("/dashboards/catalog").json()

    assert catalog["zone"] == "Asia/Shanghai"
    for card in catalog["cards"]:
        for span in ("30d", "13w", "month", "quarter", "12m"):
            answer = steward.get(f"/dashboards/cards/{card['key']}?span={span}&compare=year")
            assert answer.status_code == 200, answer.content
            told = answer.json()
            assert {point["x"] for point in told["points"]} <= {""} | {mark["key"] for mark in told["axis"]}
            assert {point["series"] for point in told["points"]} <= {mark["key"] for mark in told["series"]}


def test_a_card_that_a_role_may_not_see_is_not_there(bank: World, call: Callable[..., Caller]) -> None:
    manager = call(bank.alice)

    assert manager.get("/dashboards/cards/import_rows").json()["code"] == "card_not_found"
    assert manager.get("/dashboards/cards/no_such_card").json()["code"] == "card_not_found"
    keys = {card["key"] for card in manager.get("/dashboards/catalog").json()["cards"]}
    assert "import_rows" not in keys
    assert "customers_total" in keys
    assert "segments" not in {one["key"] for one in manager.get("/dashboards/catalog").json()["dashboards"]}


def test_who_has_no_right_reads_no_dashboard(world: World, call: Callable[..., Caller]) -> None:
    caller = call(appoint(world, "system_admin"))

    assert caller.get("/dashboards/catalog").status_code == 403
    assert caller.get("/dashboards/cards/customers_total").status_code == 403


def test_a_question_that_is_not_valid_is_told(bank: World, call: Callable[..., Caller]) -> None:
    assert call(bank.steward).get("/dashboards/cards/customers_total?span=ever").status_code == 422


def test_what_counts_no_customers_opens_none(bank: World, call: Callable[..., Caller]) -> None:
    answer = call(bank.steward).get("/dashboards/cards/import_rows/customers?x=0&series=accepted")

    assert (answer.status_code, answer.json()["code"]) == (404, "card_not_found")


def test_before_the_first_sync_a_card_says_so(world: World, call: Callable[..., Caller], sync: Sync) -> None:
    del sync

    answer = call(world.steward).get("/dashboards/cards/customers_total")

    assert (answer.status_code, answer.json()["code"]) == (503, "lake_empty")


def test_a_file_of_a_card_runs_no_formula_and_stands_in_the_trail(
    bank: World, call: Callable[..., Caller]
) -> None:
    Source.objects.filter(pk=bank.core.pk).update(name="=1+1")

    answer = call(bank.steward).post("/dashboards/cards/records_by_source/csv", {"span": "30d"})

    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",=1+1" not in text
    assert text.splitlines()[0].startswith("时段,项目,系列,数值")
    event = trail("dashboard.export")[-1]
    assert (event.actor_id, event.object_ref, event.row_count) == (bank.steward.pk, "records_by_source", 1)
