"""What models come to, kept as values of their traits: of everybody, by the lake, in parts that memory holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kehu.analyze.mirror.asking import LakeEmpty, states_of, watermark
from kehu.analyze.mirror.datasets import customers
from kehu.analyze.modeling.computing import Computed, gate_of
from kehu.analyze.modeling.queries import traits_of, waiting
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.traits import Trait
from kehu.analyze.rfm.reading import RfmDefinition, read_rfm
from kehu.analyze.rfm.sql import COLUMNS, scored
from kehu.analyze.traits.computing import Batch, Turn, everybody, turns
from kehu.analyze.traits.values import Value, count_holders, put, take_all
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
        known = sum(file.rows for file in states_of([customers(registry())])["customers"].files)
    ids, changed = [one.pk for one in traits.values()], 0
    if gate is None:
        with transaction.atomic():
            changed = take_all(ids, now=now)
    else:
        for turn in turns(known):
            with transaction.atomic():
                for batch in _batches(definition, gate, traits, turn, now):
                    changed += put(batch.values, traits=batch.traits, customers=batch.customers, now=now)
    with transaction.atomic():
        count_holders(ids)
        Trait.objects.filter(pk__in=ids).update(watermark=max(known_to, 1), computed_at=now)
        AnalysisModel.objects.filter(pk=model.pk, version=model.version).update(
            watermark=max(known_to, 1), computed_at=now
        )
    return changed


def _batches(
    definition: RfmDefinition, gate: Gate, traits: Mapping[str, Trait], turn: Turn, now: datetime
) -> Iterator[Batch]:
    ids = tuple(traits[part].pk for part in COLUMNS)
    for rows in everybody(turn, scored(definition, gate, now), "id", COLUMNS):
        values: list[Value] = []
        customers = [UUID(row[0]) for row in rows]
        for customer, row in zip(customers, rows, strict=True):
            if row[1] is not None:
                values += [
                    _value(traits[part], customer, found)
                    for part, found in zip(COLUMNS, row[1:], strict=True)
                ]
        yield Batch(ids, customers, values)


def _value(trait: Trait, customer: UUID, found: Any) -> Value:
    if trait.kind == "text":
        return Value(trait.pk, customer, None, str(found))
    return Value(trait.pk, customer, float(found), None)
