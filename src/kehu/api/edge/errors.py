"""From facts to answers: one table of statuses, `application/problem+json`, in the reader's language, without personal values."""

import logging
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import Http404
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kehu.platform import errors
from kehu.platform.text import Text

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[errors.KehuError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotAllowed, 403),
    (errors.Conflict, 409),
    (errors.Unavailable, 503),
    (errors.Invalid, 422),
    (errors.KehuError, 422),
)
TITLES: dict[int, Text] = {
    400: Text("请求不完整", "Bad request"),
    401: Text("需要登录", "Sign in first"),
    403: Text("没有权限", "Not allowed"),
    404: Text("没有找到", "Not found"),
    405: Text("不支持这种请求", "Method not allowed"),
    409: Text("已经变化", "Conflict"),
    413: Text("太大", "Too large"),
    422: Text("有需要更正的地方", "Something needs correcting"),
    500: Text("没有完成", "Not completed"),
    503: Text("暂时不可用", "Not available now"),
}
NOT_HERE = Text(
    "这一页不在您的可见范围。它属于别的机构，或者并不存在。",
    "This is outside what you can see. It belongs to another unit, or does not exist.",
)

NOT_STORABLE = Text(
    "有的内容无法保存：不可见的控制字符，或超出范围的数字、时间。改正后再试。",
    "Something cannot be stored: a control character, or a number or time out of range. Correct it and try again.",
)

NO_SUCH_PATH = Text(
    "没有这个地址。核对版本和拼写，接口见 /api/v1/openapi.json。",
    "There is no such address. Check version and spelling; /api/v1/openapi.json lists them all.",
)
NO_SUCH_METHOD = Text(
    "这个地址不支持这种请求方法，可用的见 Allow。",
    "This address does not take this method; see `Allow` for those it takes.",
)
UNREADABLE = Text("请求的内容读不出来。检查格式后再试。", "The request cannot be read. Check its format.")
TOLD: dict[int, tuple[str, Text]] = {
    400: ("bad_request", UNREADABLE),
    404: ("not_found", NO_SUCH_PATH),
    405: ("method_not_allowed", NO_SUCH_METHOD),
}
PROBLEM = "application/problem+json"

TOO_LARGE = Text("一次请求最多 8 MB，分几次发送。", "A request has 8 MB at most. Send it in parts.")


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in: what the request asks for, else the actor's, else Chinese."""
    asked = request.headers.get("Accept-Language", "")
    actor = getattr(request, "actor", None)
    return asked.split(",")[0] if asked else (actor.language if actor else "zh-CN")


def problem(
    request: HttpRequest, status: int, code: str, detail: Text, *, fields: list[dict[str, str]] | None = None
) -> HttpResponse:
    """Return a problem document (RFC 9457); `code` is stable, `detail` is for people."""
    language = language_of(request)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[500]).within(language),
        "status": status,
        "code": code,
        "detail": detail.within(language),
        "request_id": getattr(request, "request_id", ""),
    }
    if fields is not None:
        body["fields"] = fields
    response = JsonResponse(body, status=status, content_type=PROBLEM)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "2"
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return the answer for a database that is away or full."""
    detail = Text(
        "数据库暂时连不上，几秒后再试。刚才这一步可能没有保存，先刷新确认。",
        "The database is away; try again in seconds. This step may not have been saved: reload and look first.",
    )
    return problem(request, 503, "database_unavailable", detail)


def answer_of(request: HttpRequest, exc: errors.KehuError) -> HttpResponse:
    """Return the answer for a fact that the product itself tells."""
    status = next(number for kind, number in STATUS if isinstance(exc, kind))
    return problem(request, status, exc.code, exc.text, fields=_placed(request, exc))


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the bare page or line with which Django or ninja refuse a path or a method as a problem document."""
    told = TOLD.get(response.status_code)
    if told is None or response.headers.get("Content-Type", "") == PROBLEM:
        return response
    answer = problem(request, response.status_code, *told)
    if allowed := response.headers.get("Allow"):
        answer.headers["Allow"] = ", ".join(sorted(allowed.split(", ")))
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the answer for a missing or wrong CSRF token."""
    del reason
    return problem(
        request,
        403,
        "csrf",
        Text("页面停留太久，刷新后再试。", "This page has been open too long. Reload and try again."),
    )


def _expected(request: HttpRequest, exc: Exception) -> HttpResponse | None:
    """Return the answer for what Django itself raises on a request too large, unstorable, or without a database."""
    from django.core.exceptions import RequestDataTooBig
    from django.db import DataError, OperationalError

    if isinstance(exc, OperationalError):
        return unavailable(request)
    if isinstance(exc, RequestDataTooBig):
        return problem(request, 413, "too_large", TOO_LARGE)
    if isinstance(exc, (DataError, UnicodeEncodeError)):
        return problem(request, 422, "cannot_be_stored", NOT_STORABLE)
    return None


def _placed(request: HttpRequest, exc: errors.KehuError) -> list[dict[str, str]] | None:
    """Return the place of a mistake with what is wrong there; None where it has none."""
    if exc.said is None:
        return None
    return [{"field": exc.path, "code": exc.code, "detail": exc.said.within(language_of(request))}]


def install(api: NinjaAPI) -> None:
    """Tie every exception to its answer."""

    @api.exception_handler(errors.KehuError)
    def known(request: HttpRequest, exc: errors.KehuError) -> HttpResponse:
        return answer_of(request, exc)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        fields = [
            {"field": ".".join(str(part) for part in e["loc"]), "code": str(e["type"])} for e in exc.errors
        ]
        detail = Text("有字段不符合要求，见 fields。", "Some fields are not as they must be; see `fields`.")
        return problem(request, 422, "invalid_request", detail, fields=fields)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        del exc
        detail = Text(
            "登录已过期或令牌无效，重新登录即可。",
            "Your session has ended or the token is not valid. Sign in again.",
        )
        return problem(request, 401, "not_signed_in", detail)

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, exc: Http404) -> HttpResponse:
        del exc
        return problem(request, 404, "not_found", NOT_HERE)

    @api.exception_handler(HttpError)
    def plain(request: HttpRequest, exc: HttpError) -> HttpResponse:
        if exc.status_code == HTTPStatus.FORBIDDEN:
            return csrf_failure(request)
        return problem(request, exc.status_code, "bad_request", UNREADABLE)

    @api.exception_handler(Exception)
    def unexpected(request: HttpRequest, exc: Exception) -> HttpResponse:
        if (answer := _expected(request, exc)) is not None:
            return answer
        log.error("request failed", exc_info=exc, extra={"request_id": getattr(request, "request_id", "")})
        detail = Text(
            "这一步没有完成，什么都没有写入。把编号告诉管理员。",
            "This did not complete and nothing was written. Tell your administrator the id.",
        )
        return problem(request, 500, "unexpected", detail)
