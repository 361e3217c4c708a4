"""Purposes: what data may be used for, on what ground, told in which words. Everybody reads, compliance publishes."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.api.govern.roles import LabelIn
from kehu.flows.consent import change_consent
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes import operations
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.operations import NewTerms
from kehu.govern.purposes.terms import CHANNELS, LEGAL_BASES, NOTICE_SLOTS
from kehu.platform.text import Text
from kehu.profile.purposes import count_allowed

router = Router(tags=["purposes"])

Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class TermsOut(Schema):
    """The terms of one version. `notice` is a text under `text`, or the seven slots of the law."""

    version: int
    legal_basis: str
    data_classes: list[str]
    channels: list[str]
    retention_days: int
    is_automated: bool
    is_separate: bool
    notice: dict[str, str]
    notice_hash: str
    published_at: datetime


class PurposeOut(Schema):
    """A purpose with the terms in force."""

    key: str
    name: Label
    is_active: bool
    created_at: datetime
    current: TermsOut


class PurposeDetails(PurposeOut):
    """A purpose with all its versions, the newest first, and how many customers of the reader's scope it may take."""

    versions: list[TermsOut]
    allowed: int | None
    left_out: int | None


class TermsIn(Schema):
    """The terms to publish. `notice` is a text, or the seven slots of the law, all of them filled."""

    legal_basis: str = Field(max_length=16)
    channels: list[str] = Field(max_length=20)
    retention_days: int = Field(ge=1, le=36_500)
    notice: str | dict[str, str]
    data_classes: list[str] = Field(default_factory=lambda: ["C1"], max_length=2)
    is_automated: bool = False
    is_separate: bool = False

    def terms(self) -> NewTerms:
        """Return them as operations take them."""
        return NewTerms(
            legal_basis=self.legal_basis, channels=tuple(self.channels), retention_days=self.retention_days,
            notice=self.notice, data_classes=tuple(self.data_classes), is_automated=self.is_automated,
            is_separate=self.is_separate,
        )  # fmt: skip


class PurposeIn(TermsIn):
    """A new purpose with its first terms. A plain `name` is used in both languages."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    name: LabelIn | Annotated[str, Field(min_length=1, max_length=100)]


class PurposeChange(Schema):
    """What is to change; the terms are changed by publishing others."""

    name: LabelIn | None = None
    is_active: bool | None = None


class Vocabulary(Schema):
    """The words that terms are made of."""

    legal_bases: dict[str, Label]
    channels: dict[str, Label]
    notice_slots: dict[str, Label]


def _terms(version: PurposeVersion) -> dict[str, Any]:
    same = (
        "version", "legal_basis", "data_classes", "channels", "retention_days", "is_automated", "is_separate", "notice",
        "notice_hash", "published_at",
    )  # fmt: skip
    return {name: getattr(version, name) for name in same}


def _out(purpose: Purpose) -> dict[str, Any]:
    if purpose.current is None:
        raise LookupError(purpose.key)
    return {
        "key": purpose.key, "name": {"zh": purpose.name_zh, "en": purpose.name_en}, "is_active": purpose.is_active,
        "created_at": purpose.created_at, "current": _terms(purpose.current),
    }  # fmt: skip


@router.get("", response=list[PurposeOut], operation_id="list_purposes")
def list_purposes(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all purposes, those in use first."""
    current(request)
    found = (
        Purpose.objects.select_related("current")
        .exclude(current=None)
        .order_by("-is_active", "created_at", "pk")
    )
    return [_out(purpose) for purpose in found]


@router.get("/vocabulary", response=Vocabulary, operation_id="get_purpose_vocabulary")
def get_vocabulary(request: HttpRequest) -> dict[str, dict[str, dict[str, str]]]:
    """Return legal bases, channels and the slots of a notice, with their names."""
    current(request)
    words = {"legal_bases": LEGAL_BASES, "channels": CHANNELS, "notice_slots": NOTICE_SLOTS}
    return {name: {key: label._asdict() for key, label in found.items()} for name, found in words.items()}


@router.post("", response={201: PurposeOut}, operation_id="create_purpose")
def create_purpose(request: HttpRequest, body: PurposeIn) -> Status[dict[str, Any]]:
    """Make a purpose and publish its first version."""
    name = Text(body.name, body.name) if isinstance(body.name, str) else Text(body.name.zh, body.name.en)
    made = operations.create_purpose(
        key=body.key, name=name, terms=body.terms(), actor=current(request), now=timezone.now()
    )
    return Status(201, _out(operations.get_purpose(made.purpose.key)))


@router.get("/{key}", response=PurposeDetails, operation_id="get_purpose")
def get_purpose(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return a purpose with its versions; who reads customers is told how many of his it may take."""
    actor = current(request)
    purpose = operations.get_purpose(key)
    allowed = left_out = None
    if actor.may("customer.read") and purpose.is_active:
        allowed, left_out = count_allowed(open_gate(key))
    versions = [_terms(version) for version in purpose.versions.order_by("-version")]
    return {**_out(purpose), "versions": versions, "allowed": allowed, "left_out": left_out}


@router.post("/{key}/versions", response={201: PurposeOut}, operation_id="publish_purpose_version")
def publish_version(request: HttpRequest, key: Key, body: TermsIn) -> Status[dict[str, Any]]:
    """Publish other terms. Consent to the earlier ones ends at once; objections stay."""
    change_consent.publish_version(key=key, terms=body.terms(), actor=current(request), now=timezone.now())
    return Status(201, _out(operations.get_purpose(key)))


@router.patch("/{key}", response=PurposeOut, operation_id="update_purpose")
def update_purpose(request: HttpRequest, key: Key, body: PurposeChange) -> dict[str, Any]:
    """Rename a purpose, or put it out of use or back."""
    name = Text(body.name.zh, body.name.en) if body.name else None
    operations.update_purpose(
        key=key, name=name, is_active=body.is_active, actor=current(request), now=timezone.now()
    )
    return _out(operations.get_purpose(key))
