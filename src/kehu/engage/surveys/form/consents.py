"""Consent questions that name a purpose: what they ask is a published notice, and yes or no goes into the ledger.

Whether a purpose may be asked about is looked at when a questionnaire is written and again when it is published; where a
purpose goes out of use afterwards, the form says so and the answer writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kehu.engage.surveys.form.questions import LANGUAGES, Definition, Question
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.terms import CHANNELS, NOTICE_SLOTS
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

_OFF = Text(
    "这一目的已停用，此题的回答不作为同意。",
    "This purpose is out of use; the answer is not taken as consent.",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that is shown with a question; `digest` is the SHA-256 that the ledger names, empty where it is off."""

    question: str
    digest: str
    words: dict[str, str]


def check_consents(definition: Definition, mode: str) -> None:
    """Pass a questionnaire whose consent questions may be asked. Raises Invalid."""
    asked: dict[str, set[str]] = {}
    for question in asking(definition):
        if mode != "personal":
            raise Invalid(
                Text(
                    f"“{question.name}”：只有个人链接的问卷知道是谁同意，才能写入同意记录。",
                    f"“{question.name}”: only a survey with personal links knows who consents.",
                )
            )
        _check_terms(question)
        channels = asked.setdefault(question.purpose, set())
        if channels and (question.channel in channels or "" in channels or not question.channel):
            raise Invalid(
                Text(
                    f"“{question.name}”：同一目的、同一渠道在一份问卷里只能问一次。",
                    f"“{question.name}”: one survey asks about a purpose and channel once.",
                )
            )
        channels.add(question.channel)


def asking(definition: Definition) -> list[Question]:
    """Return the questions that write to the ledger."""
    return [question for question in definition.questions if question.purpose]


def _check_terms(question: Question) -> None:
    purpose = Purpose.objects.select_related("current").filter(key=question.purpose).first()
    if purpose is None or not purpose.is_active or purpose.current is None:
        raise Invalid(
            Text(
                f"“{question.name}”：没有在用的目的“{question.purpose}”，换一个。",
                f"“{question.name}”: no purpose “{question.purpose}” is in use. Choose another.",
            )
        )
    if question.channel and question.channel not in purpose.current.channels:
        known = "、".join(CHANNELS[c].zh for c in purpose.current.channels)
        raise Invalid(
            Text(
                f"“{question.name}”：这个目的不用这一渠道。可选：{known}。",
                f"“{question.name}”: this purpose uses: {', '.join(purpose.current.channels)}.",
            )
        )


def get_notices(definition: Definition) -> list[Notice]:
    """Return the notices in force that the form shows, a question each."""
    asked = asking(definition)
    purposes = Purpose.objects.select_related("current").filter(key__in={q.purpose for q in asked})
    by_key = {purpose.key: purpose for purpose in purposes}
    return [_notice(question, by_key.get(question.purpose)) for question in asked]


def _notice(question: Question, purpose: Purpose | None) -> Notice:
    if purpose is None or purpose.current is None or not purpose.is_active:
        return Notice(question.name, "", {key: _OFF.en if key == "en" else _OFF.zh for key in LANGUAGES})
    held = purpose.current
    return Notice(
        question.name, held.notice_hash, {key: _written(purpose, question.channel, key) for key in LANGUAGES}
    )


def _written(purpose: Purpose, channel: str, language: str) -> str:
    """Return a notice line by line. Its text is in the words that were published; only the labels have languages."""
    is_english = language == "en"
    notice: dict[str, str] = purpose.current.notice if purpose.current else {}
    name = (purpose.name_en if is_english else purpose.name_zh) or purpose.key
    way = ""
    if channel:
        label = CHANNELS[channel]
        way = f" · {label.en if is_english else label.zh}"
    lines = [f"{name}{way}"]
    order = list(NOTICE_SLOTS)
    for key, text in sorted(notice.items(), key=lambda one: order.index(one[0]) if one[0] in order else -1):
        slot = NOTICE_SLOTS.get(key)
        label_text = "" if slot is None else f"{slot.en}: " if is_english else f"{slot.zh}："
        lines.append(f"{label_text}{text}")
    return "\n".join(lines)


def with_notices(raw: Mapping[str, Any], notices: list[Notice]) -> dict[str, Any]:
    """Return a questionnaire as people see it: each question that asks for consent has its `notice`, to be shown as it is.

    It is kept apart from the question's own words, in which `{name}` stands for an earlier answer.
    """
    shown = {notice.question: notice.words for notice in notices}
    pages = [
        {**page, "elements": [_shown(element, shown) for element in page["elements"]]}
        for page in raw["pages"]
    ]
    return {**raw, "pages": pages}


def _shown(element: Mapping[str, Any], notices: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    kept = {key: value for key, value in element.items() if key not in {"consentPurpose", "consentChannel"}}
    words = notices.get(element["name"])
    if words is None:
        return kept
    kept["notice"] = dict(words)
    return kept
