"""Sources: the systems that data comes from. The write key is shown once; its digest is kept."""

import hashlib
import re
import secrets
from dataclasses import dataclass, fields
from datetime import datetime

from kehu.collect.models import Source
from kehu.govern import audit
from kehu.govern.models.access import Unit
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text

MANUAL = "manual"
MANUAL_TRUST = 100
_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}", re.IGNORECASE)


class SourceNotFound(NotFound):
    """No source of this key."""

    code = "source_not_found"


class SourceTaken(Conflict):
    """A source of this key exists."""

    code = "source_taken"


class SourceInactive(Conflict):
    """The source is out of use; nothing is taken from it."""

    code = "source_inactive"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What changes of a source; what is None stays."""

    name: str | None = None
    kind: str | None = None
    trust: int | None = None
    unit: Unit | None = None
    is_active: bool | None = None


def digest(write_key: str) -> bytes:
    """Return what is kept of a write key."""
    return hashlib.sha256(write_key.encode()).digest()


def create_source(
    *, key: str, name: str, kind: str, trust: int, unit: Unit, actor_id: int | None, now: datetime
) -> tuple[Source, str]:
    """Create a source; returns it with its write key, which cannot be had again. Raises Invalid or SourceTaken."""
    if not _KEY.fullmatch(key):
        raise Invalid(
            Text(
                "数据源代码用字母、数字、点、横线和下划线，最长 64 位。",
                "A source key has letters, digits, dot, dash and underscore, 64 at most.",
            )
        )
    if Source.objects.filter(key=key).exists():
        raise SourceTaken(Text(f"代码“{key}”已有数据源使用。", f"A source with the key {key!r} exists."))
    write_key = "wk_" + secrets.token_urlsafe(24)
    source = Source.objects.create(
        key=key, name=name, kind=kind, trust=trust, unit=unit, write_key_digest=digest(write_key),
        write_key_hint=write_key[-4:], created_at=now,
    )  # fmt: skip
    audit.record(
        action="source.create", actor_id=actor_id, now=now, object_kind="source", object_id=source.pk
    )
    return source, write_key


def update_source(
    *, source_id: int, change: SourceChange, actor_id: int | None, now: datetime
) -> tuple[Source, bool]:
    """Change a source; returns it, and whether its trust is another. A new unit counts for what comes from now on.

    Raises SourceNotFound, and Invalid for the source of what people enter by hand: only its name and trust change.
    """
    source = find_source(source_id, for_update=True)
    wanted = {
        name: value
        for name, value in ((f.name, getattr(change, f.name)) for f in fields(change))
        if value is not None
    }
    changed = {name: value for name, value in wanted.items() if getattr(source, name) != value}
    if source.key == MANUAL and not changed.keys() <= {"name", "trust"}:
        raise Invalid(
            Text(
                "人工录入只能改名称和可信度。",
                "Of what people enter by hand only the name and the trust can be changed.",
            )
        )
    for name, value in changed.items():
        setattr(source, name, value)
    source.save(update_fields=[*changed])
    details = {name: value.code if isinstance(value, Unit) else value for name, value in changed.items()}
    audit.record(
        action="source.update", actor_id=actor_id, now=now, object_kind="source", object_id=source.pk,
        details=details,
    )  # fmt: skip
    return source, "trust" in changed


def renew_write_key(source: Source, *, actor_id: int | None, now: datetime) -> str:
    """Give a source a new write key and return it; the old one is refused from now on. Raises Invalid where none sends."""
    if source.key == MANUAL:
        raise Invalid(Text("人工录入没有写入密钥。", "What people enter by hand has no write key."))
    write_key = "wk_" + secrets.token_urlsafe(24)
    source.write_key_digest, source.write_key_hint = digest(write_key), write_key[-4:]
    source.save(update_fields=["write_key_digest", "write_key_hint"])
    audit.record(
        action="source.renew_key", actor_id=actor_id, now=now, object_kind="source", object_id=source.pk
    )
    return write_key


def find_source(source_id: int, *, for_update: bool = False) -> Source:
    """Return a source by number. Raises SourceNotFound."""
    query = Source.objects.select_for_update(of=("self",)) if for_update else Source.objects
    found = query.select_related("unit").filter(pk=source_id).first()
    if found is None:
        raise SourceNotFound(Text("没有这个数据源。", "There is no such source."))
    return found


def require_active(source: Source) -> None:
    """Refuse a source that is out of use. Raises SourceInactive."""
    if not source.is_active:
        raise SourceInactive(
            Text(
                f"数据源“{source.name}”已停用。先在“数据源”里恢复使用。",
                f"The source {source.name!r} is out of use. Take it into use again under Sources.",
            )
        )


def get_source(key: str) -> Source:
    """Return a source by key. Raises SourceNotFound."""
    found = Source.objects.filter(key=key).first()
    if found is None:
        raise SourceNotFound(
            Text(
                f"没有代码为“{key[:64]}”的数据源，先新建一个。",
                f"There is no source {key[:64]!r}; create it first.",
            )
        )
    return found


def sync_manual_source(*, now: datetime) -> None:
    """Make the source of what people enter by hand, the most trusted of all."""
    root = Unit.objects.using("owner").filter(parent__isnull=True).get()
    Source.objects.using("owner").get_or_create(
        key=MANUAL,
        defaults={
            "name": "人工录入", "kind": MANUAL, "trust": MANUAL_TRUST, "unit": root,
            "write_key_digest": secrets.token_bytes(32), "write_key_hint": "", "created_at": now,
        },
    )  # fmt: skip
