"""Templates of messages: written, checked, looked at, saved in versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.api.engage.channels import ChannelTrialOut
from kehu.api.govern.me import current
from kehu.engage.channels.trying import Trial
from kehu.engage.models.templates import Template, TemplateVersion
from kehu.engage.templates import operations, preview
from kehu.engage.templates.blocks.shipped import starters
from kehu.engage.templates.checks.findings import Finding, check
from kehu.engage.templates.checks.samples import Sample
from kehu.engage.templates.faults import TemplateInvalid
from kehu.engage.templates.operations import Written
from kehu.engage.templates.rendering import Compiled, Draft, policies
from kehu.engage.templates.trial import send_trial
from kehu.engage.templates.values import Vocabulary, require_fields, vocabulary_of
from kehu.govern.access.actors import Actor

router = Router(tags=["templates"])

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class MissingRule(Schema):
    """What happens where a customer has no value: `default` writes `text`, `skip` leaves him out, `blank` writes nothing."""

    policy: Literal["default", "skip", "blank"]
    text: str = Field(default="", max_length=200)


class MessageIn(Schema):
    """A message: MJML with Liquid as `source`, or `blocks` {color, preview, blocks} of which the MJML is written."""

    subject: str = Field(max_length=300)
    language: Literal["zh", "en"] = "zh"
    source: str = Field(default="", max_length=200_000)
    missing: dict[str, MissingRule] = Field(default_factory=dict, max_length=200)
    blocks: dict[str, Any] | None = None

    def written(self) -> Written:
        """Return it as operations take it."""
        missing = {name: rule.dict() for name, rule in self.missing.items()}
        return Written(self.subject, self.language, self.source, missing, self.blocks)


class TemplateIn(MessageIn):
    """A new template with its first version."""

    name: str = Field(min_length=1, max_length=100)
    purpose: Key


class TemplateChange(Schema):
    """What is to change; another message is saved as a new version."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    is_archived: bool | None = None


class MessageCheck(MessageIn):
    """A message to be checked for a purpose."""

    purpose: Key


class MessagePreview(MessageCheck):
    """A message to be looked at: for a made-up customer, or for a real one by id."""

    sample: Literal["usual", "long", "missing"] = "usual"
    customer_id: UUID | None = None


class MessageTrial(MessageCheck):
    """A message to be sent to oneself by an account, for a made-up customer."""

    account: str = Field(max_length=64)
    sample: Literal["usual", "long", "missing"] = "usual"


class FindingOut(Schema):
    """What a check found. `refused` is not saved, a `warning` is. Line 0 is the subject or the whole."""

    code: str
    level: Literal["refused", "warning"]
    text: Label
    line: int


class CheckOut(Schema):
    """All findings, the MJML as it would be saved, the rule of each variable, and the links in order of place."""

    findings: list[FindingOut]
    source: str
    missing: dict[str, MissingRule]
    links: list[str]


class MessagePreviewOut(CheckOut):
    """A message as it would be sent. `missing_variable` tells why it would not be, and is empty otherwise."""

    subject: str
    html: str
    text: str
    missing_variable: str


class VariableOut(Schema):
    """A variable that may be used: its Liquid name and the field's label."""

    name: str
    label: Label
    section: str
    is_number: bool


class StarterOut(Schema):
    """A message to begin with."""

    key: str
    name: str
    language: str
    subject: str
    missing: dict[str, MissingRule]
    blocks: dict[str, Any]


class TemplateVocabulary(Schema):
    """What templates of a purpose may use; `must_unsubscribe`: a link to unsubscribe is wanted."""

    variables: list[VariableOut]
    must_unsubscribe: bool
    starters: list[StarterOut]


class TemplateVersionOut(Schema):
    """A message as it was saved."""

    id: UUID
    number: int
    language: str
    subject: str
    author_id: int | None
    saved_at: datetime


class TemplateOut(Schema):
    """A template with its latest version."""

    id: UUID
    name: str
    channel: str
    purpose: str
    is_archived: bool
    created_at: datetime
    current: TemplateVersionOut


class TemplateDetails(TemplateOut):
    """A template with its message and all versions, the newest first."""

    source: str
    missing: dict[str, MissingRule]
    blocks: dict[str, Any] | None
    versions: list[TemplateVersionOut]


@router.get("", response=list[TemplateOut], operation_id="list_templates")
def list_templates(request: HttpRequest, *, archived: bool = False) -> list[dict[str, Any]]:
    """Return the templates, the latest first."""
    current(request).require("template.manage")
    found = Template.objects.select_related("current").exclude(current=None).filter(is_archived=archived)
    return [_out(one) for one in found.order_by("-current__saved_at", "pk")]


@router.get("/vocabulary", response=TemplateVocabulary, operation_id="get_template_vocabulary")
def get_vocabulary(
    request: HttpRequest, purpose: str = "", language: Literal["zh", "en"] = "zh"
) -> dict[str, Any]:
    """Return the variables that a purpose and the reader's rights allow, and messages to begin with."""
    actor = current(request)
    actor.require("template.manage")
    vocabulary = vocabulary_of(purpose, actor)
    return {
        "variables": [
            {
                "name": f"customer.{key}", "label": spec.label._asdict(), "section": spec.section,
                "is_number": spec.standard.is_number,
            }
            for key, spec in vocabulary.fields.items()
        ],
        "must_unsubscribe": vocabulary.must_unsubscribe,
        "starters": list(starters(language)),
    }  # fmt: skip


