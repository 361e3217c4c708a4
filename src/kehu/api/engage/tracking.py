"""What customers' mail programs and browsers ask for, without sign-in: pictures, links, and leaving.

Only a POST changes anything. `POST /u/<token>` is the one-click of RFC 8058; the page at the same address asks first.
"""

import base64
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Router, Schema
from pydantic import Field

from kehu.api.edge.pages import index
from kehu.api.edge.schemas import Label
from kehu.engage.campaigns.sent import find_sent
from kehu.engage.channels import tracking
from kehu.engage.channels.machines import Visit
from kehu.flows.consent.consent_link import LinkNotValid
from kehu.flows.engage.channels import leave
from kehu.govern.purposes.terms import CHANNELS
from kehu.platform.scope import NOBODY, acting
from kehu.platform.text import Text

router = Router(tags=["leaving"])
tracking.tell_sends(find_sent)
log = logging.getLogger(__name__)
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
ONE_CLICK = "List-Unsubscribe"
GONE = Text(
    "链接无效。请直接打开我们的网站或联系客户经理。",
    "This link is not valid. Please open our site directly, or ask your relationship manager.",
)
View = Callable[..., HttpResponse]


class LeavingIn(Schema):
    """The token of a link in a message."""

    token: str = Field(min_length=1, max_length=100)


class LeavingOut(Schema):
    """What the link leads out of, and whether that was done before. It does not say who he is."""

    purpose: Label
    channel: Label
    is_done: bool


def visit_of(request: HttpRequest) -> Visit:
    """Return what is known of a request: nothing that names the person."""
    marks = " ".join(
        request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    )
    return Visit(request.method or "", request.headers.get("User-Agent", "")[:500], marks)


def _quietly(view: View) -> View:
    """Let a receipt that cannot be written spoil neither picture nor link."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        with acting(NOBODY):
            return view(request, **parts)

    return answer


@_quietly
def get_pixel(request: HttpRequest, token: str) -> HttpResponse:
    """Write that a message was opened. The picture is the same whatever the token."""
    try:
        tracking.record_open(token, visit=visit_of(request), now=timezone.now())
    except OperationalError:
        log.warning("a receipt was not written: the database is away")
    return HttpResponse(PIXEL, content_type="image/gif")


@_quietly
def get_link(request: HttpRequest, token: str, place: int) -> HttpResponse:
    """Write that a link was followed, and lead to it. Only links that a template was saved with are led to."""
    try:
        url = tracking.record_click(token, place, visit=visit_of(request), now=timezone.now())
    except OperationalError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    if url is None:
        return HttpResponse(f"{GONE.zh}\n{GONE.en}", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=302, headers={"Location": url, "Referrer-Policy": "no-referrer"})


@_quietly
def get_trap(request: HttpRequest, token: str) -> HttpResponse:
    """Write that somebody followed what no person sees."""
    del request
    try:
        tracking.record_trap(token, now=timezone.now())
    except OperationalError:
        log.warning("a receipt was not written: the database is away")
    return HttpResponse(status=204)


@csrf_exempt
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw by POST, as mail programs do; show the page for GET, which changes nothing."""
    if request.method != "POST":
        return index(request)
    if request.POST.get(ONE_CLICK, "").casefold() != "one-click":
        return HttpResponse(status=400)
    try:
        with acting(NOBODY), transaction.atomic():
            leave.leave(token=token, request_id=getattr(request, "request_id", ""), now=timezone.now())
    except LinkNotValid:
        return HttpResponse(status=404)
    except OperationalError:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    return HttpResponse(status=200)


@router.post("/read", response=LeavingOut, auth=None, operation_id="read_leaving")
def post_read(request: HttpRequest, body: LeavingIn) -> dict[str, Any]:
    """Return what a link leads out of; nothing is changed."""
    del request
    return _out(leave.read_leaving(token=body.token, now=timezone.now()))


@router.post("", response=LeavingOut, auth=None, operation_id="leave")
def post_leave(request: HttpRequest, body: LeavingIn) -> dict[str, Any]:
    """Withdraw consent for the purpose and the channel of a link. It holds at once."""
    request_id = getattr(request, "request_id", "")
    return _out(leave.leave(token=body.token, request_id=request_id, now=timezone.now()))


def _out(leaving: leave.Leaving) -> dict[str, Any]:
    return {
        "purpose": {"zh": leaving.purpose.name_zh, "en": leaving.purpose.name_en},
        "channel": CHANNELS[leaving.channel]._asdict(), "is_done": leaving.is_done,
    }  # fmt: skip


urls = [
    path("t/o/<str:token>.gif", get_pixel),
    path("t/c/<str:token>/<int:place>", get_link),
    path("t/h/<str:token>", get_trap),
    path("u/<str:token>", one_click),
]
