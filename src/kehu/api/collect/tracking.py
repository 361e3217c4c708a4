"""The tracking protocol: plain views, since unmodified clients decide what success and failure look like.

200 with a JSON body is the only success; every error carries `code` and `message`. Clients take 202 or 204 for
a failure, and resend a permanent error for ever when its body has another shape.
"""

import base64
import binascii
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import msgspec
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from kehu.collect.tracking import inbox
from kehu.collect.tracking.limits import BODY, Meter, TooFast, limits
from kehu.collect.tracking.reading import body as bodies
from kehu.collect.tracking.write_keys import UnknownWriteKey, source_of
from kehu.platform.errors import KehuError, Unavailable
from kehu.platform.text import Text

log = logging.getLogger(__name__)
TYPES = {"i": "identify", "t": "track", "p": "page", "s": "screen", "g": "group", "a": "alias"}
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "authorization, content-type, content-encoding, x-retry-count, x-write-key",
    "Access-Control-Max-Age": "86400",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
STATUS: tuple[tuple[type[KehuError], int], ...] = (
    (bodies.BodyTooLarge, 413), (UnknownWriteKey, 401), (TooFast, 429), (Unavailable, 503), (KehuError, 400),
)  # fmt: skip
RETRY_SECONDS = 2
_encode = msgspec.json.Encoder().encode
_meter = Meter()
View = Callable[..., HttpResponse]


def _answer(status: int, content: dict[str, Any], *, retry_after: int | None = None) -> HttpResponse:
    response = HttpResponse(_encode(content), status=status, content_type="application/json", headers=CORS)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _fault(status: int, code: str, message: str, *, retry_after: int | None = None) -> HttpResponse:
    return _answer(status, {"code": code, "message": message, "success": False}, retry_after=retry_after)


def _protocol(*methods: str) -> Callable[[View], View]:
    """Make a view answer as the protocol demands, whatever happens in it."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponse:
            if request.method in methods:
                return _guarded(view, request, parts)
            if request.method in {"OPTIONS", "HEAD"}:
                return _answer(200, {"success": True})
            response = _fault(405, "method_not_allowed", "Use " + " or ".join(methods) + ".")
            response.headers["Allow"] = ", ".join((*methods, "HEAD", "OPTIONS"))
            return response

        return answer

    return decorate


def _guarded(view: View, request: HttpRequest, parts: dict[str, str]) -> HttpResponse:
    try:
        return view(request, **parts)
    except KehuError as error:
        status = next(number for kind, number in STATUS if isinstance(error, kind))
        wait = getattr(error, "retry_after", RETRY_SECONDS) if status in {429, 503} else None
        return _fault(status, error.code, error.text.en, retry_after=wait)
    except DatabaseFault:
        log.warning("tracking batch not taken: the database is away")
        text = "The database is away. Send again."
        return _fault(503, "database_unavailable", text, retry_after=RETRY_SECONDS)
    except Exception:
        log.exception("tracking request failed")
        return _fault(500, "unexpected", "This did not complete. Send again.")


def _body(request: HttpRequest) -> bytes:
    """Read the body, 4 MB at most, whatever way it comes in. Raises BodyTooLarge or NotJson."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > BODY:
        raise bodies.BodyTooLarge
    is_chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    stream = request.META["wsgi.input"] if is_chunked else request
    try:
        data: bytes = stream.read(BODY + 1)
    except OSError as error:
        raise bodies.NotJson from error
    if len(data) > BODY:
        raise bodies.BodyTooLarge
    return bodies.inflate(data)


def _header_key(request: HttpRequest) -> str:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return text.partition(":")[0]


def _take(request: HttpRequest, kind: str) -> HttpResponse:
    received_at = datetime.now(UTC)
    body = _body(request)
    batch = bodies.read_batch(body)
    key = _header_key(request) or batch.write_key or request.GET.get("writeKey", "")
    source_id = source_of(key)
    most = limits()
    count = len(batch.events)
    _meter.take(source_id, count, most.rate)
    inbox.check_room(most.backlog)
    if count:
        inbox.put(source_id=source_id, head=inbox.Head(kind), body=body, count=count, received_at=received_at)
    return _answer(200, {"success": True, "received": count})


@_protocol("POST")
def batch(request: HttpRequest) -> HttpResponse:
    """Take a batch: sealed, committed, then acknowledged."""
    return _take(request, "")


@_protocol("POST")
def single(request: HttpRequest, kind: str) -> HttpResponse:
    """Take one event whose type is in the address."""
    return _take(request, TYPES.get(kind, kind))


@_protocol("POST", "GET")
def metrics(request: HttpRequest) -> HttpResponse:
    """Acknowledge a client's own figures and drop them."""
    del request
    return _answer(200, {"success": True})


@_protocol("GET")
def browser_settings(request: HttpRequest, write_key: str) -> HttpResponse:
    """Return what the browser client needs before it sends: where to, with which key. Raises UnknownWriteKey."""
    source_of(write_key)
    sender = {"apiKey": write_key, "apiHost": f"{request.get_host()}/v1", "protocol": request.scheme}
    return _answer(200, {"integrations": {"Segment.io": sender}, "plan": {}, "enabledMiddleware": {}})


@_protocol("GET", "POST")
def unknown(request: HttpRequest) -> HttpResponse:
    """Answer for an address that the protocol does not have."""
    del request
    text = Text("没有这个地址。", "There is no such address.")
    return _fault(404, "not_found", text.en)


urls: list[URLPattern] = [
    re_path(r"^v1/(?:batch|b|import)/?$", batch),
    re_path(r"^v1/(?P<kind>identify|track|page|screen|group|alias|[itpsga])/?$", single),
    re_path(r"^v1/m/?$", metrics),
    path("v1/projects/<str:write_key>/settings", browser_settings),
    re_path(r"^v1/", unknown),
]
