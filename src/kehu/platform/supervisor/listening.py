"""What is checked before anything is started: one `serve` a home, a free port, and no plain HTTP on a network.

The web server itself would share a taken port with a stranger (SO_REUSEPORT) instead of refusing it.
"""

import fcntl
import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kehu.platform.errors import Conflict, KehuError
from kehu.platform.text import Text

ATTEMPTS = 10
PAUSE_SECONDS = 0.2


class AlreadyServing(Conflict):
    """Another `kehu serve` runs on the same home."""

    code = "already_serving"


class PortNotFree(Conflict):
    """The port cannot be listened on."""

    code = "port_not_free"


class UnprotectedAddress(KehuError):
    """Plain HTTP was asked for on an address that others can reach."""

    code = "unprotected_address"


@contextmanager
def only_one(run: Path) -> Iterator[None]:
    """Hold the lock of the one `serve` of a home; it dies with its holder. Raises AlreadyServing."""
    with (run / "serve.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServing(
                Text(
                    f"{run.parent} 上已有一个 kehu serve 在运行。请先停止它，或将 KEHU_HOME 设为另一个目录。",
                    f"A kehu serve runs on {run.parent} already. Stop it first, or set KEHU_HOME to another folder.",
                )
            ) from None
        yield


def check_port(host: str, port: int) -> None:
    """Bind the address once, unshared, and let it go. Raises PortNotFree.

    A `serve` that was killed has workers which need a moment to end: it is tried for two seconds.
    """
    for attempt in range(ATTEMPTS):
        try:
            _bind(host, port)
        except OSError as error:
            if attempt == ATTEMPTS - 1:
                raise PortNotFree(
                    Text(
                        f"无法监听 {host} 的端口 {port}（{error.strerror}）。可用 --port 换一个端口。",
                        f"Port {port} of {host} cannot be listened on ({error.strerror}). Choose another with --port.",
                    )
                ) from error
            time.sleep(PAUSE_SECONDS)
        else:
            return


def check_protected(host: str, *, is_tls: bool, is_behind_proxy: bool) -> None:
    """Refuse plain HTTP wherever another machine could listen in. Raises UnprotectedAddress."""
    if is_tls or is_behind_proxy or is_loopback(host):
        return
    raise UnprotectedAddress(
        Text(
            f"{host} 可被其他机器访问，不能使用明文 HTTP。请用 --tls-cert 和 --tls-key 指定证书，"
            "或在提供 HTTPS 的反向代理之后使用 --behind-proxy。",
            f"Other machines can reach {host}, so plain HTTP is refused. Name a certificate with --tls-cert and --tls-key, "
            "or use --behind-proxy behind a reverse proxy that speaks HTTPS.",
        )
    )


def is_loopback(host: str) -> bool:
    """Whether every address of a host belongs to this machine alone; a name that cannot be resolved does not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_loopback for entry in found)


def _bind(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen()
