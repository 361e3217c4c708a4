"""All that is held of one person: golden values, records with versions, events, links, ties, consents, who looked.

PIPL 45. Values are clear, so the export is a right of its own, with a reason, and audited before it is given out.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.analyze.segments.lists.queries import names_of
from kehu.analyze.segments.saved.queries import list_stays
from kehu.analyze.traits.queries import HeldValue, codes_of, values_of
from kehu.collect.models import Source
from kehu.collect.records import PLACE, join
from kehu.engage.campaigns.queries import list_contacts, told
from kehu.engage.interviews.records import list_talks_of
from kehu.engage.recommendations.queries import list_told
from kehu.engage.surveys.answers.of_customer import export_surveys
from kehu.flows.consent.read_consents import consents_of
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import display
from kehu.govern.fields.registry import Registry, registry
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.db.rows import from_json
from kehu.profile.dossier import Dossier, get_dossier
from kehu.profile.ties.relationships import list_relationships
from kehu.profile.ties.tags import tags_ever
from kehu.profile.timeline import get_timeline
from kehu.relate.tasks.work import list_tasks_of
from kehu.resolve.forwarding import list_retired

PAGE = 200
_VERSIONS = """
SELECT v.record_id, v.id, v.received_at, v.stated_at, v.reverted_at, v.stated, v.plain, v.sealed
FROM collect_record_version v WHERE v.record_id = ANY(%s) ORDER BY v.record_id, v.received_at, v.id
"""
_LOOKED = """
SELECT at, action, decision, fields FROM govern_audit_event WHERE object_ref = %s ORDER BY at
"""


def export_customer(*, customer_id: UUID, reason: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return everything as JSON. Raises CustomerNotFound or NotAllowed."""
    actor.require("customer.export")
    fields = registry()
    dossier = get_dossier(customer_id, fields=fields)
    audit.record(
        action="customer.export", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        reason=reason, request_id=actor.request_id,
    )  # fmt: skip
    names = dict(Source.objects.values_list("id", "name"))
    return {
        "customer_id": str(customer_id),
        "exported_at": now.isoformat(),
        "values": _values(dossier, fields, names),
        "records": _records(dossier, names),
        "timeline": _timeline(customer_id),
        "relationships": [
            {
                "role": tie.role,
                "other": tie.other_name,
                "from": _day(tie.valid_from),
                "to": _day(tie.valid_to),
            }
            for tie in list_relationships(customer_id)
        ],
        "consents": _consents(customer_id, now),
        "segments": _segments(customer_id),
        "lists": names_of(customer_id),
        "tags": [
            {"name": one.name, "from": _day(one.given_at), "to": _day(one.ended_at)}
            for one in tags_ever(customer_id)
        ],
        "messages": _messages(customer_id),
        "surveys": export_surveys(_ids(customer_id)),
        "interviews": _interviews(customer_id),
        "tasks": [
            {
                "at": task.created_at.isoformat(),
                "title": task.title,
                "state": task.state,
                "notes": task.notes,
                "outcome": task.outcome,
            }
            for task in list_tasks_of(_ids(customer_id))
        ],
        "traits": _traits(customer_id, now),
        "offers": _offers(customer_id),
        "accesses": _accesses(customer_id),
    }


def _interviews(customer_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "guide": talk.guide, "held_at": talk.held_at.isoformat(), "state": talk.state, "answers": talk.answers,
            "themes": talk.codes, "notes": talk.notes,
        }
        for talk in list_talks_of(_ids(customer_id), actor_id=None)
    ]  # fmt: skip


def _ids(customer_id: UUID) -> list[UUID]:
    """Return a customer's id, and those that lead to him."""
    return [customer_id, *(one.gone for one in list_retired([customer_id])[customer_id])]


