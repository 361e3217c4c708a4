"""Approving: asked by one, decided by another, for exactly what was shown. One engine for whatever has to be approved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.models.approvals import Approval
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Conflict, NotAllowed
from kehu.platform.ids import new_id
from kehu.platform.text import Text

NOTE = "approval note"


class ApprovalNotOpen(Conflict):
    """Nothing waits to be decided."""

    code = "approval_not_open"

    def __init__(self) -> None:
        super().__init__(Text("没有等待审批的申请。", "Nothing waits for a decision."))


class NotByYourself(NotAllowed):
    """Who asked does not decide."""

    code = "not_by_yourself"

    def __init__(self) -> None:
        super().__init__(
            Text("自己提交的要由别人审批。", "What you have submitted is decided by somebody else.")
        )


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be approved: its kind, its id, and the digest of what is shown to the one who decides."""

    kind: str
    object_id: UUID
    digest: str


def ask(matter: Matter, *, asker_id: int | None, now: datetime) -> Approval:
    """Ask for a decision; one that is open already for the same content stands, one for other content is withdrawn."""
    standing = _latest(matter)
    if standing is not None and standing.state == "open":
        if standing.digest == matter.digest:
            return standing
        Approval.objects.filter(pk=standing.pk).update(state="withdrawn", decided_at=now)
    return Approval.objects.create(
        id=new_id(), kind=matter.kind, object_id=matter.object_id, digest=matter.digest, asker_id=asker_id,
        asked_at=now,
    )  # fmt: skip


def decide(matter: Matter, *, approves: bool, note: str, actor: Actor, now: datetime) -> Approval:
    """Decide what waits. The caller has checked the right. Raises ApprovalNotOpen or NotByYourself."""
    standing = _latest(matter)
    if standing is None or standing.state != "open" or standing.digest != matter.digest:
        raise ApprovalNotOpen
    if standing.asker_id == actor.id:
        raise NotByYourself
    standing.state = "approved" if approves else "rejected"
    standing.decider_id, standing.decided_at = actor.id, now
    standing.note_sealed = keyring().stage(note.encode(), NOTE) if note.strip() else None
    standing.save(update_fields=["state", "decider_id", "decided_at", "note_sealed"])
    audit.record(
        action=f"approval.{standing.state}", actor_id=actor.id, now=now, object_kind=matter.kind,
        object_id=matter.object_id, reason=note, request_id=actor.request_id,
    )  # fmt: skip
    return standing


def is_approved(matter: Matter) -> bool:
    """Whether exactly this was approved, and nothing was asked since."""
    standing = _latest(matter)
    return standing is not None and standing.state == "approved" and standing.digest == matter.digest


def is_open(matter: Matter) -> bool:
    """Whether exactly this waits for a decision."""
    standing = _latest(matter)
    return standing is not None and standing.state == "open" and standing.digest == matter.digest


def list_open(kind: str, *, for_id: int) -> list[Approval]:
    """Return what waits for a decision and may be decided by this user: not what he has asked for himself. The oldest first."""
    waiting = Approval.objects.filter(kind=kind, state="open").exclude(asker_id=for_id)
    return list(waiting.order_by("asked_at", "pk"))


def latest(kind: str, object_id: UUID) -> Approval | None:
    """Return the last request for an object."""
    return Approval.objects.filter(kind=kind, object_id=object_id).order_by("-asked_at", "-pk").first()


def note_of(approval: Approval) -> str:
    """Return what the one who decided wrote."""
    if approval.note_sealed is None:
        return ""
    return keyring().unstage(bytes(approval.note_sealed), NOTE).decode()


def _latest(matter: Matter) -> Approval | None:
    return latest(matter.kind, matter.object_id)
