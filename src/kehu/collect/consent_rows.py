"""Rows of a file as words of consent: who, which purpose, what he said, by which channels, when. A row says all of it or is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kehu.collect.files.form import Row, RowFault
from kehu.collect.mapping.consents import CONSENT_FIELDS, RECORD, REQUIRED
from kehu.collect.mapping.events import SUBJECT_FIELDS
from kehu.collect.reading import Refused
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes.ledger import Said, check
from kehu.govern.purposes.standing import ALL_CHANNELS
from kehu.govern.purposes.terms import CHANNELS
from kehu.platform.errors import Invalid, KehuError
from kehu.platform.text import Text
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS
from kehu.standardize.values.folding import fold_text

_STATES = {
    "given": "given 同意 已同意 授权 已授权 是 y yes true 1 agree agreed opt-in opt_in",
    "refused": "refused 拒绝 已拒绝 不同意 未同意 未授权 否 n no false 0 refuse declined",
    "withdrawn": "withdrawn 撤回 已撤回 撤销 取消授权 取消同意 退订 withdraw revoked opt-out opt_out unsubscribed",
}
STATES = {word: state for state, words in _STATES.items() for word in words.split()}
_CHANNELS = {
    "email": "邮件 邮箱 mail e-mail", "sms": "手机短信 彩信", "phone": "电话外呼 外呼 tel", "wecom": "企微", "wechat": "公众号",
    "app": "手机银行 app推送 推送", "post": "信件 邮寄", "visit": "上门", "webhook": "接口",
}  # fmt: skip
CHANNEL_WORDS = {
    fold_text(word): key
    for key, label in CHANNELS.items()
    for word in (key, label.zh, label.en, *_CHANNELS.get(key, "").split())
}
_EVERY = frozenset({"", "全部", "所有", "全部渠道", "all", "*"})
_BETWEEN = re.compile(r"[,，、;；|/]+")
_VERSION = re.compile(r"(?:v|第)?\s*(\d{1,4})\s*(?:版)?", re.IGNORECASE)
_LABELS = {field.key: field.label for field in CONSENT_FIELDS}


@dataclass(frozen=True, slots=True)
class Terms:
    """What rows may name: purposes by folded key and name, and their published versions."""

    purposes: Mapping[str, Purpose]
    versions: Mapping[tuple[int, int], PurposeVersion]


@dataclass(frozen=True, slots=True)
class ConsentPlan:
    """How the columns are read: the place of each part, and those that say who, the surest first."""

    places: Mapping[str, int]
    subjects: tuple[tuple[int, str, FieldSpec | None], ...]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What one row says, once a channel. `subjects` are fields and standard values; `record_key` names the record itself."""

    row: int
    cells: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    words: tuple[Said, ...]


def consent_plan_of(columns: Sequence[str], mapping: Mapping[str, Any], fields: Registry) -> ConsentPlan:
    """Make a plan from a mapping `{column: target}`. Raises Invalid where purpose, state, time or customer cannot be told."""
    place = {name: index for index, name in enumerate(columns)}
    flat = mapping.get("columns", mapping)
    parts = {field.key for field in CONSENT_FIELDS}
    places: dict[str, int] = {}
    for column, target in flat.items():
        if target in (None, "", "ignore"):
            continue
        if column not in place:
            raise Invalid(
                Text(f"文件里没有“{column[:60]}”这一列。", f"The file has no column {column[:60]!r}.")
            )
        if target not in parts and not (target in SUBJECT_FIELDS and target in fields):
            raise Invalid(
                Text(
                    f"同意文件没有“{str(target)[:60]}”这一项。",
                    f"A file of consents has no {str(target)[:60]!r}.",
                )
            )
        places[str(target)] = place[column]
    if missing := [_LABELS[key] for key in REQUIRED if key not in places]:
        raise Invalid(
            Text(
                "没有指明哪一列是：" + "、".join(label.zh for label in missing) + "。",
                "No column is mapped to: " + ", ".join(label.en for label in missing) + ".",
            )
        )  # fmt: skip
    subjects = [(places[RECORD], RECORD, None)] if RECORD in places else []
    known = [(places[key], key, fields[key]) for key in SUBJECT_FIELDS if key in places]
    if not subjects and not known:
        raise Invalid(
            Text(
                "没有指明是谁的同意，例如把一列对应到客户号。",
                "No column says whose consent it is; map one to the customer number, for example.",
            )
        )
    return ConsentPlan(places, (*subjects, *known))


