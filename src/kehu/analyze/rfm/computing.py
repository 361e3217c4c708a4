"""What models come to, kept as values of their traits: of everybody, by the lake, in parts that memory holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from sqlglot import exp

from kehu.analyze.mirror.asking import LakeEmpty, ask, states_of, watermark
from kehu.analyze.mirror.datasets import customers
from kehu.analyze.modeling.computing import Computed, gate_of
from kehu.analyze.modeling.queries import traits_of, waiting
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.traits import Trait
from kehu.analyze.rfm.reading import RfmDefinition, read_rfm
from kehu.analyze.rfm.sql import COLUMNS, scored
from kehu.analyze.traits.computing import Turn, customers_of, turns
from kehu.analyze.traits.values import Value, count_holders, put
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import Gate
from kehu.platform.db import locks
from kehu.platform.scope import SYSTEM, acting

_LEASE = UUID("6c616b65-0000-4000-8000-72666d000001")


def refresh(*, now: datetime, is_full: bool = False) -> Computed:
    """Compute the models that wait, or all in use; nothing where another process is at it, or nothing was mirrored."""
    with acting(SYSTEM), locks.held(_LEASE) as is_held:
        if not is_held:
            return Computed()
        with transaction.atomic():
            in_use = AnalysisModel.objects.filter(kind="rfm", is_active=True).order_by("id")
            wanted = list(in_use) if is_full else waiting("rfm", now=now)
        try:
            changed = sum(_compute(model, now) for model in wanted)
        except LakeEmpty:
            return Computed()
    return Computed(len(wanted), changed)


def _compute(model: AnalysisModel, now: datetime) -> int:
    with transaction.atomic():
        known_to, traits = watermark(), traits_of(model)
        definition, gate = read_rfm(model.definition), gate_of(model)
        everybody = sum(file.rows for file in states_of([customers(registry())])["customers"].files)
    changed = 0
    ids = [one.pk for one in traits.values()]
    for turn in turns(everybody):
        with transaction.atomic():
            values = list(_values(definition, gate, traits, turn, now)) if gate else []
            changed += put(values, traits=ids, customers=customers_of(turn), now=now)
    with transaction.atomic():
        count_holders(ids)
        Trait.objects.filter(pk__in=ids).update(watermark=max(known_to, 1), computed_at=now)
        AnalysisModel.objects.filter(pk=model.pk, version=model.version).update(
            watermark=max(known_to, 1), computed_at=now
        )
    return changed


def _values(
    definition: RfmDefinition, gate: Gate, traits: Mapping[str, Trait], turn: Turn, now: datetime
) -> Iterator[Value]:
    own = [exp.column(name, "s") for name in ("customer_id", *COLUMNS)]
    query = exp.select(*own).from_(scored(definition, gate, now).subquery("s"))
    rows, _ = ask(query.where(turn.condition(exp.column("id", "s"))))
    for row in rows:
        customer = UUID(row[0])
        for part, found in zip(COLUMNS, row[1:], strict=True):
            yield _value(traits[part], customer, found)


def _value(trait: Trait, customer: UUID, found: Any) -> Value:
    if trait.kind == "text":
        return Value(trait.pk, customer, None, str(found))
    return Value(trait.pk, customer, float(found), None)
