"""Idempotency keys: a write that is sent again under the same `Idempotency-Key` gives the first answer and acts once.

Only completed outcomes are stored, in the transaction that they tell of; another body under the same key is refused,
and a second request while the first still runs is told to wait.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kehu.api.edge.errors import problem
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.keyring import keyring
from kehu.platform.text import Text

HEADER = "Idempotency-Key"
MOST_CHARACTERS = 255
METHODS = frozenset({"POST", "PATCH", "PUT", "DELETE"})
PLACE = "platform_idempotent_outcome.sealed"
REUSED = Text(
    "这个幂等键已用于另一个请求，换一个键再试。",
    "This idempotency key was used for another request. Use a new one.",
)
RUNNING = Text(
    "同一个请求还在处理，稍后再试会得到它的结果。",
    "The same request is still running. Try again later for its answer.",
)
TOO_LONG = Text("幂等键最长 255 个字符。", "An idempotency key has 255 characters at most.")


def once(request: HttpRequest, actor: Actor | None, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a request, or give the stored answer of the first one under its key; runs in the request's transaction."""
    key = request.headers.get(HEADER, "")
    if not key or actor is None or request.method not in METHODS:
        return answer()
    if len(key) > MOST_CHARACTERS:
        return problem(request, 422, "idempotency_key", TOO_LONG)
    if not _lock(actor.id, key):
        return problem(request, 409, "idempotency_running", RUNNING)
    digest = _digest(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT request_digest, status, sealed FROM platform_idempotent_outcome WHERE actor_id = %s AND key = %s",
            [actor.id, key],
        )
        row = cursor.fetchone()
    if row is not None:
        return (
            _again(request, row[1], row[2])
            if bytes(row[0]) == digest
            else problem(request, 422, "idempotency_key", REUSED)
        )
    response = answer()
    if response.status_code < HTTPStatus.BAD_REQUEST and not response.streaming:
        _store(actor.id, key, digest, response)
    return response


def _lock(actor_id: int, key: str) -> bool:
    mark = hashlib.sha256(f"{actor_id}|{key}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(mark[:8], "big", signed=True)])
        return bool(cursor.fetchone()[0])


def _digest(request: HttpRequest) -> bytes:
    """Return what tells two requests apart, keyed: a plain hash of a short body tells its number to whoever tries them all.

    Of an upload it knows only the length, since its body streams to a sealed file.
    """
    is_upload = request.content_type == "multipart/form-data"
    body = request.headers.get("Content-Length", "").encode() if is_upload else request.body
    return keyring().stable("request", f"{request.method}|{request.get_full_path()}|".encode() + body)


def _store(actor_id: int, key: str, digest: bytes, response: HttpResponse) -> None:
    sealed = keyring().stage(
        response.headers.get("Content-Type", "").encode() + b"\n" + response.content, PLACE
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_idempotent_outcome (actor_id, key, request_digest, status, sealed, created_at) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [actor_id, key, digest, response.status_code, sealed, timezone.now()],
        )


def _again(request: HttpRequest, status: int, sealed: bytes) -> HttpResponse:
    del request
    content_type, _, content = keyring().unstage(sealed, PLACE).partition(b"\n")
    response = HttpResponse(content, status=status, content_type=content_type.decode())
    response.headers["Idempotent-Replayed"] = "true"
    return response
