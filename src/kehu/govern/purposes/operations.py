"""Purposes: made, published in versions, put out of use. A version never changes once it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes.terms import CHANNELS, LEGAL_BASES, hash_of, read_notice
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text

BITS = 62
CLASSES = ("C1", "C2")
LOCK = 0x6B707572
_FREE_BIT = """
SELECT b FROM generate_series(0, %s) AS b WHERE NOT EXISTS (SELECT 1 FROM govern_purpose_version WHERE bit = b)
ORDER BY b LIMIT 1
"""


class PurposeNotFound(NotFound):
    """No purpose of this key."""

    code = "purpose_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"没有目的“{key}”。", f"There is no purpose “{key}”."))


class PurposeTaken(Conflict):
    """A purpose of this key exists."""

    code = "purpose_taken"


class PurposesAreMany(Conflict):
    """As many purposes are in use as a customer's mask has room for."""

    code = "purposes_are_many"


@dataclass(frozen=True, slots=True)
class NewTerms:
    """What is published: on what ground, of which data, by which channels, for how many days, told in which words.

    `is_automated`: decisions are made by rule or model alone (PIPL 24), so that who objects to that is left out.
    `is_separate`: the law wants a consent of its own (PIPL 23, 25, 26, 29, 39).
    """

    legal_basis: str
    channels: tuple[str, ...]
    retention_days: int
    notice: str | Mapping[str, str]
    data_classes: tuple[str, ...] = ("C1",)
    is_automated: bool = False
    is_separate: bool = False


def create_purpose(*, key: str, name: Text, terms: NewTerms, actor: Actor, now: datetime) -> PurposeVersion:
    """Make a purpose and publish its first version. Raises PurposeTaken, PurposesAreMany or Invalid."""
    actor.require("purpose.manage")
    _lock()
    if Purpose.objects.filter(key=key).exists():
        raise PurposeTaken(Text(f"目的“{key}”已经有了。", f"There is a purpose “{key}” already."))
    purpose = Purpose.objects.create(key=key, name_zh=name.zh, name_en=name.en, created_at=now)
    return _publish(purpose, terms, "purpose.create", actor, now)


def publish_version(*, key: str, terms: NewTerms, actor: Actor, now: datetime) -> PurposeVersion:
    """Publish other terms: consent to the earlier ones holds no more. Raises PurposeNotFound, PurposesAreMany or Invalid."""
    actor.require("purpose.manage")
    _lock()
    return _publish(get_purpose(key), terms, "purpose.publish", actor, now)


def update_purpose(
    *, key: str, name: Text | None, is_active: bool | None, actor: Actor, now: datetime
) -> Purpose:
    """Rename a purpose, or put it out of use: nothing can be read or sent for it then. Raises PurposeNotFound."""
    actor.require("purpose.manage")
    purpose = get_purpose(key)
    if name is not None:
        purpose.name_zh, purpose.name_en = name
    if is_active is not None:
        purpose.is_active = is_active
    purpose.save(update_fields=["name_zh", "name_en", "is_active"])
    audit.record(
        action="purpose.change", actor_id=actor.id, now=now, object_kind="purpose", object_id=key,
        details={"name": name.zh if name else None, "is_active": is_active}, request_id=actor.request_id,
    )  # fmt: skip
    return purpose


def get_purpose(key: str) -> Purpose:
    """Return a purpose with its version in force. Raises PurposeNotFound."""
    found = Purpose.objects.select_related("current").filter(key=key).first()
    if found is None:
        raise PurposeNotFound(key)
    return found


def _publish(purpose: Purpose, terms: NewTerms, action: str, actor: Actor, now: datetime) -> PurposeVersion:
    _check(terms)
    notice = read_notice(terms.notice)
    last = purpose.versions.order_by("-version").first()
    made = PurposeVersion.objects.create(
        purpose=purpose, version=last.version + 1 if last else 1, bit=_free_bit(),
        legal_basis=terms.legal_basis, data_classes=list(terms.data_classes), channels=list(terms.channels),
        retention_days=terms.retention_days, is_automated=terms.is_automated, is_separate=terms.is_separate,
        notice=notice, notice_hash=hash_of(notice), author_id=actor.id, published_at=now,
    )  # fmt: skip
    purpose.current = made
    purpose.save(update_fields=["current"])
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="purpose", object_id=purpose.key,
        details={
            "version": made.version, "legal_basis": made.legal_basis, "channels": made.channels,
            "retention_days": made.retention_days, "notice_hash": made.notice_hash,
        },
        request_id=actor.request_id,
    )  # fmt: skip
    return made


def _check(terms: NewTerms) -> None:
    if terms.legal_basis not in LEGAL_BASES:
        known = "、".join(LEGAL_BASES)
        raise Invalid(
            Text(f"法律依据只能是：{known}。", f"A legal basis is one of: {', '.join(LEGAL_BASES)}.")
        )
    if strange := [c for c in terms.channels if c not in CHANNELS]:
        raise Invalid(
            Text(
                f"没有渠道“{strange[0]}”。可用：{'、'.join(CHANNELS)}。",
                f"There is no channel “{strange[0]}”. There are: {', '.join(CHANNELS)}.",
            )
        )
    if not terms.channels or len(set(terms.channels)) != len(terms.channels):
        raise Invalid(Text("至少选一个渠道，每个只写一次。", "Name at least one channel, each once."))
    if not terms.data_classes or set(terms.data_classes) - set(CLASSES):
        raise Invalid(Text("信息级别只能是 C1、C2。", "Data classes are C1 and C2."))
    if terms.is_separate and terms.legal_basis != "consent":
        raise Invalid(
            Text("单独同意要以本人同意为依据。", "A separate consent needs consent as its legal basis.")
        )


def _free_bit() -> int:
    """Return a bit that no version has. One that was replaced keeps its own until it is wiped off every customer."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE_BIT, [BITS - 1])
        row = cursor.fetchone()
    if row is None:
        raise PurposesAreMany(
            Text(
                f"最多同时使用 {BITS} 个目的。先停用不再需要的。",
                f"At most {BITS} purposes can be in use. Put some out of use first.",
            )
        )
    return int(row[0])


def _lock() -> None:
    """Let one purpose be published at a time: bits are given out one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
