"""Columns of an event file: what happened, when, to whom, under which message id; all others become properties."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kehu.collect.mapping import wording
from kehu.collect.mapping.content import ColumnContent
from kehu.collect.mapping.proposal import ColumnProposal, FieldSpec
from kehu.collect.mapping.proposing import propose
from kehu.platform.text import Text

EVENT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("event_at", Text("事件时间", "Event time"), "timestamp"),
    FieldSpec("event_name", Text("事件", "Event"), "text"),
    FieldSpec("message_id", Text("消息号", "Message id"), "code"),
    FieldSpec("amount", Text("金额", "Amount"), "money"),
    FieldSpec("currency", Text("币种", "Currency"), "code"),
    FieldSpec("product", Text("产品", "Product"), "text"),
    FieldSpec("channel", Text("渠道", "Channel"), "text"),
)
# Who it happened to, the surest first. Names and addresses identify nobody in an event.
SUBJECT_FIELDS = (
    "customer_no",
    "user_id",
    "anonymous_id",
    "resident_id",
    "mobile",
    "bank_card",
    "account_no",
    "email",
)
_PROPERTIES = frozenset(("amount", "currency", "product", "channel"))
_IS_TIME = 0.9


def propose_events(
    columns: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: Sequence[FieldSpec],
    remembered: Mapping[str, str] | None = None,
) -> list[ColumnProposal]:
    """Propose roles for the columns of an event file; the parameters are those of `propose`.

    Role `at` is the time of the event, `key` the customer it happened to; event name and message id have role
    `field`. Further identifiers of the customer stay fields, so that they are sealed; the rest has role `property`.
    """
    subjects = [field for field in fields if field.key in SUBJECT_FIELDS]
    own = {field.key for field in fields}
    events = [field for field in EVENT_FIELDS if field.key not in own]
    specs = [
        *[field for field in fields if field.key in {each.key for each in EVENT_FIELDS}],
        *events,
        *subjects,
    ]
    found = [_as_event(each) for each in propose(columns, samples, specs, remembered)]
    found = _with_time(found, samples)
    return _with_subject(found)


def _as_event(proposal: ColumnProposal) -> ColumnProposal:
    if proposal.role == "key":
        return replace(proposal, role="field")
    if proposal.role == "field" and proposal.field in _PROPERTIES:
        return replace(proposal, role="property")
    if proposal.role == "field" and proposal.field == "event_at":
        return replace(proposal, role="at")
    is_unused = proposal.role == "ignore" and proposal.reason in (wording.NO_FIELD, wording.A_DATE)
    if is_unused or proposal.role == "unit":
        return replace(proposal, role="property", certainty="low", reason=wording.PROPERTY)
    return proposal


def _with_time(found: list[ColumnProposal], samples: Sequence[Sequence[str]]) -> list[ColumnProposal]:
    """Take the column that holds times in most rows where no header names the time of the event."""
    times = [each for each in found if each.role == "at"]
    named = [each for each in times if each.field == "event_at"]
    if named:
        return [
            replace(each, role="property", reason=wording.PROPERTY)
            if each in times and each not in named
            else each
            for each in found
        ]
    if times:
        return [replace(each, field="event_at") if each is times[0] else each for each in found]
    for each in found:
        values = samples[each.index] if each.index < len(samples) else ()
        if each.role == "property" and (ColumnContent(values).share("timestamp") or 0) >= _IS_TIME:
            taken = replace(
                each,
                role="at",
                field="event_at",
                certainty="low",
                reason=wording.LOOKS_LIKE_TIME,
                warning=wording.CONFIRM,
            )
            return [taken if other is each else other for other in found]
    return found


def _with_subject(found: list[ColumnProposal]) -> list[ColumnProposal]:
    by_field = {each.field: each for each in found if each.role == "field"}
    subject = next((by_field[field] for field in SUBJECT_FIELDS if field in by_field), None)
    return [replace(each, role="key") if each is subject else each for each in found]