class _Cells:
    """The cells of a row by what they say; `field` is the one that was read last, and so the one that a refusal is about."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int]) -> None:
        self.cells, self.places, self.field = cells, places, ""

    def take(self, field: str) -> str:
        self.field = field
        index = self.places.get(field)
        return self.cells[index].strip() if index is not None and index < len(self.cells) else ""


def read_consent_row(row: Row, plan: ConsentPlan, terms: Terms, now: datetime) -> ConsentRow | Refused:
    """Read one row, or tell field and reason why it is not taken."""
    if isinstance(row.cells, RowFault):
        return Refused(row.number, row.cells.code, "", row.cells.reason, row.cells.raw)
    cells = _Cells(row.cells, plan.places)
    try:
        words = _words(cells, terms, now)
        cells.field = ""
        return ConsentRow(row.number, row.cells, _subjects(row.cells, plan), words)
    except KehuError as error:
        label = _LABELS.get(cells.field)
        text = Text(f"{label.zh}：{error.text.zh}", f"{label.en}: {error.text.en}") if label else error.text
        return Refused(row.number, error.code, cells.field, text, row.cells)


def _words(cells: _Cells, terms: Terms, now: datetime) -> tuple[Said, ...]:
    purpose = _purpose(cells.take("purpose"), terms)
    state = _state(cells.take("consent_state"))
    said_at = _said_at(cells.take("said_at"))
    until = _time(cells.take("valid_until"))
    version = _version(cells.take("notice_version"), purpose, terms)
    evidence = cells.take("evidence")
    channels = _channels(cells.take("consent_channels"))
    words = tuple(Said(state, purpose, one, "import", evidence, said_at, until, version) for one in channels)
    cells.field = ""
    for word in words:
        check(word, now)
    return words


def _purpose(cell: str, terms: Terms) -> Purpose:
    found = terms.purposes.get(fold_text(cell))
    if found is None:
        known = {purpose.key: purpose.name_zh for purpose in terms.purposes.values()}
        raise InvalidValue(_unknown("没有这个目的", "no such purpose", known))
    return found


def _state(cell: str) -> str:
    found = STATES.get(fold_text(cell))
    if found is None:
        raise InvalidValue(Text("要写同意、拒绝或撤回。", "It is given, refused or withdrawn."))
    return found


def _said_at(cell: str) -> datetime:
    found = _time(cell)
    if found is None:
        raise InvalidValue(
            Text("没有时间，不能证明何时表示的。", "Without a time nobody can prove when it was said.")
        )
    return found


def _unknown(zh: str, en: str, known: Mapping[str, str]) -> Text:
    some = sorted(known.items())[:20]
    return Text(
        f"{zh}。可写：{'、'.join(f'{name}（{key}）' for key, name in some)}。",
        f"{en}. There are: {', '.join(key for key, _ in some)}.",
    )


def _time(cell: str) -> datetime | None:
    if not cell:
        return None
    return datetime.fromisoformat(str(STANDARDS["timestamp"].parse(cell))).astimezone(UTC)


def _version(cell: str, purpose: Purpose, terms: Terms) -> PurposeVersion | None:
    """Return the terms that were agreed to; unsaid, the present ones."""
    if not cell:
        return None
    number = _VERSION.fullmatch(cell)
    found = terms.versions.get((purpose.pk, int(number[1]))) if number else None
    if found is None:
        most = max((version for owner, version in terms.versions if owner == purpose.pk), default=0)
        raise InvalidValue(
            Text(
                f"没有这一版。这个目的有 1 到 {most} 版。", f"No such version. This purpose has 1 to {most}."
            )
        )
    return found


def _channels(cell: str) -> list[str]:
    if fold_text(cell) in _EVERY:
        return [ALL_CHANNELS]
    found = []
    for word in filter(None, (fold_text(part) for part in _BETWEEN.split(cell))):
        if word not in CHANNEL_WORDS:
            raise InvalidValue(
                _unknown(
                    "没有这个渠道", "no such channel", {key: label.zh for key, label in CHANNELS.items()}
                )
            )
        found.append(CHANNEL_WORDS[word])
    return list(dict.fromkeys(found))


def _subjects(cells: Sequence[str], plan: ConsentPlan) -> tuple[tuple[str, str], ...]:
    found = []
    for index, key, spec in plan.subjects:
        value = cells[index].strip() if index < len(cells) else ""
        if not value:
            continue
        try:
            found.append((key, str(spec.standard.parse(value)) if spec else value))
        except InvalidValue as error:
            if spec is None:
                raise
            raise InvalidValue(
                Text(f"{spec.label.zh}：{error.text.zh}", f"{spec.label.en}: {error.text.en}")
            ) from error
    if not found:
        raise InvalidValue(
            Text("没有客户号等能指明客户的内容。", "Nothing in the row says whose consent it is.")
        )
    return tuple(found)
