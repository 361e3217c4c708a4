"""The ledger of what people have said: written once, never changed; evidence is sealed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from kehu.govern.models.purposes import ConsentVoid, Purpose, PurposeVersion
from kehu.govern.purposes.standing import ALL_CHANNELS, Terms, Word
from kehu.govern.purposes.terms import CHANNELS, OBJECTIONS, SAID
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.ids import new_id
from kehu.platform.text import Text

EVIDENCE = "govern_consent.evidence_sealed"
SOURCES = ("staff", "self", "link", "api", "import", "survey", "system")
MOST_EVIDENCE = 2_000
_COLUMNS = (
    "id", "customer_id", "purpose_version_id", "channel", "state", "source", "evidence_sealed", "author_id", "import_id",
    "said_at", "valid_until", "recorded_at",
)  # fmt: skip
_WORDS = """
SELECT c.id, c.customer_id, coalesce(v.purpose_id, 0), coalesce(v.version, 0), c.channel, c.state, c.said_at, c.recorded_at,
  c.valid_until
FROM govern_consent c LEFT JOIN govern_purpose_version v ON v.id = c.purpose_version_id
WHERE c.customer_id = ANY(%s::uuid[])
  AND (c.import_id IS NULL OR NOT EXISTS (SELECT FROM govern_consent_void d WHERE d.import_id = c.import_id))
"""
_ENTRIES = """
SELECT c.id, c.customer_id, coalesce(v.purpose_id, 0), coalesce(v.version, 0), c.channel, c.state, c.said_at, c.recorded_at,
  c.valid_until, c.source, c.evidence_sealed, coalesce(u.name, ''), coalesce(v.notice_hash, ''),
  c.import_id IS NOT NULL AND EXISTS (SELECT FROM govern_consent_void d WHERE d.import_id = c.import_id)
FROM govern_consent c LEFT JOIN govern_purpose_version v ON v.id = c.purpose_version_id
LEFT JOIN govern_user u ON u.id = c.author_id
WHERE c.customer_id = ANY(%s::uuid[]) ORDER BY c.said_at DESC, c.id DESC
"""


_OF_IMPORT = (
    "SELECT customer_id, count(*) FROM govern_consent WHERE import_id = %s AND state <> 'expired' GROUP BY 1"
)
_KNOWN = """
SELECT c.customer_id, c.purpose_version_id, c.channel, c.state, c.said_at FROM govern_consent c
WHERE c.customer_id = ANY(%s::uuid[])
  AND (c.import_id IS NULL OR NOT EXISTS (SELECT FROM govern_consent_void d WHERE d.import_id = c.import_id))
"""


class PurposeIsOff(Conflict):
    """The purpose is out of use."""

    code = "purpose_is_off"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"目的“{key}”已停用。", f"The purpose “{key}” is out of use."))


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be written: without a purpose it is about automated decisions, without a version about the present terms."""

    state: str
    purpose: Purpose | None = None
    channel: str = ALL_CHANNELS
    source: str = "staff"
    evidence: str = ""
    said_at: datetime | None = None
    valid_until: datetime | None = None
    version: PurposeVersion | None = None


Mark = tuple[UUID, int | None, str, str, datetime | None]
"""By what an entry is known again: customer, terms, channel, state, time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger, opened. A void one came with an import that was taken back, and counts for nothing."""

    word: Word
    source: str
    evidence: str
    author: str
    notice_hash: str
    is_void: bool


def check(said: Said, now: datetime) -> None:
    """Pass what may be written. Raises Invalid or PurposeIsOff."""
    states = SAID if said.purpose is not None else OBJECTIONS
    if said.state not in states:
        raise Invalid(Text(f"只能是：{'、'.join(states)}。", f"It is one of: {', '.join(states)}."))
    if said.purpose is not None:
        _check_purpose(said, said.purpose)
    elif said.channel != ALL_CHANNELS:
        raise Invalid(
            Text("反对自动化决策不分渠道。", "An objection to automated decisions is about all channels.")
        )
    if said.said_at is not None and said.said_at > now:
        raise Invalid(Text("表示的时间不能在将来。", "It cannot have been said in the future."))
    if said.valid_until is not None and (said.state != "given" or said.valid_until <= now):
        raise Invalid(
            Text(
                "只有同意可以带到期时间，而且要在将来。",
                "Only consent may end at a time, and one in the future.",
            )
        )
    if len(said.evidence) > MOST_EVIDENCE:
        raise Invalid(
            Text(f"凭证最多 {MOST_EVIDENCE} 字。", f"Evidence has at most {MOST_EVIDENCE} characters.")
        )


