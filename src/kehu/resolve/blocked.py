"""Values that identify nobody: reading the list, adding to it, taking from it, and asking what it says of a value.

A change holds for records that arrive from now on; who was joined before stays joined. A value that a steward types may
be somebody's real number: it is sealed, compared in memory, and stands in no log and no audit event.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, Registry, registry
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text
from kehu.resolve.models import BlockedValue, IdentifierKind
from kehu.resolve.patterns import check_pattern, is_literal
from kehu.standardize.invalid import InvalidValue

ANY_KIND = "*"
PLACE = "resolve_blocked_value.sealed"
MOST = 500
_LOCK = 0x6B656876


class BlockedValueNotFound(NotFound):
    """No such entry in the list."""

    code = "blocked_value_not_found"


class AlreadyBlocked(Conflict):
    """The list holds this entry already."""

    code = "already_blocked"


class ListIsFull(Conflict):
    """The list holds as many entries as it may: every value that arrives is compared with all of them."""

    code = "list_is_full"


class NeverArrives(Invalid):
    """A value that its field refuses, so that it never comes as far as matching."""

    code = "never_arrives"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in clear: `text` is the value itself, or the pattern. Without an author it came with the product."""

    id: int
    kind: str
    text: str
    is_pattern: bool
    author_id: int | None
    created_at: datetime

    def blocks(self, kind: str, value: str) -> bool:
        """Whether this entry alone makes a standard value no identifier."""
        if self.kind not in {ANY_KIND, kind}:
            return False
        if self.is_pattern:
            return re.fullmatch(self.text, value, re.IGNORECASE) is not None
        return self.text.lower() == value.lower()


@dataclass(frozen=True, slots=True)
class Blocklist:
    """All entries, arranged for millions of comparisons: values and one joined pattern for each kind."""

    values: dict[str, frozenset[str]] = field(default_factory=dict)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def blocks(self, kind: str, value: str) -> bool:
        """Whether a standard value of a kind is no identifier."""
        folded = value.lower()
        for scope in (ANY_KIND, kind):
            if folded in self.values.get(scope, ()):
                return True
            pattern = self.patterns.get(scope)
            if pattern is not None and pattern.fullmatch(value):
                return True
        return False


def arrange(entries: Iterable[Entry]) -> Blocklist:
    """Return entries as what is compared with."""
    values: dict[str, set[str]] = {}
    patterns: dict[str, list[str]] = {}
    for entry in entries:
        if entry.is_pattern:
            patterns.setdefault(entry.kind, []).append(f"(?:{entry.text})")
        else:
            values.setdefault(entry.kind, set()).add(entry.text.lower())
    return Blocklist(
        {kind: frozenset(found) for kind, found in values.items()},
        {kind: re.compile("|".join(found), re.IGNORECASE) for kind, found in patterns.items()},
    )


def list_blocked() -> list[Entry]:
    """Return the list: what people added first, the newest on top; then what came with the product."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, pattern, sealed, author_id, created_at FROM resolve_blocked_value "
            "ORDER BY author_id IS NULL, CASE WHEN author_id IS NULL THEN id ELSE -id END"
        )
        rows = cursor.fetchall()
    ring = keyring()
    return [
        Entry(
            row[0], row[1], row[2] if row[3] is None else ring.unstage(row[3], PLACE).decode(), row[3] is None,
            row[4], row[5],
        )
        for row in rows
    ]  # fmt: skip


def add_blocked(*, kind: str, text: str, is_pattern: bool, actor: Actor, now: datetime) -> Entry:
    """Put a value or a pattern on the list. A pattern that is one value in fact is kept, and sealed, as the value.

    Raises Invalid for an unknown kind, NeverArrives, PatternRefused, AlreadyBlocked or ListIsFull.
    """
    actor.require("match.manage")
    _require_kind(kind, may_be_any=True)
    is_pattern = is_pattern and not is_literal(text)
    if is_pattern:
        check_pattern(text, kind)
    else:
        text = read_value(kind, text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    standing = list_blocked()
    if any((e.kind, e.is_pattern, e.text.lower()) == (kind, is_pattern, text.lower()) for e in standing):
        raise AlreadyBlocked(Text("已经在屏蔽之列。", "This is on the list already."))
    if len(standing) >= MOST:
        raise ListIsFull(
            Text(f"最多 {MOST} 条，先去掉不用的。", f"{MOST} entries at most. Remove some first.")
        )
    row = BlockedValue.objects.create(
        kind=kind, pattern=text if is_pattern else "", author_id=actor.id, created_at=now,
        sealed=None if is_pattern else keyring().stage(text.encode(), PLACE),
    )  # fmt: skip
    entry = Entry(row.pk, kind, text, is_pattern, actor.id, now)
    _record("blocked_value.add", entry, len(standing), len(standing) + 1, actor, now)
    return entry


def remove_blocked(*, entry_id: int, actor: Actor, now: datetime) -> None:
    """Take an entry from the list; it identifies again from now on. Raises BlockedValueNotFound."""
    actor.require("match.manage")
    standing = list_blocked()
    entry = next((one for one in standing if one.id == entry_id), None)
    if entry is None or not BlockedValue.objects.filter(pk=entry_id).delete()[0]:
        raise BlockedValueNotFound(Text("这一条已不在屏蔽之列。", "This entry is no longer on the list."))
    _record("blocked_value.remove", entry, len(standing), len(standing) - 1, actor, now)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the list says of one value: as it is read, and the entry that blocks it, if any."""

    read_as: str
    entry: Entry | None


def try_value(*, kind: str, value: str, actor: Actor) -> Trial:
    """Say whether a value of a kind would be blocked, and by which entry. Raises Invalid or NeverArrives."""
    actor.require("match.manage")
    _require_kind(kind)
    standard = read_value(kind, value)
    return Trial(standard, next((e for e in list_blocked() if e.blocks(kind, standard)), None))


def field_of_kind(kind: str, fields: Registry) -> FieldSpec | None:
    """Return the field that holds identifiers of a kind: the one of the same key, else the first."""
    found = fields.get(kind)
    if found is not None and found.identifier == kind:
        return found
    return next((spec for spec in fields.values() if spec.identifier == kind), None)


def read_value(kind: str, text: str) -> str:
    """Return a value as records hold it, since that is what is compared. Raises NeverArrives."""
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        raise Invalid(Text("先填写一个值。", "Give a value first."))
    spec = field_of_kind(kind, registry())
    if spec is None:
        return clean
    try:
        return str(spec.standard.parse(clean))
    except InvalidValue as error:
        raise NeverArrives(
            Text(
                f"{error.text.zh}这样的值导入时本来就会拒收，不会用来认人。",
                f"{error.text.en} Such a value is refused on its way in, and never used to match.",
            )
        ) from error


def _require_kind(kind: str, *, may_be_any: bool = False) -> None:
    if not (may_be_any and kind == ANY_KIND) and not IdentifierKind.objects.filter(key=kind).exists():
        raise Invalid(Text("没有这种标识。", "There is no such kind of identifier."))


def _record(action: str, entry: Entry, before: int, after: int, actor: Actor, now: datetime) -> None:
    """Write the event: kind, form and how many entries there were and are; never the value."""
    form = "pattern" if entry.is_pattern else "value"
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="blocked_value", object_id=entry.id,
        details={"kind": entry.kind, "form": form, "before": before, "after": after}, request_id=actor.request_id,
    )  # fmt: skip
