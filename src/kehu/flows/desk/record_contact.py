"""记一次联系: a call, visit, message or note becomes an event on the customer's timeline, its words sealed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from kehu.collect.sources import MANUAL, get_source
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.sealing.blobs import seal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.errors import Invalid
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import Dossier, get_dossier
from kehu.profile.survivorship import rank
from kehu.profile.timeline import EVENT_PLACE

KINDS = ("call", "visit", "message", "note")
_COLUMNS = (
    "id", "source_id", "message_index", "record_id", "kind", "name", "happened_at", "received_at", "plain", "sealed",
)  # fmt: skip


def record_contact(
    *, customer_id: UUID, kind: str, text: str, happened_at: datetime | None, actor: Actor, now: datetime
) -> UUID:
    """Write a contact with a customer of the actor's scope; it hangs on his leading record. Returns the event's id."""
    actor.require("customer.contact")
    if kind not in KINDS:
        raise Invalid(
            Text("方式只有电话、到访、消息、备注。", "A contact is a call, visit, message or note.")
        )
    if not text.strip():
        raise Invalid(Text("写几句联系的内容。", "Write a few words about the contact."))
    if happened_at is not None and happened_at > now:
        raise Invalid(Text("联系时间不能晚于现在。", "A contact cannot lie in the future."))
    dossier = get_dossier(customer_id, fields=registry())
    event_id = write_interaction(
        dossier, name=kind, text=text, plain={"author": actor.name}, happened_at=happened_at, now=now
    )
    audit.record(
        action="customer.contact", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        details={"kind": kind}, request_id=actor.request_id,
    )  # fmt: skip
    return event_id


def write_interaction(
    dossier: Dossier,
    *,
    name: str,
    text: str,
    plain: Mapping[str, Any],
    happened_at: datetime | None,
    now: datetime,
) -> UUID:
    """Write an interaction on a customer's leading record, its words sealed. Returns the event's id."""
    record = max(dossier.records, key=lambda r: rank(r.member, dossier.trusts)).member.record_id
    event_id, ring = new_id(), keyring()
    with acting(SYSTEM):
        key = get_data_keys([record])[record]
        said = text.strip()
        sealed = seal(ring.suite, key, {"text": said}, EVENT_PLACE, event_id) if said else None
        source = get_source(MANUAL)
        row = (
            event_id, source.pk, event_id.bytes, record, "interaction", name, happened_at or now, now,
            Jsonb(dict(plain)), sealed,
        )  # fmt: skip
        bulk.insert("collect_event", _COLUMNS, [row])
    return event_id
