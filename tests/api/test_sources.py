"""Sources: made, changed, given a new write key, taken out of use."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.staff import trail
from tests.conftest import Caller
from tests.world import World

from kehu.collect.models import Source
from kehu.collect.sources import MANUAL
from kehu.collect.tracking import write_keys
from kehu.collect.tracking.write_keys import UnknownWriteKey, source_of

Call = Callable[..., Caller]


@pytest.fixture
def steward(world: World, call: Call) -> Caller:
    return call(world.steward)


def test_each_part_of_a_source_can_be_changed(world: World, steward: Caller) -> None:
    change = {"name": "信用卡核心", "kind": "cards", "trust": 70, "unit": "hz"}

    changed = steward.patch(f"/sources/{world.cards.pk}", change).json()

    assert changed == {"id": world.cards.pk, "is_active": True, "needs_recompute": True, **change}
    assert trail("source.update")[0].details == change


def test_only_another_trust_has_customers_computed_anew(world: World, steward: Caller) -> None:
    changed = steward.patch(f"/sources/{world.cards.pk}", {"name": "卡", "trust": 80}).json()

    assert changed["needs_recompute"] is False
    assert trail("source.update")[0].details == {"name": "卡"}


@pytest.mark.parametrize("change", [{"trust": 101}, {"name": ""}, {"kind": ""}])
def test_a_change_that_is_not_valid_is_refused(world: World, steward: Caller, change: dict[str, Any]) -> None:
    assert steward.patch(f"/sources/{world.cards.pk}", change).status_code == 422


def test_a_source_or_unit_that_is_not_there(world: World, steward: Caller) -> None:
    assert steward.patch("/sources/999999", {"trust": 60}).status_code == 404
    assert steward.post("/sources/999999/write-key").status_code == 404
    assert steward.patch(f"/sources/{world.cards.pk}", {"unit": "nowhere"}).status_code == 404


def test_who_does_not_manage_sources_changes_none(world: World, call: Call) -> None:
    assert call(world.alice).patch(f"/sources/{world.cards.pk}", {"trust": 60}).status_code == 403
    assert call(world.alice).post(f"/sources/{world.cards.pk}/write-key").status_code == 403


def test_a_new_write_key_ends_the_old_one(world: World, steward: Caller) -> None:
    old = steward.post(f"/sources/{world.cards.pk}/write-key").json()["write_key"]

    new = steward.post(f"/sources/{world.cards.pk}/write-key").json()["write_key"]

    assert source_of(new) == world.cards.pk
    with pytest.raises(UnknownWriteKey):
        source_of(old)
    assert Source.objects.get(pk=world.cards.pk).write_key_hint == new[-4:]


def test_a_source_out_of_use_takes_no_file_and_no_event(world: World, steward: Caller) -> None:
    key = steward.post(f"/sources/{world.cards.pk}/write-key").json()["write_key"]
    assert steward.patch(f"/sources/{world.cards.pk}", {"is_active": False}).json()["is_active"] is False
    write_keys._known.clear()  # noqa: SLF001 (a known key is remembered for a few seconds)

    file = SimpleUploadedFile("a.csv", "姓名\n沈静仪\n".encode())
    answer = steward.client.post("/api/v1/imports", {"source": "cards", "file": file})

    assert (answer.status_code, answer.json()["code"]) == (409, "source_inactive")
    with pytest.raises(UnknownWriteKey):
        source_of(key)
    assert steward.patch(f"/sources/{world.cards.pk}", {"is_active": True}).json()["is_active"] is True


@pytest.mark.parametrize("change", [{"is_active": False}, {"unit": "hz"}, {"kind": "file"}])
def test_what_people_enter_by_hand_stays_in_use(
    world: World, steward: Caller, change: dict[str, Any]
) -> None:
    manual = Source.objects.get(key=MANUAL)

    assert steward.patch(f"/sources/{manual.pk}", change).status_code == 422
    assert steward.post(f"/sources/{manual.pk}/write-key").status_code == 422
    assert steward.patch(f"/sources/{manual.pk}", {"trust": 99}).status_code == 200
