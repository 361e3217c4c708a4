"""RFM of a few customers in plain Python, one after another: what the engine must agree with."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import floor
from typing import NamedTuple
from uuid import UUID

from tests.analyze.reference import Reference
from tests.analyze.trait_reference import Event, numbered

from kehu.analyze.rfm.reading import Bounds, RfmDefinition
from kehu.analyze.segments.tree import All, Definition


class Scored(NamedTuple):
    """What a customer comes to."""

    tier: str
    r: int
    f: int
    m: int
    last: int
    times: int
    amount: float


def rfm(model: RfmDefinition, events: Mapping[UUID, Sequence[Event]], at: datetime) -> dict[UUID, Scored]:
    """Return everybody who bought."""
    bought = {who: found for who, own in events.items() if (found := purchases(model, own, at))}
    last = {who: max(floor(moment.timestamp()) for moment, _ in found) for who, found in bought.items()}
    days = {who: float((at.timestamp() - second) // 86_400) for who, second in last.items()}
    times = {who: float(len(found)) for who, found in bought.items()}
    amounts = {who: round(sum(amount for _, amount in found), 6) for who, found in bought.items()}
    made = {}
    for who in bought:
        r = score(-days[who], [-one for one in days.values()], model.scores, negative(model.cuts["recency"]))
        f = score(times[who], list(times.values()), model.scores, model.cuts["frequency"])
        m = score(amounts[who], list(amounts.values()), model.scores, model.cuts["monetary"])
        tier = next(one.key for one in model.tiers if one.takes(r, f, m))
        made[who] = Scored(tier, r, f, m, last[who], int(times[who]), amounts[who])
    return made


def purchases(model: RfmDefinition, events: Sequence[Event], at: datetime) -> list[tuple[datetime, float]]:
    """When a customer bought, and for how much; of an event that counts twice, twice."""
    asked = Reference(Definition(All(()), model.zone), {}, at)
    found = []
    for one in model.purchases:
        for name, moment, properties, _ in events:
            is_within = at - timedelta(days=model.days) <= moment < at
            if (
                name == one.step.event
                and is_within
                and all(asked.property_meets(properties, where) for where in one.step.where)
            ):
                amount = numbered(properties.get(one.amount)) or 0.0
                found.append((moment, abs(amount) if one.is_absolute else amount))
    return found


def negative(bounds: Bounds) -> Bounds:
    """Bounds of days, as bounds of how recent: rising."""
    return None if bounds is None else tuple(-one for one in reversed(bounds))


def score(figure: float, everybody: Sequence[float], scores: int, bounds: Bounds) -> int:
    """One and, of the scores, the share of those with less; or one and the bounds that are reached."""
    if bounds is not None:
        return 1 + sum(figure >= bound for bound in bounds)
    return 1 + scores * sum(other < figure for other in everybody) // len(everybody)
