"""Rights of the person: everything held of him as a file, and erasure."""

from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import escape
from ninja import Field, Query, Schema

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
        response = HttpResponse(readable(held), content_type="text/html; charset=utf-8")
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


def readable(held: dict[str, Any]) -> str:
    """Return an export as a page that a person can read, in Chinese with English beside."""
    values = "".join(
        f"<tr><th>{escape(v['label'])} {escape(v['label_en'])}</th><td>{escape(v['display'])}</td><td>{escape(v['source'])}</td></tr>"
        for v in held["values"]
    )
    records = "".join(
        f"<li>{escape(r['source'])}，{len(r['versions'])} 个版本，{escape(r['linked_at'][:10])} 起</li>"
        for r in held["records"]
    )
    events = "".join(
        f"<tr><td>{escape(e['at'][:19])}</td><td>{escape(e['source'] or '')}</td><td>{escape(e['name'])}</td></tr>"
        for e in held["timeline"]
    )
    return (
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>个人信息副本</title>"
        "<style>body{font:14px/1.6 sans-serif;max-width:860px;margin:32px auto}table{border-collapse:collapse;width:100%}"
        "td,th{border-bottom:1px solid #e4e7ec;padding:6px 8px;text-align:left;font-weight:400}</style>"
        f"<h1>个人信息副本 Copy of personal information</h1><p>{escape(held['exported_at'][:19])}</p>"
        f"<h2>资料 Values</h2><table>{values}</table><h2>来源记录 Records</h2><ul>{records}</ul>"
        f"<h2>时间线 Timeline</h2><table>{events}</table></html>"
    )
