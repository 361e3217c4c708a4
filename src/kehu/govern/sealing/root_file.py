"""The root key in a file, under a passphrase: scrypt (RFC 7914) and AES-256-GCM. It opens everything: keep it apart from the dump.

The file also binds the digest of the dump that it was written with, so a changed dump shows before it is used.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

FORMAT = "kehu root key 1"
SUFFIX = ".key"
CHUNK = 1024 * 1024
WORK, BLOCKS, LANES = 2**17, 8, 1
LEAST = 12


class PassphraseTooShort(Invalid):
    """The passphrase that is to protect the root key could be guessed."""

    code = "passphrase_too_short"


class RootFileNotOpened(Invalid):
    """The passphrase is another one, or the file was changed."""

    code = "root_file_not_opened"


@dataclass(frozen=True, slots=True)
class RootFile:
    """What a key file holds, opened."""

    root: bytes
    dump_digest: str


def check(passphrase: str) -> None:
    """Refuse a passphrase that could be guessed. Raises PassphraseTooShort."""
    if len(passphrase) < LEAST:
        raise PassphraseTooShort(
            Text(f"口令至少 {LEAST} 个字符。", f"The passphrase needs at least {LEAST} characters.")
        )


def write(path: Path, content: RootFile, passphrase: str) -> None:
    """Seal the root key in a new file of mode 0600. Raises PassphraseTooShort, FileExistsError."""
    check(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {"format": FORMAT, "dump_sha256": content.dump_digest, "salt": _text(salt), "nonce": _text(nonce)}
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, content.root, _bound(head))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump({**head, "sealed": _text(sealed)}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())


def read(path: Path, passphrase: str) -> RootFile:
    """Open a key file. Raises RootFileNotOpened."""
    try:
        said = json.loads(path.read_text())
        head = {name: str(said[name]) for name in ("format", "dump_sha256", "salt", "nonce")}
        key = _key(passphrase, base64.b64decode(head["salt"]))
        root = AESGCM(key).decrypt(
            base64.b64decode(head["nonce"]), base64.b64decode(said["sealed"]), _bound(head)
        )
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise RootFileNotOpened(
            Text("口令不对，或密钥文件已被改动。", "The passphrase is wrong, or the key file was changed.")
        ) from error
    return RootFile(root, head["dump_sha256"])


def digest(dump: Path) -> str:
    """Return the SHA-256 of a dump, in hex."""
    found = hashlib.sha256()
    with dump.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=WORK, r=BLOCKS, p=LANES).derive(passphrase.encode())


def _bound(head: dict[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
