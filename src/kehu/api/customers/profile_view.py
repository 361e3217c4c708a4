"""The profile as answers hold it: values by the reader's rights, marks, rules in words, candidates with their verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from kehu.api.edge.presenting import shown
from kehu.collect.models import Source
from kehu.collect.records import Values
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import Shown, present, present_all, shown_name
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text
from kehu.profile.dossier import Dossier, LinkedRecord
from kehu.profile.queries import get_names
from kehu.standardize import masks
from kehu.standardize.persons.pinyin import to_pinyin

RULES = {
    "trust": Text("来源可信度，其次最近", "most trusted source, then most recent"),
    "recent": Text("最近，其次来源可信度", "most recent, then most trusted source"),
    "complete": Text("最完整，其次来源可信度", "most complete, then most trusted source"),
    "frequent": Text("多数来源一致，其次来源可信度", "what most sources say, then most trusted source"),
}
STALE_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class Names:
    """Names of sources, units and users by id."""

    sources: dict[int, str]
    units: dict[int, str]
    users: dict[int, str]

    @classmethod
    def of_users(cls, ids: Iterable[int | None]) -> "Names":
        """Read the names of users only."""
        return cls({}, {}, dict(get_names("govern_user", [i for i in ids if i])))

    @classmethod
    def of_dossier(cls, found: Dossier) -> "Names":
        """Read every name that a dossier needs."""
        return cls(
            dict(Source.objects.values_list("id", "name")),
            dict(get_names("govern_unit", [r.member.unit_id for r in found.records])),
            dict(
                get_names("govern_user", [i for r in found.records for i in (r.author_id, r.actor_id) if i])
            ),
        )

    def user(self, number: int | None) -> str:
        """Return a user's name, empty for the system."""
        return self.users.get(number, "") if number else ""


def profile_out(
    found: Dossier, fields: Registry, actor: Actor, language: str, as_of: datetime | None, now: datetime
) -> dict[str, Any]:
    """Return the whole profile, with ages counted on the day that is asked about."""
    now = as_of or now
    names = Names.of_dossier(found)
    is_clear = actor.rule_for("name", "C1") == "clear"
    values = found.golden.values
    return {
        "id": found.id, "party": found.party, "name": shown_name(found.name, actor),
        "pinyin": to_pinyin(found.name) if is_clear and found.name else "",
        "unit": {"id": found.unit_id, "name": found.unit_name},
        "owner": {"id": found.owner_id, "name": found.owner_name} if found.owner_id else None,
        "record_count": len(found.records), "completeness": found.golden.completeness,
        "created_at": found.created_at, "updated_at": found.updated_at, "as_of": as_of,
        "age": age(values.get("birth_date"), now),
        "fields": [
            out
            for key, spec in fields.items()
            if key in values and (out := _field(found, spec, actor, language, names, now)) is not None
        ],
    }  # fmt: skip


def age(birth: Any, now: datetime) -> int | None:
    """Return whole years at midnight of the declared zone; a birthday on 29 February counts on 1 March."""
    if not isinstance(birth, str):
        return None
    born, today = date.fromisoformat(birth), now.astimezone(ZoneInfo(environment().time_zone)).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _field(
    found: Dossier, spec: FieldSpec, actor: Actor, language: str, names: Names, now: datetime
) -> dict[str, Any] | None:
    values: Values = found.golden.values
    seen = present(spec, values[spec.key], actor=actor, language=language, surface="profile", beside=values)
    if seen is None:
        return None
    chosen = found.golden.chosen[spec.key]
    origin = next(r for r in found.records if r.member.record_id == chosen)
    candidates = found.candidates(spec.key)
    return {
        "key": spec.key, "label": spec.label._asdict(), "section": spec.section, "data_class": spec.data_class,
        "shown": shown(seen), "can_reveal": seen.is_masked and actor.may("customer.reveal"),
        "mark": _mark(found, spec, origin, candidates, now),
        "rule": RULES.get(spec.survivorship, RULES["trust"]).within(language),
        "source": {"id": origin.member.source_id, "name": names.sources.get(origin.member.source_id, "")},
        "candidates": [_candidate(c, chosen, found, spec, actor, language, names) for c in candidates],
    }  # fmt: skip


