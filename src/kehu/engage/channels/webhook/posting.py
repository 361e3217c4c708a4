"""One POST to an address that was decided before: within a time in all, without following where it points, reading little."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from kehu.engage.channels.webhook.guard import Target

MOST_ANSWER = 64 * 1024


class Unanswered(Exception):
    """No answer came, or none within the time; `is_handed` says whether the request had been written by then."""

    def __init__(self, *, is_handed: bool) -> None:
        super().__init__(is_handed)
        self.is_handed = is_handed


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint said; its body is read no further than needed and never kept."""

    status: int
    retry_after: float | None


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def post(
    target: Target, body: bytes, headers: Mapping[str, str], *, seconds: float, handing: Callable[[], None]
) -> Answer:
    """Send a request. `handing` is called once connected, right before the first byte. Raises Unanswered."""
    deadline = time.monotonic() + seconds
    try:
        sock = _connected(target, seconds)
    except OSError as error:
        raise Unanswered(is_handed=False) from error
    watch = threading.Timer(max(0.01, deadline - time.monotonic()), _cut, [sock])
    watch.daemon = True
    watch.start()
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    try:
        handing()
        return _exchange(connection, target, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(is_handed=True) from error
    finally:
        watch.cancel()
        connection.close()


def _connected(target: Target, seconds: float) -> socket.socket:
    sock = socket.create_connection((target.address, target.port), timeout=seconds)
    if not target.is_encrypted:
        return sock
    try:
        return _context().wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise


def _cut(sock: socket.socket) -> None:
    """End an exchange whose time is over; an endpoint that answers a byte a minute holds nobody up."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _exchange(
    connection: http.client.HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]
) -> Answer:
    connection.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", target.host_header)
    for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    said = response.getheader("Retry-After", "")
    response.read(MOST_ANSWER)
    return Answer(response.status, float(said) if said.isdecimal() else None)
