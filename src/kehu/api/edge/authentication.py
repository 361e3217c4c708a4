"""Who is asking: a token in `Authorization: Bearer`, else the session. The actor is loaded once a request."""

import hashlib
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from kehu.govern.access.actors import Actor, load_actor
from kehu.govern.models.access import Token

BEARER = "Bearer "


def digest(token: str) -> bytes:
    """Return what is stored of a token; it is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def actor_of(request: HttpRequest) -> Actor | None:
    """Return the actor of a request, or None; remembered on the request."""
    known = vars(request)
    if "actor" not in known:
        known["actor"] = _load(request)
    found: Actor | None = known["actor"]
    return found


def _load(request: HttpRequest) -> Actor | None:
    request_id = getattr(request, "request_id", "")
    header = request.headers.get("Authorization", "")
    if header.startswith(BEARER):
        user_id = _user_of(header[len(BEARER) :].strip())
        return load_actor(user_id, request_id=request_id) if user_id else None
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return load_actor(user.pk, request_id=request_id)


def _user_of(token: str) -> int | None:
    row = (
        Token.objects.filter(digest=digest(token), revoked_at__isnull=True)
        .values_list("pk", "user_id")
        .first()
    )
    if row is None:
        return None
    now = timezone.now()
    Token.objects.filter(pk=row[0]).exclude(last_used_at__gt=now - timedelta(minutes=5)).update(
        last_used_at=now
    )
    return int(row[1])


class TokenAuth(HttpBearer):
    """ninja's hook for tokens; comes first, since the session's hook would ask a token for CSRF."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the actor, or None."""
        del token
        return actor_of(request)


class SessionActor(SessionAuth):
    """ninja's hook for the web app's session, with CSRF; that is asked last, since the check reads the body."""

    def _get_key(self, request: HttpRequest) -> str | None:
        """Return the session's key; nothing, and no byte of the body read, for who is not signed in."""
        if request.headers.get("Authorization") or actor_of(request) is None:
            return None
        key: str | None = super()._get_key(request)
        return key

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the actor, or None."""
        return actor_of(request) if key else None
