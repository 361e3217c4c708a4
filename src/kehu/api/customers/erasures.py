"""Rights of the person: everything held of him as a file, and erasure."""

from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Field, Query, Schema

from kehu.api.customers.copy_page import write_copy
from kehu.api.customers.router import router
from kehu.api.edge.schemas import PAGE
from kehu.api.govern.me import current
from kehu.flows.erase_customer import erase_customer
from kehu.flows.export_customer import export_customer


class EraseIn(Schema):
    """The ground for erasing."""

    reason: str = Field(min_length=1, max_length=2000)


class Erased(Schema):
    """How many source records went."""

    records_erased: int


@router.get(
    "/{customer_id}/export",
    operation_id="export_customer",
    response={200: dict[str, Any]},
    openapi_extra={"responses": PAGE},
)
def get_export(
    request: HttpRequest,
    customer_id: UUID,
    form: Annotated[str, Query(alias="format", pattern="^(json|html)$")] = "json",
) -> HttpResponse:
    """Return all that is held of one person, as JSON or as a page to read.

    The reason comes in the header `Kehu-Reason` (percent-encoded UTF-8): words about a person do not belong in an address.
    """
    reason = unquote(request.headers.get("Kehu-Reason", ""))[:500]
    held = export_customer(customer_id=customer_id, reason=reason, actor=current(request), now=timezone.now())
    if form == "html":
        response = HttpResponse(write_copy(held), content_type="text/html; charset=utf-8")
    else:
        response = JsonResponse(held, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="customer-{customer_id}.{form}"'
    return response


@router.post("/{customer_id}/erase", response=Erased, operation_id="erase_customer")
def post_erase(request: HttpRequest, customer_id: UUID, body: EraseIn) -> dict[str, int]:
    """Erase a person: rows, records, events, indexes, tokens, keys, staged files."""
    gone = erase_customer(
        customer_id=customer_id, reason=body.reason, actor=current(request), now=timezone.now()
    )
    return {"records_erased": gone}
