"""Whether the service answers: for load balancers and the command line, without sign-in and without detail."""

from django.db import connection
from django.http import HttpRequest
from ninja import Router, Schema

router = Router(tags=["health"])


class Health(Schema):
    """The state of the service."""

    status: str


@router.get("", response=Health, auth=None, operation_id="get_health")
def get_health(request: HttpRequest) -> dict[str, str]:
    """Answer when web and database do."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"status": "ok"}
