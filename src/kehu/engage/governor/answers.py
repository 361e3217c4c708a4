"""May this customer be written to now, for which purpose, by which channel, and if not, why? For a person to read.

The same governor answers that is asked before each send, so that page and sender never disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.engage.channels.suppression import address_index, suppressed
from kehu.engage.governor.deciding import Answer, Asked, Governor, Message, No
from kehu.engage.governor.rules import rules_on
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.installation.environment import environment

ADDRESSES: Mapping[str, str] = {"email": "email"}
"""The channels that Kehu itself writes by, each with the field that holds the address."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer for one purpose and one channel."""

    purpose: Purpose
    channel: str
    answer: Answer


def may_contact(customer_id: UUID, *, now: datetime) -> list[Standing]:
    """Return an answer for each purpose in force by each channel that it uses, for a living customer of the open scope."""
    rules, zone = rules_on(now.date()), environment().time_zone
    found = []
    for purpose in Purpose.objects.filter(is_active=True).select_related("current").order_by("key"):
        for gate in _gates(purpose):
            message = Message(
                gate,
                gate.channel,
                ADDRESSES[gate.channel],
                is_service=False,
                only_working_days=False,
                zone=zone,
            )
            answer = Governor(message, rules, now).decide([Asked(customer_id, customer_id)])[customer_id]
            found.append(
                Standing(
                    purpose,
                    gate.channel,
                    without_suppressed({customer_id: answer}, gate.channel)[customer_id],
                )
            )
    return found


def without_suppressed(answers: Mapping[UUID, Answer], channel: str) -> dict[UUID, Answer]:
    """Return answers in which whose address must not be written to is a no, now and later."""
    indexes = {
        one: address_index(channel, answer.address)
        for one, answer in answers.items()
        if not isinstance(answer, No)
    }
    blocked = suppressed(channel, set(indexes.values()))
    return {
        one: No("suppressed") if one in indexes and indexes[one] in blocked else answer
        for one, answer in answers.items()
    }


def _gates(purpose: Purpose) -> Sequence[Gate]:
    version = purpose.current
    if version is None or version.bit is None:
        return ()
    return [open_gate(purpose.key, channel) for channel in ADDRESSES if channel in version.channels]
