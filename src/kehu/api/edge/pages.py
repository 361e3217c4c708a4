"""The web app's one page, served for every address that is no other's."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape

MISSING = "<!doctype html><meta charset=utf-8><title>Kehu</title><p>网页尚未构建：运行 make setup。 The web app is not built: run make setup."


@cache
def _page(changed: float) -> bytes:
    """Return the page with the organisation's name in it, which the sign-in page greets with."""
    del changed
    name = escape(settings.ENV.organization)
    page = Path(settings.WEB, "index.html").read_text(encoding="utf-8")
    return page.replace(
        "<head>", f'<head>\n    <meta name="kehu-organization" content="{name}" />', 1
    ).encode()


def index(request: HttpRequest) -> HttpResponse:
    """Return the app's page; the CSRF cookie comes with it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405)
    get_token(request)
    file = Path(settings.WEB, "index.html")
    if not file.exists():
        return HttpResponse(MISSING, status=503)
    return HttpResponse(_page(file.stat().st_mtime))