def _mark(
    found: Dossier, spec: FieldSpec, origin: LinkedRecord, candidates: list[LinkedRecord], now: datetime
) -> str | None:
    """Return the strongest mark that holds: pinned, conflict, stale, verified."""
    trust = found.trusts.get(origin.member.source_id)
    if trust is not None and trust.is_manual:
        return "pinned"
    if len({str(c.member.values[spec.key]) for c in candidates}) > 1:
        return "conflict"
    if (now - origin.member.stated_at).days > STALE_DAYS:
        return "stale"
    return "verified" if len(candidates) > 1 else None


def _candidate(  # noqa: PLR0917 (one row of one table)
    record: LinkedRecord,
    chosen: Any,
    found: Dossier,
    spec: FieldSpec,
    actor: Actor,
    language: str,
    names: Names,
) -> dict[str, Any]:
    member = record.member
    value = member.values[spec.key]
    seen = present(
        spec, value, actor=actor, language=language, surface="profile", beside=found.golden.values
    ) or Shown(masks.mask_any(str(value)), is_masked=True)
    is_chosen = member.record_id == chosen
    is_same = value == found.golden.values.get(spec.key)
    trust = found.trusts.get(member.source_id)
    return {
        "record_id": member.record_id,
        "source": {"id": member.source_id, "name": names.sources.get(member.source_id, "")},
        "shown": shown(seen), "stated_at": member.stated_at, "trust": trust.trust if trust else 0,
        "verdict": "chosen" if is_chosen else "same" if is_same else "other", "is_chosen": is_chosen,
    }  # fmt: skip


def record_out(
    record: LinkedRecord, fields: Registry, actor: Actor, language: str, names: Names
) -> dict[str, Any]:
    """Return one source record."""
    member = record.member
    seen = present_all(member.values, fields, actor=actor, language=language, surface="profile")
    return {
        "id": member.record_id,
        "source": {"id": member.source_id, "name": names.sources.get(member.source_id, "")},
        "key": shown_key(member.key, member.values), "received_at": record.received_at, "stated_at": member.stated_at,
        "unit": {"id": member.unit_id, "name": names.units.get(member.unit_id, "")},
        "import_id": record.import_id, "author": names.user(record.actor_id),
        "reason": record.reason, "evidence": list(record.evidence), "linked_at": record.linked_at,
        "fields": {key: shown(value) for key, value in seen.items()},
    }  # fmt: skip


def shown_key(key: str, values: Values) -> str:
    """Return a record's own key, unless it is a personal number or was made from the row."""
    is_secret = key.startswith("row|") or any(
        values.get(k) == key for k in ("resident_id", "mobile", "email", "bank_card", "passport")
    )
    return "" if is_secret else key


SHARED = (
    "resident_id",
    "uscc",
    "passport",
    "mobile",
    "email",
    "user_id",
    "customer_no",
    "bank_card",
    "anonymous_id",
)


def why_out(found: Dossier, fields: Registry, actor: Actor) -> dict[str, Any]:
    """Return how each record joined and, for each pair, which identifiers are the same in both."""
    names = Names.of_dossier(found)
    links = [
        {
            "record_id": r.member.record_id,
            "source": {"id": r.member.source_id, "name": names.sources.get(r.member.source_id, "")},
            "key": shown_key(r.member.key, r.member.values),
            "name": shown_name(str(r.member.values.get("name") or ""), actor),
            "reason": r.reason, "evidence": [_label(kind, fields) for kind in r.evidence],
            "author": names.user(r.author_id), "linked_at": r.linked_at,
        }
        for r in found.records
    ]  # fmt: skip
    edges = []
    for one, other in combinations(found.records[:30], 2):
        shared = [
            _label(key, fields)
            for key in SHARED
            if key in one.member.values and one.member.values[key] == other.member.values.get(key)
        ]
        if shared:
            edges.append({"one": one.member.record_id, "other": other.member.record_id, "shared": shared})
    return {"links": links, "edges": edges}


def _label(kind: str, fields: Registry) -> dict[str, str]:
    spec = fields.get(kind)
    return spec.label._asdict() if spec is not None else {"zh": kind, "en": kind}