@router.post("/check", response=CheckOut, operation_id="check_template")
def check_template(request: HttpRequest, body: MessageCheck) -> dict[str, Any]:
    """Check a message without saving it."""
    actor = current(request)
    actor.require("template.manage")
    return _checked(body, actor)[1]


@router.post("/preview", response=MessagePreviewOut, operation_id="preview_template")
def preview_template(request: HttpRequest, body: MessagePreview) -> dict[str, Any]:
    """Return a message as somebody would get it, with what the checks found; a real customer's values follow the reader's rights."""
    actor = current(request)
    actor.require("template.manage")
    compiled, told = _checked(body, actor)
    seen = preview.Seen(None)
    if compiled is not None and body.customer_id is not None:
        require_fields(compiled.fields, purpose=body.purpose, actor=actor)
        seen = preview.preview_customer(compiled, body.customer_id, actor=actor, now=timezone.now())
    elif compiled is not None:
        sample: Sample = body.sample
        seen = preview.preview_sample(compiled, sample)
    content = seen.content
    return {
        **told, "subject": content.subject if content else "", "html": content.html if content else "",
        "text": content.text if content else "", "missing_variable": seen.missing,
    }  # fmt: skip


@router.post("/test-message", response=ChannelTrialOut, operation_id="send_test_of_template")
def post_test_message(request: HttpRequest, body: MessageTrial) -> Trial:
    """Send a message as it stands to the caller's own address, and to no other; it is marked as a test and counted nowhere."""
    return send_trial(
        body.written(), purpose=body.purpose, sample=body.sample, account=body.account, actor=current(request),
        now=timezone.now(),
    )  # fmt: skip


@router.post("", response={201: TemplateDetails}, operation_id="create_template")
def create_template(request: HttpRequest, body: TemplateIn) -> Status[dict[str, Any]]:
    """Save a new template. What a check refuses is not saved."""
    made = operations.create_template(
        name=body.name,
        purpose=body.purpose,
        written=body.written(),
        actor=current(request),
        now=timezone.now(),
    )
    return Status(201, _details(made))


@router.get("/{template_id}", response=TemplateDetails, operation_id="get_template")
def get_template(request: HttpRequest, template_id: UUID) -> dict[str, Any]:
    """Return a template with its message."""
    current(request).require("template.manage")
    return _details(operations.get_template(template_id))


@router.patch("/{template_id}", response=TemplateDetails, operation_id="update_template")
def update_template(request: HttpRequest, template_id: UUID, body: TemplateChange) -> dict[str, Any]:
    """Rename a template, put it away or take it back."""
    changed = operations.change_template(
        template_id=template_id, name=body.name, is_archived=body.is_archived, actor=current(request),
        now=timezone.now(),
    )  # fmt: skip
    return _details(changed)


@router.post("/{template_id}/versions", response={201: TemplateDetails}, operation_id="add_template_version")
def add_version(request: HttpRequest, template_id: UUID, body: MessageIn) -> Status[dict[str, Any]]:
    """Save a message as the template's next version; campaigns keep the version that they were approved with."""
    made = operations.add_version(
        template_id=template_id, written=body.written(), actor=current(request), now=timezone.now()
    )
    return Status(201, _details(made))


def _checked(body: MessageCheck, actor: Actor) -> tuple[Compiled | None, dict[str, Any]]:
    vocabulary: Vocabulary = vocabulary_of(body.purpose, actor)
    draft: Draft | None = None
    compiled: Compiled | None = None
    try:
        draft = operations.draft_of(body.written())
        compiled, found = check(draft, vocabulary)
    except TemplateInvalid as fault:
        found = [Finding(fault.fault, "refused", fault.plain, fault.line)]
    rules: Mapping[str, Mapping[str, str]] = policies(draft) if draft and compiled else {}
    return compiled, {
        "findings": [
            {"code": one.code, "level": one.level, "text": one.text._asdict(), "line": one.line} for one in found
        ],
        "source": draft.source if draft else body.source,
        "missing": rules,
        "links": list(compiled.links) if compiled else [],
    }  # fmt: skip


def _version(version: TemplateVersion) -> dict[str, Any]:
    same = ("id", "number", "language", "subject", "author_id", "saved_at")
    return {name: getattr(version, name) for name in same}


def _out(template: Template) -> dict[str, Any]:
    if template.current is None:
        raise LookupError(template.pk)
    same = ("id", "name", "channel", "purpose", "is_archived", "created_at")
    return {**{name: getattr(template, name) for name in same}, "current": _version(template.current)}


def _details(template: Template) -> dict[str, Any]:
    version = template.current
    if version is None:
        raise LookupError(template.pk)
    return {
        **_out(template), "source": version.source, "missing": version.missing, "blocks": version.blocks,
        "versions": [_version(one) for one in template.versions.order_by("-number")],
    }  # fmt: skip
