"""Looking at a message as it would be sent to somebody: a made-up customer, or a real one as far as the reader may see him."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.engage.channels.contract import Content
from kehu.engage.templates.checks.findings import SHOWN
from kehu.engage.templates.checks.samples import Sample, sample_values
from kehu.engage.templates.rendering import Compiled, Missing, Urls
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import present, shown_name
from kehu.govern.fields.registry import Registry, registry
from kehu.profile.dossier import get_dossier


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody would get; or which variable keeps him from getting it."""

    content: Content | None
    missing: str = ""


def preview_sample(compiled: Compiled, kind: Sample) -> Seen:
    """Return a message for a made-up customer."""
    return _seen(compiled, sample_values(kind, registry(), compiled.language))


def preview_customer(compiled: Compiled, customer_id: UUID, *, actor: Actor, now: datetime) -> Seen:
    """Return a message for a customer of the open scope, masked by the reader's rights, and tell the trail.

    Raises CustomerNotFound.
    """
    actor.require("customer.read")
    fields = registry()
    dossier = get_dossier(customer_id, fields=fields)
    given = {**dossier.golden.values, "name": dossier.name}
    values = {key: _for(actor, fields, key, given) for key in compiled.fields}
    audit.record(
        action="template.preview", actor_id=actor.id, now=now, object_kind="customer", object_id=dossier.id,
        fields=list(compiled.fields), request_id=actor.request_id,
    )  # fmt: skip
    return _seen(compiled, {"customer": values, "sender": {"name": actor.unit_name}})


def _for(actor: Actor, fields: Registry, key: str, given: dict[str, Any]) -> Any:
    spec, value = fields.get(key), given.get(key)
    if spec is None or value is None:
        return None
    if key == "name":
        return shown_name(str(value), actor)
    shown = present(spec, value, actor=actor, language="zh", surface="profile", beside={})
    if shown is None:
        return None
    return shown.display if shown.is_masked else value


def _seen(compiled: Compiled, values: dict[str, Any]) -> Seen:
    links = compiled.links
    urls = Urls(
        view=SHOWN.view, unsubscribe=SHOWN.unsubscribe, pixel="", link=links.__getitem__, survey=SHOWN.survey
    )
    found = compiled.render(values, urls=urls)
    return Seen(None, found.variable) if isinstance(found, Missing) else Seen(found)
