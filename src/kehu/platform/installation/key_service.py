"""The root key wrapped by a key service that speaks the transit protocol (HashiCorp Vault, OpenBao).

The home holds the wrapped key only, in `secrets/root.wrapped`; the service opens it, and a process keeps it in memory for
so long as the service may stay silent. From half of that time on it is opened again aside, so that nobody waits for it.
After that time nothing is read or written: without the root key no scope can be signed.
"""

import base64
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kehu.platform.errors import Unavailable
from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.home import write_new
from kehu.platform.text import Text

log = logging.getLogger(__name__)

WRAPPED = "root.wrapped"
TIMEOUT_SECONDS = 3.0
RETRY_SECONDS = 5.0
USUAL_MINUTES, MOST_MINUTES = 24 * 60, 7 * 24 * 60
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class KeyServiceAway(Unavailable):
    """The key service gives no answer, or refuses: what is sealed stays closed."""

    code = "key_service_away"


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is asked: `mount` of the transit engine and the name of the `key`; the token is read at each asking."""

    url: str
    mount: str
    key: str
    token_file: Path
    ca_file: str
    namespace: str

    def wrap(self, root: bytes) -> str:
        """Return the root key as the service wraps it. Raises KeyServiceAway."""
        text = base64.b64encode(root).decode()
        return str(
            self._ask(
                lambda at: at.encrypt_data(name=self.key, plaintext=text, mount_point=self.mount),
                "ciphertext",
            )
        )

    def unwrap(self, wrapped: str) -> bytes:
        """Return the root key. Raises KeyServiceAway."""
        return base64.b64decode(
            self._ask(
                lambda at: at.decrypt_data(name=self.key, ciphertext=wrapped, mount_point=self.mount),
                "plaintext",
            )
        )

    def _ask(self, question: Callable[[Any], Any], part: str) -> str:
        import hvac
        import requests

        try:
            client = hvac.Client(
                url=self.url, token=self.token_file.read_text().strip(), verify=self.ca_file or True,
                timeout=TIMEOUT_SECONDS, allow_redirects=False, namespace=self.namespace or None,
            )  # fmt: skip
            return str(question(client.secrets.transit)["data"][part])
        except (
            hvac.exceptions.VaultError,
            requests.RequestException,
            OSError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            log.warning("key_service_away", extra={"fault": type(error).__name__})
            raise KeyServiceAway(
                Text(
                    "密钥服务没有应答或拒绝了请求，加密的内容暂时打不开。检查 KEHU_KEY_SERVICE 的地址、令牌和密钥权限。",
                    "The key service gives no answer or refuses, so what is sealed stays closed. Check address, token "
                    "and rights of KEHU_KEY_SERVICE.",
                )
            ) from None


class Held:
    """A key that a service opened, trusted for `seconds`; a clock is given for tests."""

    def __init__(
        self, opening: Callable[[], bytes], seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._opening, self._seconds, self._clock = opening, seconds, clock
        self._lock = threading.Lock()
        self._key: bytes | None = None
        self._opened_at = self._failed_at = float("-inf")

    def get(self) -> bytes:
        """Return the key. Raises KeyServiceAway when it is too old and the service does not open it again."""
        now = self._clock()
        key, age = self._key, now - self._opened_at
        if key is not None and age < self._seconds:
            is_free = now - self._failed_at >= RETRY_SECONDS and not self._lock.locked()
            if 2 * age >= self._seconds and is_free:
                threading.Thread(target=self._renew_aside, name="key-service", daemon=True).start()
            return key
        with self._lock:
            if self._key is not None and self._clock() - self._opened_at < self._seconds:
                return self._key
            return self._renew()

    def _renew_aside(self) -> None:
        if not self._lock.acquire(blocking=False):
            return
        try:
            if 2 * (self._clock() - self._opened_at) >= self._seconds:
                self._renew()
        except KeyServiceAway:
            pass  # noted where it was asked; the key at hand holds a while
        finally:
            self._lock.release()

    def _renew(self) -> bytes:
        if self._clock() - self._failed_at < RETRY_SECONDS:
            raise KeyServiceAway(
                Text(
                    "密钥服务刚才没有应答，稍后会再试。",
                    "The key service gave no answer a moment ago; it is asked again soon.",
                )
            )
        try:
            found = self._opening()
        except KeyServiceAway:
            self._failed_at = self._clock()
            raise
        self._key, self._opened_at = found, self._clock()
        return found


def configured() -> Service | None:
    """Return the service that the settings name, if any. Raises BadSetting."""
    url = os.environ.get("KEHU_KEY_SERVICE", "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    mount, _, key = parts.path.strip("/").rpartition("/")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname or not mount or not key or parts.query or parts.username:
        raise BadSetting(
            Text(
                "KEHU_KEY_SERVICE 要写成 https://主机:8200/transit/密钥名；本机可用 http。",
                "KEHU_KEY_SERVICE reads like https://host:8200/transit/key; http is for this machine alone.",
            )
        )
    token = os.environ.get("KEHU_KEY_SERVICE_TOKEN_FILE", "").strip()
    if not token:
        raise BadSetting(
            Text(
                "设了 KEHU_KEY_SERVICE，还要用 KEHU_KEY_SERVICE_TOKEN_FILE 指出存放令牌的文件。",
                "With KEHU_KEY_SERVICE, KEHU_KEY_SERVICE_TOKEN_FILE names the file that holds the token.",
            )
        )
    return Service(
        url=f"{parts.scheme}://{parts.netloc}", mount=mount, key=key, token_file=Path(token),
        ca_file=os.environ.get("KEHU_KEY_SERVICE_CA_FILE", "").strip(),
        namespace=os.environ.get("KEHU_KEY_SERVICE_NAMESPACE", "").strip(),
    )  # fmt: skip


def patience() -> float:
    """Return for how many seconds a process works on while the service is silent. Raises BadSetting."""
    text = os.environ.get("KEHU_KEY_SERVICE_CACHE_MINUTES", "").strip() or str(USUAL_MINUTES)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_MINUTES:
        raise BadSetting(
            Text(
                f"KEHU_KEY_SERVICE_CACHE_MINUTES 写 1 到 {MOST_MINUTES} 的整数。",
                f"KEHU_KEY_SERVICE_CACHE_MINUTES is a whole number from 1 to {MOST_MINUTES}.",
            )
        )
    return 60.0 * int(text)


def open_or_wrap(service: Service, folder: Path, own: Callable[[], bytes | None]) -> bytes:
    """Open the wrapped key of a home; where there is none yet, wrap the home's own, or a new one. Raises KeyServiceAway."""
    path = folder / WRAPPED
    if not path.exists():
        root = own() or secrets.token_bytes(32)
        write_new(path, service.wrap(root))
    return service.unwrap(path.read_text().strip())
