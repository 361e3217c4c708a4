"""The interviews with one customer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kehu.api.customers.router import router
from kehu.api.engage.interviews.view import TalkRow, talk_row
from kehu.api.govern.me import current
from kehu.engage.interviews.records import list_talks_of
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier
from kehu.resolve.forwarding import list_retired


@router.get("/{customer_id}/interviews", response=list[TalkRow], operation_id="list_customer_interviews")
def list_interviews(request: HttpRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """Return the interviews with a customer under every id that leads to him, the reader's drafts first."""
    actor = current(request)
    actor.require("survey.read")
    living = get_dossier(customer_id, fields=registry()).id
    ids = [living, *(one.gone for one in list_retired([living])[living])]
    return [talk_row(one, actor) for one in list_talks_of(ids, actor_id=actor.id)]
