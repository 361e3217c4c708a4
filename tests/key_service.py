"""A key service that answers as the transit engine of Vault and OpenBao documents it, and can be made to fail."""

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "s.of-the-tests"


class KeyService(ThreadingHTTPServer):
    """`mood` is well, hangs, refuses or breaks; `asked` counts what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mood, self.asked = "well", 0
        self.cipher = AESGCM(os.urandom(32))

    @property
    def url(self) -> str:
        """The address of its key."""
        return f"http://127.0.0.1:{self.server_address[1]}/transit/kehu"


class _Handler(BaseHTTPRequestHandler):
    server: KeyService

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked += 1
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.mood == "hangs":
            time.sleep(6)
            return
        is_known = self.headers.get("X-Vault-Token") == TOKEN and self.server.mood != "refuses"
        if not is_known:
            self._say(403, {"errors": ["permission denied"]})
        elif self.server.mood == "breaks":
            self._say(500, {"errors": ["sealed"]})
        elif self.path == "/v1/transit/encrypt/kehu":
            nonce = os.urandom(12)
            sealed = nonce + self.server.cipher.encrypt(nonce, base64.b64decode(given["plaintext"]), None)
            self._say(200, {"data": {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode()}})
        elif self.path == "/v1/transit/decrypt/kehu":
            sealed = base64.b64decode(given["ciphertext"].removeprefix("vault:v1:"))
            clear = self.server.cipher.decrypt(sealed[:12], sealed[12:], None)
            self._say(200, {"data": {"plaintext": base64.b64encode(clear).decode()}})
        else:
            self._say(404, {"errors": []})

    def _say(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[KeyService]:
    """Serve on loopback until the block ends."""
    with KeyService() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
