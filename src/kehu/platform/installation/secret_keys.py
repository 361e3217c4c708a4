"""The root key of an installation and what is derived from it. Everything sealed hangs on these 32 bytes: back them up.

The root comes from `KEHU_ROOT_KEY` (base64), from the file that `KEHU_ROOT_KEY_FILE` names, or from
`secrets/root.key` in the home, which is made at the first start. It is never logged and never stored in the database.
"""

import base64
import binascii
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.home import secrets_dir
from kehu.platform.text import Text

ROOT_BYTES = 32


def _decode(text: str, origin: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSetting(Text(f"{origin} 不是 base64。", f"{origin} is not base64.")) from error
    if len(key) != ROOT_BYTES:
        raise BadSetting(
            Text(f"{origin} 要恰好 32 字节（base64）。", f"{origin} must hold exactly 32 bytes in base64.")
        )
    return key


def _create(path: Path) -> str:
    text = base64.b64encode(secrets.token_bytes(ROOT_BYTES)).decode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    return text


@cache
def root() -> bytes:
    """Return the root key, 32 bytes; made on first use when the home is new. Raises BadSetting."""
    if text := os.environ.get("KEHU_ROOT_KEY"):
        return _decode(text, "KEHU_ROOT_KEY")
    if name := os.environ.get("KEHU_ROOT_KEY_FILE"):
        return _decode(Path(name).read_text(), "KEHU_ROOT_KEY_FILE")
    path = secrets_dir() / "root.key"
    try:
        return _decode(_create(path), str(path.name))
    except FileExistsError:
        return _decode(path.read_text(), str(path.name))


@cache
def derive(purpose: str) -> bytes:
    """Return the 32-byte key of one purpose (`scope`, `django`, `wrap`, …), by HKDF-SHA256 (RFC 5869) from the root."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kehu|{purpose}".encode()).derive(root())
