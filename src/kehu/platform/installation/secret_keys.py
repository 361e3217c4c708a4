"""The root key of an installation and what is derived from it. Everything sealed hangs on these 32 bytes: back them up.

The root comes from `KEHU_ROOT_KEY` (base64), else from the key service that `KEHU_KEY_SERVICE` names, else from the file
that `KEHU_ROOT_KEY_FILE` names, else from `secrets/root.key` in the home, which is made at the first start. It is never logged and
never stored in the database.
"""

import base64
import binascii
import os
import secrets
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kehu.platform.installation import key_service
from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.home import secrets_dir, write_new
from kehu.platform.text import Text

ROOT_BYTES = 32
OWN = "root.key"


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


def _own() -> bytes:
    """Return the key in the home, made on first use when the home is new. Raises BadSetting where a wrapped one lies."""
    path = secrets_dir() / OWN
    if not path.exists():
        if path.with_name(key_service.WRAPPED).exists():
            raise BadSetting(
                Text(
                    f"这个 KEHU_HOME 的根密钥由密钥服务包裹（secrets/{key_service.WRAPPED}）：设置 KEHU_KEY_SERVICE 后再启动。",
                    f"The root key of this KEHU_HOME is wrapped by a key service (secrets/{key_service.WRAPPED}): set "
                    "KEHU_KEY_SERVICE and start again.",
                )
            )
        write_new(path, base64.b64encode(secrets.token_bytes(ROOT_BYTES)).decode())
    return _decode(path.read_text(), OWN)


def _of_file(name: str) -> bytes:
    """Return the key in a file that a setting names. Raises BadSetting."""
    try:
        return _decode(Path(name).read_text(), "KEHU_ROOT_KEY_FILE")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            Text(
                "KEHU_ROOT_KEY_FILE 指的文件打不开：检查路径和读取权限。",
                "The file that KEHU_ROOT_KEY_FILE names does not open: check its path and who may read it.",
            )
        ) from error


def _to_wrap() -> bytes | None:
    """Return the key that this installation had before a key service was configured, if any. Raises BadSetting."""
    if name := os.environ.get("KEHU_ROOT_KEY_FILE"):
        return _of_file(name)
    path = secrets_dir() / OWN
    return _decode(path.read_text(), OWN) if path.exists() else None


@cache
def _held() -> key_service.Held | None:
    """Return the key that a service opens, where one is configured."""
    service = key_service.configured()
    if service is None:
        return None
    folder = secrets_dir()
    return key_service.Held(
        lambda: key_service.open_or_wrap(service, folder, _to_wrap), key_service.patience()
    )


@cache
def _given() -> bytes:
    if text := os.environ.get("KEHU_ROOT_KEY"):
        return _decode(text, "KEHU_ROOT_KEY")
    if name := os.environ.get("KEHU_ROOT_KEY_FILE"):
        return _of_file(name)
    return _own()


def root() -> bytes:
    """Return the root key, 32 bytes; made on first use when the home is new. Raises BadSetting, KeyServiceAway."""
    held = None if os.environ.get("KEHU_ROOT_KEY") else _held()
    return _given() if held is None else held.get()


def derive(purpose: str) -> bytes:
    """Return the 32-byte key of one purpose (`scope`, `django`, `wrap`, …), by HKDF-SHA256 (RFC 5869) from the root.

    Raises KeyServiceAway once a key service was silent for too long.
    """
    return _derived(root(), purpose)


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=ROOT_BYTES, salt=None, info=f"kehu|{purpose}".encode()).derive(key)


def keep(key: bytes, *, now: datetime) -> None:
    """Make a key this home's, wrapped where a key service is configured; another one is kept under a name with the time."""
    service = key_service.configured()
    path = secrets_dir() / (OWN if service is None else key_service.WRAPPED)
    if path.exists():
        held = path.read_text().strip()
        if key == (_decode(held, path.name) if service is None else service.unwrap(held)):
            return
        path.rename(path.with_name(f"{path.name}.until-{now.astimezone(UTC):%Y%m%dT%H%M%S}"))
    text = base64.b64encode(key).decode() if service is None else service.wrap(key)
    write_new(path, text)
