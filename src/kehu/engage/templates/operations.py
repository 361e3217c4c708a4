"""Templates: made, saved in versions, renamed, put away. What a check refuses is not saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from kehu.engage.models.templates import Template, TemplateVersion
from kehu.engage.templates.blocks.writing import to_mjml
from kehu.engage.templates.checks.findings import must_pass
from kehu.engage.templates.faults import TemplateInvalid, TemplateNameTaken, TemplateNotFound
from kehu.engage.templates.rendering import POLICIES, Draft, policies
from kehu.engage.templates.values import vocabulary_of
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.ids import new_id
from kehu.platform.text import Text

LANGUAGES = ("zh", "en")
LONGEST_SUBJECT = 300
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A message as its author gives it: MJML, or blocks of which the MJML is made."""

    subject: str
    language: str = "zh"
    source: str = ""
    missing: Mapping[str, Mapping[str, str]] | None = None
    blocks: Mapping[str, Any] | None = None


def draft_of(written: Written) -> Draft:
    """Return what is rendered. Raises TemplateInvalid for an unknown language, rule or block."""
    if written.language not in LANGUAGES:
        raise TemplateInvalid("language", Text("语言只能是 zh 或 en。", "The language is zh or en."))
    if len(written.subject) > LONGEST_SUBJECT or not written.subject.isprintable():
        text = Text(
            f"主题是一行，最多 {LONGEST_SUBJECT} 字，没有控制字符。",
            f"A subject is one line of at most {LONGEST_SUBJECT} characters, without control characters.",
        )
        raise TemplateInvalid("subject", text)
    missing = written.missing or {}
    if any(rule.get("policy") not in POLICIES for rule in missing.values()):
        text = Text(f"缺值的处理只能是 {'、'.join(POLICIES)}。", f"Without a value: {', '.join(POLICIES)}.")
        raise TemplateInvalid("missing", text)
    source = to_mjml(written.blocks, written.language) if written.blocks is not None else written.source
    return Draft(written.subject, source, written.language, missing)


def create_template(*, name: str, purpose: str, written: Written, actor: Actor, now: datetime) -> Template:
    """Make a template with its first version. Raises TemplateInvalid, TemplateNameTaken or PurposeNotFound."""
    actor.require("template.manage")
    draft = _passed(written, purpose, actor)
    made = Template(id=new_id(), name=_named(name), purpose=purpose, owner_id=actor.id, created_at=now)
    _save(made, force_insert=True)
    _add(made, draft, written, actor, now)
    _tell("template.create", made, actor, now)
    return made


def add_version(*, template_id: UUID, written: Written, actor: Actor, now: datetime) -> Template:
    """Save a message as the next version; earlier ones stay. Raises TemplateNotFound or TemplateInvalid."""
    actor.require("template.manage")
    template = _locked(template_id)
    _add(template, _passed(written, template.purpose, actor), written, actor, now)
    _tell("template.change", template, actor, now)
    return template


def change_template(
    *, template_id: UUID, name: str | None, is_archived: bool | None, actor: Actor, now: datetime
) -> Template:
    """Rename a template, put it away or take it back. Raises TemplateNotFound, TemplateNameTaken or TemplateInvalid."""
    actor.require("template.manage")
    template = _locked(template_id)
    template.name = template.name if name is None else _named(name)
    template.is_archived = template.is_archived if is_archived is None else is_archived
    _save(template)
    _tell("template.change", template, actor, now)
    return template


def get_template(template_id: UUID) -> Template:
    """Return a template with its current version. Raises TemplateNotFound."""
    found = Template.objects.select_related("current").filter(pk=template_id).first()
    if found is None:
        raise TemplateNotFound
    return found


def _passed(written: Written, purpose: str, actor: Actor) -> Draft:
    draft = draft_of(written)
    must_pass(draft, vocabulary_of(purpose, actor))
    return replace(draft, missing=policies(draft))


def _add(template: Template, draft: Draft, written: Written, actor: Actor, now: datetime) -> None:
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    template.current = TemplateVersion.objects.create(
        id=new_id(), template=template, number=last + 1, language=draft.language, subject=draft.subject,
        source=draft.source, missing=dict(draft.missing), blocks=dict(written.blocks) if written.blocks else None,
        author_id=actor.id, saved_at=now,
    )  # fmt: skip
    template.save(update_fields=["current"])


def _locked(template_id: UUID) -> Template:
    found = Template.objects.select_for_update().filter(pk=template_id).first()
    if found is None:
        raise TemplateNotFound
    return found


def _save(template: Template, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            template.save(force_insert=force_insert)
    except IntegrityError as error:
        raise TemplateNameTaken(template.name) from error


def _named(name: str) -> str:
    title = " ".join(name.split())
    if not title or len(title) > LONGEST_NAME or not title.isprintable():
        raise TemplateInvalid("name", Text("名称要有 1–100 个字。", "A name has 1 to 100 characters."))
    return title


def _tell(action: str, template: Template, actor: Actor, now: datetime) -> None:
    number = template.versions.aggregate(last=Max("number"))["last"]
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="template", object_id=template.pk,
        details={"version": number, "purpose": template.purpose, "is_archived": template.is_archived},
        request_id=actor.request_id,
    )  # fmt: skip
