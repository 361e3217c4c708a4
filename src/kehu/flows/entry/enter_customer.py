"""What people enter by hand: a source of its own, the most trusted. Creating and correcting."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.collect.records import Policy, Statement
from kehu.collect.sources import MANUAL, get_source
from kehu.flows.ingest import ingest
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, Registry, registry
from kehu.platform.errors import Invalid, NotAllowed
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.standardize.invalid import InvalidValue

PARTIES = {"p", "o"}


class FieldNotValid(Invalid):
    """A value entered by hand that a standard refuses; the text names the field."""

    code = "field_not_valid"


def standard_values(values: Mapping[str, Any], fields: Registry, actor: Actor) -> dict[str, Any]:
    """Return entered values in standard form; an empty one clears. Raises FieldNotValid or NotAllowed."""
    result: dict[str, Any] = {}
    for key, raw in values.items():
        spec = fields.get(key)
        if spec is None:
            raise Invalid(Text(f"没有“{key[:60]}”这个字段。", f"There is no field {key[:60]!r}."))
        if actor.rule_for(key, spec.data_class) == "hidden":
            raise NotAllowed(Text("您的角色看不到这个字段。", "Your role does not include this field."))
        result[key] = standard_value(spec, raw)
    return result


def standard_value(spec: FieldSpec, raw: Any) -> Any:
    """Return one entered value in standard form, None for an empty one. Raises FieldNotValid."""
    text = unicodedata.normalize("NFC", str(raw)).strip() if raw is not None else ""
    if not text:
        return None
    try:
        return spec.standard.parse(text)
    except InvalidValue as error:
        raise FieldNotValid(
            Text(f"{spec.label.zh}：{error.text.zh}", f"{spec.label.en}: {error.text.en}")
        ) from error


def create_customer(*, party: str, values: Mapping[str, Any], actor: Actor, now: datetime) -> UUID:
    """Create a customer by hand, in the actor's unit and, for a manager of his own, as his. Returns the customer's id.

    It may turn out to be a customer who is known already: then the entry joins him, and his id is returned.
    """
    actor.require("customer.correct")
    if party not in PARTIES:
        raise Invalid(
            Text("party 只能是 p（个人）或 o（机构）。", "`party` is p (person) or o (organization).")
        )
    clear = {k: v for k, v in standard_values(values, registry(), actor).items() if v is not None}
    if not clear.get("name"):
        raise FieldNotValid(Text("姓名：至少要写姓名。", "Name: at least a name is needed."))
    owner = actor.id if actor.permissions.get("customer.correct") == "own" else None
    statement = Statement(
        key=f"entry|{new_id()}", values=clear, party=party, unit_id=actor.unit_id, owner_id=owner
    )
    with acting(SYSTEM):
        done = ingest([statement], source=get_source(MANUAL), actor_id=actor.id, now=now)
    customer = done.decision.place[done.records[0].id]
    audit.record(
        action="customer.create", actor_id=actor.id, now=now, object_kind="customer", object_id=customer,
        fields=sorted(clear), request_id=actor.request_id,
    )  # fmt: skip
    return customer


def correct_customer(
    *, customer_id: UUID, values: Mapping[str, Any], reason: str, actor: Actor, now: datetime
) -> None:
    """State values of a customer in the actor's scope by hand; an empty value takes an earlier entry back."""
    actor.require("customer.correct")
    fields = registry()
    get_dossier(customer_id, fields=fields)
    stated = standard_values(values, fields, actor)
    statement = Statement(key=f"customer|{customer_id}", values=stated, unit_id=None)
    with acting(SYSTEM):
        party = get_dossier(customer_id, fields=fields).party
        ingest(
            [Statement(key=statement.key, values=stated, party=party)], source=get_source(MANUAL),
            policy=Policy(clears_empty=True), actor_id=actor.id, now=now, into=customer_id,
        )  # fmt: skip
    audit.record(
        action="customer.correct", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        fields=sorted(stated), reason=reason, request_id=actor.request_id,
    )  # fmt: skip
