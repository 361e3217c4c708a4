"""Whatever the model, the engine scores as the plain evaluator does: now and as of the past, with ties and in any order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import exp
from tests.analyze.rfm_reference import Scored, rfm
from tests.analyze.test_traits_agree import EVENTS, Scene
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.analyze.mirror.asking import ask
from kehu.analyze.rfm.reading import RfmDefinition, read_rfm
from kehu.analyze.rfm.sql import COLUMNS, scored
from kehu.analyze.rfm.tiers import left_out, standard
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.purposes.gate import open_gate
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]


def computed(model: RfmDefinition, at: datetime) -> dict[UUID, Scored]:
    """What the lake computes."""
    own = [exp.column(name, "s") for name in ("customer_id", *COLUMNS)]
    with acting(SYSTEM):
        query = exp.select(*own).from_(scored(model, open_gate("care"), at).subquery("s"))
        rows, _ = ask(query)
    return {UUID(row[0]): Scored(*row[1:]) for row in rows}


def purchases() -> st.SearchStrategy[list[dict[str, Any]]]:
    where = st.sampled_from([[], [{"property": "channel", "op": "is", "value": "手机银行"}]])
    one = st.fixed_dictionaries(
        {
            "event": st.sampled_from(EVENTS),
            "amount": st.just("amount"),
            "absolute": st.booleans(),
            "where": where,
        }
    )
    return st.lists(one, min_size=1, max_size=3)


def models() -> st.SearchStrategy[dict[str, Any]]:
    def of(scores: int) -> st.SearchStrategy[dict[str, Any]]:
        numbers = st.lists(st.integers(0, 400), min_size=scores - 1, max_size=scores - 1, unique=True).map(
            sorted
        )
        bounds = st.one_of(st.just("quantile"), numbers)
        cuts = st.fixed_dictionaries({"recency": bounds, "frequency": bounds, "monetary": bounds})
        return st.fixed_dictionaries(
            {
                "purchases": purchases(),
                "within_days": st.sampled_from([1, 7, 30, 400]),
                "scores": st.just(scores),
                "cuts": cuts,
            }
        )

    return st.integers(2, 10).flatmap(of)


def alike(found: dict[UUID, Scored], expected: dict[UUID, Scored]) -> bool:
    return found.keys() == expected.keys() and all(
        found[who][:6] == expected[who][:6] and found[who].amount == pytest.approx(expected[who].amount)
        for who in found
    )


def test_every_model_scores_as_the_reference_does(
    world: World, sync: Callable[[], Any], call: Callable[..., Caller]
) -> None:
    compliance = call(appoint(world, "compliance"))
    compliance.post("/purposes", {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract"})
    scene = Scene(world)
    sync()
    telling = read_rfm({"purchases": [{"event": "转出", "amount": "amount", "absolute": True}]})
    found = computed(telling, NOW)
    assert 10 < len(found) < len(scene.customers)
    assert len({one.tier for one in found.values()}) > 3

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(raw=models(), ago=st.sampled_from([0, 1, 30]))
    def agrees(raw: dict[str, Any], ago: int) -> None:
        model, at = read_rfm(raw), NOW - timedelta(days=ago)
        assert alike(computed(model, at), rfm(model, scene.events, at))

    agrees()


@given(scores=st.integers(2, 10))
def test_the_standard_eight_take_every_score(scores: int) -> None:
    tiers = standard(scores)
    assert len(tiers) == 8
    assert left_out(tiers, scores) is None
    for number, one in enumerate(tiers):
        assert left_out((*tiers[:number], *tiers[number + 1 :]), scores) is not None, one.key


BUYS = {"purchases": [{"event": "消费", "amount": "amount"}]}
TIER = {"key": "all", "name": {"zh": "全部", "en": "All"}}


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({}, "purchases"),
        ({"purchases": [{"event": "消费"}]}, "purchases[0].amount"),
        ({"purchases": [{"amount": "amount"}]}, "purchases[0].event"),
        ({**BUYS, "scores": 11}, "scores"),
        ({**BUYS, "within_days": 0}, "within_days"),
        ({**BUYS, "cuts": {"recency": [1, 2, 3]}}, "cuts.recency"),
        ({**BUYS, "cuts": {"monetary": [1, 2, 2, 3]}}, "cuts.monetary"),
        ({**BUYS, "tiers": [{**TIER, "r": [2, 5]}]}, "tiers"),
        ({**BUYS, "tiers": [{**TIER, "r": [5, 2]}]}, "tiers[0].r[1]"),
        ({**BUYS, "tiers": [TIER, TIER]}, "tiers"),
        ({**BUYS, "tiers": [{**TIER, "name": "全部"}]}, "tiers[0].name"),
        ({**BUYS, "zone": "Mars"}, "zone"),
        ({**BUYS, "window": 3}, "window"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(raw: dict[str, Any], path: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        read_rfm(raw)
    assert refused.value.path == path
