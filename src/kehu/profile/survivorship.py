"""The golden record, pure: from the present states of a cluster's records to one value a field, each with where it is from.

Rules per field: `trust` (the most trusted source, then the most recent), `recent` (the most recent, then trust),
`complete` (the longest, then trust), `frequent` (what most records say, then trust). What a person entered comes from
the source of highest trust, so it wins under `trust`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kehu.collect.records import Member, Values
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.standardize.contact.address import split_address
from kehu.standardize.numbers.resident_id import birth_date_of, sex_of

DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class SourceTrust:
    """What survivorship must know of a source."""

    trust: int
    is_manual: bool = False


@dataclass(slots=True)
class Golden:
    """One value a field; `chosen` names the record that each came from (a derived one: the record it is derived from)."""

    party: str
    values: Values = field(default_factory=dict)
    chosen: dict[str, UUID] = field(default_factory=dict)
    unit_id: int = 0
    owner_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    completeness: int = 0


def rank(member: Member, trusts: Mapping[int, SourceTrust]) -> tuple[int, float, str]:
    """Order of records under `trust`: trust, then the time of the statement, then the id, so that it is always the same."""
    trust = trusts.get(member.source_id)
    return (trust.trust if trust else 0, member.stated_at.timestamp(), str(member.record_id))


def choose(spec: FieldSpec, holders: Sequence[Member], trusts: Mapping[int, SourceTrust]) -> Member:
    """Return the record whose value of this field wins; `holders` all have one and come in order of rank, best first."""
    if len(holders) == 1 or spec.survivorship == "trust":
        return holders[0]
    if spec.survivorship == "recent":
        return max(holders, key=lambda m: (m.stated_at, rank(m, trusts)))
    if spec.survivorship == "complete":
        return max(holders, key=lambda m: (len(str(m.values[spec.key])), rank(m, trusts)))
    counts = Counter(str(m.values[spec.key]) for m in holders)
    return max(holders, key=lambda m: (counts[str(m.values[spec.key])], rank(m, trusts)))


def golden(members: Sequence[Member], fields: Registry, trusts: Mapping[int, SourceTrust]) -> Golden:
    """Compute the golden record of a cluster. The order in which members are given does not matter."""
    ordered = sorted(members, key=lambda m: rank(m, trusts), reverse=True) if len(members) > 1 else members
    best = ordered[0]
    result = Golden(party=best.party)
    if len(ordered) == 1:
        result.values = {key: value for key, value in best.values.items() if key in fields}
        result.chosen = dict.fromkeys(result.values, best.record_id)
    else:
        _choose_all(result, ordered, fields, trusts)
    _derive(result)
    result.unit_id = best.unit_id
    result.owner_id = next((m.owner_id for m in ordered if m.owner_id is not None), None)
    result.unit_ids = tuple(sorted({m.unit_id for m in ordered}))
    result.completeness = completeness(result, fields)
    return result


def _choose_all(
    result: Golden, ordered: Sequence[Member], fields: Registry, trusts: Mapping[int, SourceTrust]
) -> None:
    seen: dict[str, list[Member]] = {}
    for member in ordered:
        for key in member.values:
            seen.setdefault(key, []).append(member)
    for key, holders in seen.items():
        spec = fields.get(key)
        if spec is not None:
            winner = choose(spec, holders, trusts)
            result.values[key] = winner.values[key]
            result.chosen[key] = winner.record_id


def _derive(result: Golden) -> None:
    """Fill birth date and sex from the ID number, the birth year, and the region from the address where none is said.

    The year alone is not sealed: it is what may be analysed of a birth date.
    """
    values, chosen = result.values, result.chosen
    resident_id = values.get("resident_id")
    if isinstance(resident_id, str):
        values["birth_date"], chosen["birth_date"] = birth_date_of(resident_id), chosen["resident_id"]
        if "sex" not in values:
            values["sex"], chosen["sex"] = sex_of(resident_id), chosen["resident_id"]
    born = values.get("birth_date")
    if isinstance(born, str):
        values["birth_year"], chosen["birth_year"] = int(born[:4]), chosen["birth_date"]
    address = values.get("address")
    if isinstance(address, str) and "region" not in values:
        parts = split_address(address)
        if region := (parts.city or parts.province or "") + (parts.district or ""):
            values["region"], chosen["region"] = region, chosen["address"]


_EXPECTED = {
    "p": (
        "name",
        "resident_id",
        "sex",
        "birth_date",
        "mobile",
        "email",
        "address",
        "occupation",
        "education",
    ),
    "o": ("name", "uscc", "legal_representative", "mobile", "address", "industry"),
}


def completeness(result: Golden, fields: Registry) -> int:
    """Return how many of the fields that every customer should have are filled, in percent."""
    expected = [key for key in _EXPECTED[result.party] if key in fields]
    return round(100 * sum(1 for key in expected if key in result.values) / max(1, len(expected)))