def _check_purpose(said: Said, purpose: Purpose) -> None:
    current = purpose.current
    if current is None or (not purpose.is_active and said.state == "given"):
        raise PurposeIsOff(purpose.key)
    if said.channel not in {ALL_CHANNELS, *CHANNELS}:
        raise Invalid(Text(f"没有渠道“{said.channel}”。", f"There is no channel “{said.channel}”."))
    if said.channel and said.state == "given" and said.channel not in current.channels:
        raise Invalid(
            Text(
                f"这个目的不用这一渠道。可选：{'、'.join(CHANNELS[c].zh for c in current.channels)}。",
                f"This purpose does not use that channel. It uses: {', '.join(current.channels)}.",
            )
        )


def append(
    entries: Iterable[tuple[UUID, Said]],
    *,
    author_id: int | None,
    import_id: UUID | None = None,
    now: datetime,
) -> list[UUID]:
    """Write what people have said, by the ids of living customers. Returns the ids of the entries, in order."""
    ring = keyring()
    rows = [
        (
            new_id(), customer_id, _version_of(said), said.channel, said.state,
            said.source, ring.stage(said.evidence.encode(), EVIDENCE) if said.evidence else None, author_id,
            import_id, said.said_at or now, said.valid_until, now,
        )
        for customer_id, said in entries
    ]  # fmt: skip
    bulk.insert("govern_consent", _COLUMNS, rows)
    return [row[0] for row in rows]


def _version_of(said: Said) -> int | None:
    if said.version is not None:
        return said.version.pk
    return said.purpose.current_id if said.purpose else None


_END = """
INSERT INTO govern_consent (id, customer_id, purpose_version_id, channel, state, source, import_id, said_at, recorded_at)
SELECT %(new)s, c.customer_id, c.purpose_version_id, c.channel, 'expired', 'system', c.import_id, c.valid_until, %(now)s
FROM govern_consent c WHERE c.id = %(id)s AND c.state = 'given'
"""


def append_ends(words: Iterable[Word], *, now: datetime) -> None:
    """Write that consent given for a time has ended."""
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute(_END, {"new": new_id(), "id": word.id, "now": now})


def get_words(customer_ids: Collection[UUID]) -> list[Word]:
    """Return every word that was said under these ids."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [uuid_array(customer_ids)])
        return [Word(*row) for row in cursor.fetchall()]


def list_entries(customer_ids: Collection[UUID]) -> list[Entry]:
    """Return the ledger of these ids, opened, the latest word first."""
    ring = keyring()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [uuid_array(customer_ids)])
        rows: Sequence[tuple[object, ...]] = cursor.fetchall()
    return [
        Entry(
            Word(*row[:9]),  # type: ignore[arg-type]  # the columns of the query, in order
            str(row[9]),
            ring.unstage(bytes(row[10]), EVIDENCE).decode()
            if isinstance(row[10], bytes | memoryview)
            else "",
            str(row[11]),
            str(row[12]),
            bool(row[13]),
        )
        for row in rows
    ]


def get_terms() -> list[Terms]:
    """Return the terms in force of every purpose, of those out of use too: who has refused stays out when it is used again."""
    in_force = PurposeVersion.objects.filter(purpose__current=F("pk"), bit__isnull=False)
    return [terms_of(version) for version in in_force]


def terms_of(version: PurposeVersion) -> Terms:
    """Return what the mask must know of a version in force."""
    if version.bit is None:
        raise LookupError(version.pk)
    needs_consent = version.legal_basis == "consent"
    return Terms(version.purpose_id, version.version, version.bit, tuple(version.channels), needs_consent)


def void_import(import_id: UUID, *, author_id: int | None, now: datetime) -> tuple[list[UUID], int]:
    """Let the entries of an import count no more. Returns the ids that they were written under, and how many they are."""
    ConsentVoid.objects.create(import_id=import_id, author_id=author_id, voided_at=now)
    with connection.cursor() as cursor:
        cursor.execute(_OF_IMPORT, [import_id])
        found = dict(cursor.fetchall())
    return list(found), sum(found.values())


def count_customers_of(import_id: UUID) -> int:
    """Return about how many customers an import has said something."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_IMPORT, [import_id])
        return len(cursor.fetchall())


def get_known(entries: Collection[tuple[UUID, Said]]) -> set[Mark]:
    """Return what these customers have said already, from whichever way, but for what is void."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [uuid_array({customer_id for customer_id, _ in entries})])
        return set(cursor.fetchall())


def mark_of(customer_id: UUID, said: Said) -> Mark:
    """Return by what an entry is known again."""
    return customer_id, _version_of(said), said.channel, said.state, said.said_at


def delete_words(customer_ids: Collection[UUID]) -> None:
    """Erase what was said under these ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM govern_consent WHERE customer_id = ANY(%s::uuid[])", [uuid_array(customer_ids)]
        )