def _day(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _values(dossier: Dossier, fields: Registry, names: dict[int, str]) -> list[dict[str, Any]]:
    origin = {r.member.record_id: r.member.source_id for r in dossier.records}
    return [
        {
            "key": key, "label": fields[key].label.zh, "label_en": fields[key].label.en, "value": value,
            "display": display(fields[key], value, "zh"), "source": names.get(origin[dossier.golden.chosen[key]], ""),
        }
        for key, value in dossier.golden.values.items()
        if key in fields
    ]  # fmt: skip


def _records(dossier: Dossier, names: dict[int, str]) -> list[dict[str, Any]]:
    ids = [r.member.record_id for r in dossier.records]
    keys = get_data_keys(ids)
    versions: dict[UUID, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [ids])
        for record, version, received, stated_at, reverted, stated, plain, sealed in cursor.fetchall():
            if record in keys:
                values = join(from_json(plain), unseal(keys[record], sealed, PLACE, version))
                versions.setdefault(record, []).append(
                    {"received_at": received.isoformat(), "stated_at": stated_at.isoformat(),
                     "reverted_at": _day(reverted), "stated": from_json(stated), "values": values}
                )  # fmt: skip
    return [
        {
            "source": names.get(r.member.source_id, ""), "key": r.member.key, "linked_at": r.linked_at.isoformat(),
            "reason": r.reason, "evidence": list(r.evidence), "versions": versions.get(r.member.record_id, []),
        }
        for r in dossier.records
    ]  # fmt: skip


def _timeline(customer_id: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        moments, cursor = get_timeline(customer_id, limit=PAGE, cursor=cursor)
        found.extend(
            {"at": m.at.isoformat(), "kind": m.kind, "name": m.name, "source": m.source, "details": m.details}
            for m in moments
        )
        if cursor is None:
            return found


def _messages(customer_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "campaign": one.name, "channel": one.channel, "state": one.state, "reason": told(one.reason).zh,
            "planned_at": one.planned_at.isoformat(), "ended_at": _day(one.ended_at), "receipts": list(one.receipts),
        }
        for one in list_contacts(customer_id)
    ]  # fmt: skip


def _segments(customer_id: UUID) -> list[dict[str, Any]]:
    return [
        {"name": stay.name, "entered_at": stay.entered_at.isoformat(), "left_at": _day(stay.left_at)}
        for stay in list_stays(customer_id)
    ]


def _offers(customer_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "offer": one.offer, "outcome": one.outcome, "because": one.because, "place": one.place,
            "at": one.at.isoformat(), "version": one.version,
        }
        for one in list_told(customer_id)
    ]  # fmt: skip


def _consents(customer_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return what he has said to the use of his data, the latest word first."""
    found = consents_of(customer_id, now=now)
    return [
        {
            "purpose": name.name_zh if (name := found.names.get(entry.word.purpose_id)) else "自动化决策",
            "version": entry.word.version, "channel": entry.word.channel, "state": entry.word.state,
            "said_at": entry.word.said_at.isoformat(), "source": entry.source, "evidence": entry.evidence,
            "notice_hash": entry.notice_hash,
        }
        for entry in found.entries
    ]  # fmt: skip


def _traits(customer_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return what was computed of him."""
    return [
        {
            "key": one.trait.key, "name": one.trait.name_zh, "used_for": one.trait.used_for, "unit": one.trait.unit,
            "value": _said(one), "as_of": _day(one.as_of),
        }
        for one in values_of(customer_id, now=now)
        if one.number is not None or one.text is not None
    ]  # fmt: skip


def _said(one: HeldValue) -> str | float | None:
    if one.trait.kind != "text":
        return one.number
    label = codes_of(one.trait).get(one.text or "")
    return label.zh if label is not None else one.text


def _accesses(customer_id: UUID) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, [audit.object_ref("customer", customer_id)])
        return [
            {"at": at.isoformat(), "action": action, "decision": decision, "fields": fields}
            for at, action, decision, fields in cursor.fetchall()
        ]
