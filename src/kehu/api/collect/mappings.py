"""How a waiting import is understood: its reading, what each column seems to be, the mapping kept for later, the template."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from kehu.api.collect.import_view import ImportOut, ReadingIn, authors, view
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.collect import imports
from kehu.flows.imports import start_import as starting
from kehu.flows.imports.give_template import Kind, give_template
from kehu.flows.imports.read_again import read_again
from kehu.flows.imports.remember import save_mapping
from kehu.platform.scope import SYSTEM, acting

router = Router(tags=["imports"])
template = Router(tags=["imports"])
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILE = {
    200: {
        "description": "OK",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()},
    }
}


class MappingIn(Schema):
    """A mapping to keep, and how to meet what is known."""

    mapping: dict[str, Any]
    options: dict[str, Any] = Field(default_factory=dict)


class ProposalOut(Schema):
    """What a column seems to be, how certainly, and why."""

    column: str
    field: str | None
    role: str
    certainty: str
    reason: Label
    warning: Label | None
    samples: list[str]


@router.get("/{import_id}/proposals", response=list[ProposalOut], operation_id="list_import_proposals")
def list_proposals(request: HttpRequest, import_id: UUID) -> list[dict[str, Any]]:
    """Return what each column of the file seems to be."""
    current(request).require("import.run")
    job = imports.get_import(import_id)
    return [
        {
            "column": p.column, "field": p.field, "role": p.role, "certainty": p.certainty,
            "reason": p.reason._asdict(), "warning": p.warning._asdict() if p.warning else None,
            "samples": list(p.samples_masked),
        }
        for p in starting.get_proposals(job)
    ]  # fmt: skip


@router.patch("/{import_id}/reading", response=ImportOut, operation_id="update_import_reading")
def patch_reading(request: HttpRequest, import_id: UUID, body: ReadingIn) -> dict[str, Any]:
    """Read the file of a waiting import as said, all else recognized; its columns are proposed anew."""
    actor = current(request)
    actor.require("import.run")
    imports.get_import(import_id)
    with acting(SYSTEM):
        job = imports.get_import(import_id, for_update=True)
        read_again(job, body.given(), actor_id=actor.id, now=timezone.now())
        job = imports.get_import(import_id)
    return view(job, authors([job]))


@router.put("/{import_id}/mapping", response=ImportOut, operation_id="save_import_mapping")
def put_mapping(request: HttpRequest, import_id: UUID, body: MappingIn) -> dict[str, Any]:
    """Keep the mapping with a waiting import and for its source; nothing is imported."""
    actor = current(request)
    actor.require("import.run")
    imports.get_import(import_id)
    with acting(SYSTEM):
        job = imports.get_import(import_id, for_update=True)
        save_mapping(job, mapping=body.mapping, options=body.options, actor_id=actor.id, now=timezone.now())
    return view(job, authors([job]))


@template.get("", operation_id="get_import_template", openapi_extra={"responses": FILE})
def get_template(
    request: HttpRequest,
    kind: Kind = "customer",
    form: Literal["csv", "xlsx"] = "csv",
    language: Literal["zh", "en"] = "zh",
) -> HttpResponse:
    """Return an empty file whose headers are the fields, in a language; filled in and uploaded, it maps itself."""
    current(request).require("import.run")
    response = HttpResponse(give_template(kind=kind, form=form, language=language), content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="kehu-{kind}-template-{language}.{form}"'
    return response
