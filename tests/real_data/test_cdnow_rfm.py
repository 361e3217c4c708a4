"""CDNOW's buyers by value: the figures of the data set itself, and the scores of the plain evaluator."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.analyze.test_rfm_agrees import computed
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.real_data.conftest import BringIn, Rows
from tests.real_data.test_cdnow import MAPPING, bought
from tests.world import World

from kehu.analyze.rfm.reading import read_rfm

pytestmark = [pytest.mark.django_db]
SHANGHAI = ZoneInfo("Asia/Shanghai")
CALIBRATED = datetime(1997, 9, 30, 16, tzinfo=UTC)
"""The end of the calibration period of the literature, 1997-09-30 in Shanghai."""
MODEL = read_rfm({"purchases": [{"event": "CD purchase", "amount": "amount"}], "within_days": 400})


def test_buyers_have_the_figures_of_the_data_set(
    world: World,
    cdnow: tuple[Path, Rows],
    bring_in: BringIn,
    sync: Callable[[], Any],
    call: Callable[..., Caller],
) -> None:
    path, rows = cdnow
    compliance = call(appoint(world, "compliance"))
    compliance.post("/purposes", {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract"})
    bring_in(path, source=world.core, mapping=MAPPING, kind="event")
    sync()

    found = sorted(
        (one.last, one.times, round(one.amount, 2)) for one in computed(MODEL, CALIBRATED).values()
    )

    expected = []
    for purchases in bought(rows).values():
        before = [(day, dollars) for day, dollars in purchases if day <= "1997-09-30"]
        last = int(datetime.fromisoformat(before[-1][0]).replace(tzinfo=SHANGHAI).timestamp())
        expected.append((last, len(before), round(sum(dollars for _, dollars in before), 2)))
    assert len(found) == 2_357
    assert found == sorted(expected)
