"""One event of a client, read and checked; or why it must wait in quarantine. Nothing here touches a table."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from kehu.collect.tracking.limits import EVENT
from kehu.collect.tracking.reading.clock import effective, read_moment, read_sent_at
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.values.codes import parse_code

KINDS = {
    "identify": "system", "alias": "system", "track": "behavior", "page": "behavior", "screen": "behavior",
    "group": "behavior",
}  # fmt: skip
NAME_LENGTH = 200
_QUIET_CONTEXT = frozenset(("traits", "direct"))
_decode = msgspec.json.Decoder().decode
_canonical = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True)
class Arrival:
    """How events came in: when, when the client says it sent them, and the type that the address named."""

    received_at: datetime
    sent_at: object = None
    type: str = ""


@dataclass(slots=True)
class Message:
    """A good event. `message_id` is the client's, or a digest of the content where it gave none."""

    type: str
    user_id: str
    anonymous_id: str
    previous_id: str
    name: str
    message_id: str
    happened_at: datetime
    received_at: datetime
    traits: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the record that this event belongs to."""
        return f"u:{self.user_id}" if self.user_id else f"a:{self.anonymous_id}"


class Faulty(Exception):
    """An event that cannot be applied; `reason` is a code of `FAULTS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Blocked = Callable[[str, str], bool]


def read_message(
    raw: bytes | msgspec.Raw, arrival: Arrival, *, is_blocked: Blocked, place: int = 0
) -> Message:
    """Read one event. `place` tells apart equal events of one body that carry neither id nor time. Raises Faulty.

    A user id that stands for nobody (`null`, `anonymous`) gives way to an anonymous id beside it.
    """
    data = bytes(raw)
    if len(data) > EVENT:
        raise Faulty("event_too_large")
    try:
        event = _decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Faulty("event_unreadable") from error
    if not isinstance(event, dict):
        raise Faulty("event_unreadable")
    kind = str(arrival.type or event.get("type") or "").lower()
    if kind not in KINDS:
        raise Faulty("type_unknown")
    context = _map(event.get("context"))
    user, anonymous = _identity(event.get("userId")), _identity(event.get("anonymousId"))
    if user and anonymous and is_blocked("user_id", user):
        user = ""
    if user and anonymous and is_blocked("anonymous_id", anonymous):
        anonymous = ""
    previous = _identity(event.get("previousId")) if kind == "alias" else ""
    if not user and not anonymous:
        raise Faulty("identity_missing")
    if kind == "alias" and not previous:
        raise Faulty("previous_id_missing")
    stated, sent = _times(event, arrival)
    return Message(
        type=kind,
        user_id=user,
        anonymous_id=anonymous,
        previous_id=previous,
        name=_name(kind, event),
        message_id=_message_id(event, stated, arrival, place),
        happened_at=effective(stated, sent_at=sent, received_at=arrival.received_at),
        received_at=arrival.received_at,
        traits=_traits(kind, event, context),
        details=_details(kind, event, context, arrival),
    )


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _identity(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        return parse_code(value)
    except InvalidValue as error:
        raise Faulty("identity_invalid") from error


def _times(event: Mapping[str, Any], arrival: Arrival) -> tuple[datetime | None, datetime | None]:
    stated = event.get("timestamp") or event.get("originalTimestamp")
    try:
        moment = read_moment(stated)
    except InvalidValue as error:
        raise Faulty("timestamp_unreadable") from error
    return moment, read_sent_at(arrival.sent_at or event.get("sentAt"))


def _name(kind: str, event: Mapping[str, Any]) -> str:
    """Return what the event is called; a page goes by its name, title or path."""
    if kind == "track":
        name = event.get("event")
        if not isinstance(name, str) or not name.strip():
            raise Faulty("event_name_missing")
        return _short(name)
    if kind in {"page", "screen"}:
        properties = _map(event.get("properties"))
        told = (event.get("name"), properties.get("title"), properties.get("path"))
        return _short(next((text for text in told if isinstance(text, str) and text.strip()), kind))
    return kind


def _short(text: str) -> str:
    return text.replace("\0", "").strip()[:NAME_LENGTH]


def _message_id(event: Mapping[str, Any], stated: datetime | None, arrival: Arrival, place: int) -> str:
    given = event.get("messageId")
    if isinstance(given, str) and given.strip():
        return given
    content = {key: value for key, value in event.items() if key not in {"sentAt", "writeKey", "messageId"}}
    mark = "" if stated is not None else f"{arrival.received_at.date().isoformat()}|{place}|"
    return "content|" + hashlib.sha256(mark.encode() + _canonical(content)).hexdigest()


def _traits(kind: str, event: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the event says of its user; the traits of a group are the group's."""
    known = _map(context.get("traits"))
    external = {
        item["type"]: item["id"]
        for item in context.get("externalIds") or ()
        if isinstance(item, dict) and isinstance(item.get("type"), str) and isinstance(item.get("id"), str)
    } if isinstance(context.get("externalIds"), list) else {}  # fmt: skip
    return {**external, **known, **(_map(event.get("traits")) if kind == "identify" else {})}


def _details(
    kind: str, event: Mapping[str, Any], context: Mapping[str, Any], arrival: Arrival
) -> dict[str, Any]:
    details: dict[str, Any] = {**_map(event.get("properties")), "type": kind}
    if kind == "group":
        details |= {"groupId": event.get("groupId"), "traits": _map(event.get("traits"))}
    if event.get("category"):
        details.setdefault("category", event["category"])
    told = {key: value for key, value in context.items() if key not in _QUIET_CONTEXT}
    told["timestamp"] = event.get("timestamp") or event.get("originalTimestamp")
    told["sent_at"] = arrival.sent_at or event.get("sentAt")
    details["context"] = told
    return details
