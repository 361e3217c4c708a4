"""From numbers that somebody pasted to the records that hold them, within the open scope. Nothing pasted is written anywhere.

Whoever lies outside the scope counts as not found, as does whoever is not there: nobody learns who else is a customer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, registry
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import bytea_array, uuid_array
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile.lists.search import searchable
from kehu.resolve.kinds import Kinds, get_kinds
from kehu.standardize.invalid import InvalidValue

MOST_VALUES = 100_000
OWN_ID = "customer_id"
"""Matching by Kehu's own ids, as the file of a segment has them."""
_HOLDERS = """
SELECT w.place, i.cluster_id, i.record_id FROM unnest(%s::bytea[]) WITH ORDINALITY AS w(value, place)
JOIN resolve_identifier i ON i.value = w.value AND i.kind = %s JOIN profile_customer c ON c.id = i.cluster_id AND c.is_identified
"""
_RECORDS = """
SELECT w.place, c.id, l.record_id FROM unnest(%s::uuid[]) WITH ORDINALITY AS w(id, place)
JOIN resolve_cluster k ON k.id = w.id JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id) AND c.is_identified
JOIN resolve_link l ON l.cluster_id = c.id AND l.ended_at IS NULL
"""
Way = tuple[str, Text]
Parse = Callable[[str], str]
Found = Mapping[int, set[tuple[UUID, UUID]]]
"""By the place of a value: the customers that it leads to, each with a record that holds it."""


@dataclass(frozen=True, slots=True)
class Matched:
    """How many values were given, and what of them: `matched` led to customers, `shared` of these to several each.

    `doubled` came before in another spelling or the same, `refused` are no such number, `unmatched` are nobody's.
    """

    given: int
    matched: int
    shared: int
    unmatched: int
    doubled: int
    refused: int
    customers: int
    records: frozenset[UUID]


class ListTooLong(Invalid):
    """More values than one list takes."""

    code = "list_too_long"

    def __init__(self, given: int) -> None:
        super().__init__(
            Text(
                f"一份名单最多 {MOST_VALUES:,} 个，这里有 {given:,} 个。请分成几份。",
                f"A list takes {MOST_VALUES:,} values, and these are {given:,}. Divide it into several.",
            )
        )


def list_ways(actor: Actor) -> tuple[Way, ...]:
    """Return by what an actor may match, the most certain first: no number that is hidden from him."""
    found = {
        spec.identifier: spec.label
        for spec in reversed(list(searchable(registry(), actor).values()))
        if spec.identifier
    }
    kinds = get_kinds().by_key
    keys = sorted(
        (key for key in found if key in kinds), key=lambda key: (kinds[key].priority, kinds[key].id)
    )
    own = (OWN_ID, Text("客户编号（Kehu 导出的）", "Customer id (as exported by Kehu)"))
    return (*((key, found[key]) for key in keys), own)


def match(values: Iterable[str], *, by: str, actor: Actor) -> Matched:
    """Match values by one kind of number within the open scope. Raises ListTooLong, or Invalid for a kind that is not open."""
    given = [text for value in values if (text := value.strip())]
    if len(given) > MOST_VALUES:
        raise ListTooLong(len(given))
    if not given:
        raise Invalid(Text("名单是空的。", "The list is empty."))
    if by == OWN_ID:
        read, refused = _distinct(given, lambda text: str(UUID(text)))
        found = _records([UUID(one) for one in read])
    else:
        spec, kinds = _spec_of(by, actor), get_kinds()
        read, refused = _distinct(given, lambda text: _standard(text, spec, kinds))
        found = _holders(read, kinds.by_key[by].id, by)
    people = [{customer for customer, _ in pairs} for pairs in found.values()]
    return Matched(
        given=len(given), matched=len(found), shared=sum(1 for one in people if len(one) > 1),
        unmatched=len(read) - len(found), doubled=len(given) - refused - len(read), refused=refused,
        customers=len(set().union(*people)),
        records=frozenset(record for pairs in found.values() for _, record in pairs),
    )  # fmt: skip


def _spec_of(by: str, actor: Actor) -> FieldSpec:
    own = dict(list_ways(actor))
    spec = next((s for s in searchable(registry(), actor).values() if s.identifier == by and by in own), None)
    if spec is None:
        raise Invalid(
            Text(f"不能按“{by[:40]}”比对。可用：{'、'.join(own)}。", f"“{by[:40]}” is nothing to match by. There are: {', '.join(own)}.")
        )  # fmt: skip
    return spec


def _standard(text: str, spec: FieldSpec, kinds: Kinds) -> str:
    value = str(spec.standard.parse(text))
    if kinds.is_blocked(spec.identifier, value):
        raise ValueError
    return value


def _distinct(given: list[str], parse: Parse) -> tuple[list[str], int]:
    """Return the standard values, each once, and how many values have none."""
    read: dict[str, None] = {}
    refused = 0
    for text in given:
        try:
            read[parse(text)] = None
        except (InvalidValue, ValueError):
            refused += 1
    return list(read), refused


def _holders(values: list[str], kind: int, key: str) -> Found:
    ring = keyring()
    places: list[int] = []
    blinds: list[bytes] = []
    for place, value in enumerate(values):
        for blind in ring.blinds(key, value):
            places.append(place)
            blinds.append(blind)
    found: dict[int, set[tuple[UUID, UUID]]] = {}
    for place, pairs in _asked(_HOLDERS, [bytea_array(blinds), kind]).items():
        found.setdefault(places[place - 1], set()).update(pairs)
    return found


def _records(ids: list[UUID]) -> Found:
    return _asked(_RECORDS, [uuid_array(ids)])


def _asked(query: str, values: list[Any]) -> Found:
    found: dict[int, set[tuple[UUID, UUID]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        for place, customer, record in cursor.fetchall():
            found.setdefault(place, set()).add((customer, record))
    return found
