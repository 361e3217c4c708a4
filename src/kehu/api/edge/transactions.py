"""One transaction a request: an answer of 400 or more takes everything back, whoever made the answer."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from kehu.api.edge.authentication import actor_of
from kehu.api.edge.errors import answer_of, as_problem, unavailable
from kehu.api.edge.idempotency import once
from kehu.api.edge.uploads import discard_uploads
from kehu.govern import audit
from kehu.platform.errors import Unavailable
from kehu.platform.scope import NOBODY, acting

PREFIX = "/api/v1/"
WORTH_AUDITING = {403}


class OneTransaction:
    """Middleware, innermost; for the product's own API only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside a transaction under the actor's scope; a database that is away is a 503, never a page."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        try:
            return self._answer(request)
        except OperationalError:
            return unavailable(request)
        except Unavailable as error:
            return answer_of(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for pages besides the API (signing in, links of mails) when what they stand on is away."""
        return answer_of(request, exception) if isinstance(exception, Unavailable) else None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            actor = actor_of(request)
        with acting(actor.scope if actor else NOBODY), transaction.atomic():
            response = as_problem(request, once(request, actor, lambda: self.get_response(request)))
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
                discard_uploads(request)
        if response.status_code in WORTH_AUDITING and actor is not None:
            audit.record_apart(
                action="refused", actor_id=actor.id, decision="refused",
                details={"method": request.method, "route": route_of(request)}, request_id=actor.request_id,
            )  # fmt: skip
        return response


def route_of(request: HttpRequest) -> str:
    """Return the route's pattern, without the values in it."""
    match = request.resolver_match
    return match.route if match is not None else ""
