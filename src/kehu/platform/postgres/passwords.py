"""The passwords of Kehu's database roles on an external server, derived from one file; none on the embedded server.

The server is given SCRAM verifiers (RFC 5802), never passwords: nothing secret passes through a script or a server's log.
"""

import base64
import hashlib
import hmac
import os
import secrets
from functools import partial
from pathlib import Path

from kehu.platform.installation.home import secrets_dir

KEY_BYTES = 32
ITERATIONS = 4096


def role_password(role: str) -> str | None:
    """Return the password of a database role, or None on the embedded server, where the system vouches for its users."""
    if not os.environ.get("KEHU_DATABASE_URL", "").strip():
        return None
    return _mark(f"password|{role}").hex()


def verifier(role: str) -> str | None:
    """Return what the server stores to check the role's password; the same at each call. None on the embedded server."""
    password = role_password(role)
    if password is None:
        return None
    salt = _mark(f"salt|{role}")[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    digest = partial(hmac.digest, salted, digest="sha256")
    stored = hashlib.sha256(digest(b"Client Key")).digest()
    encoded = [base64.b64encode(part).decode() for part in (salt, stored, digest(b"Server Key"))]
    return f"SCRAM-SHA-256${ITERATIONS}:{encoded[0]}${encoded[1]}:{encoded[2]}"


def _mark(purpose: str) -> bytes:
    return hmac.digest(_key(secrets_dir() / "database.key"), purpose.encode(), "sha256")


def _key(path: Path) -> bytes:
    """Read the key file, made whole at the first use even when two processes come at once."""
    if not path.exists():
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:
            return path.read_bytes()
        finally:
            unfinished.unlink()
    return path.read_bytes()
