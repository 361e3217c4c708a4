"""Sealed files: an upload is encrypted chunk by chunk before it touches the disk, and read back at any place.

Layout: 8 bytes magic with the number of the suite, 8 bytes clear size (big-endian, written at the end), then chunks of 256 KiB, each
`nonce | ciphertext | tag`, bound to the file's id, the chunk's number and whether it is the last one (which may be
empty), so that a shortened file does not open.
"""

import io
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

from kehu.govern.sealing.keyring import keyring
from kehu.govern.sealing.suites import BY_CODE, NONCE, TAG, SealBroken, Suite

MAGIC = b"KEHUSF0"
SIZE_AT = 8
HEAD = 16
CHUNK = 256 * 1024
SEALED_CHUNK = NONCE + CHUNK + TAG


def _bound(file_id: UUID, number: int, *, is_last: bool) -> bytes:
    return b"file|" + file_id.bytes + number.to_bytes(8, "big") + bytes((is_last,))


class SealedWriter:
    """Writes clear bytes, sealed, to a new file of mode 0600; the file is whole only after `close`."""

    def __init__(self, path: Path, *, file_id: UUID, key: bytes) -> None:
        self.path, self.file_id, self.key = path, file_id, key
        self.suite: Suite = keyring().suite
        self.size = 0
        self._number = 0
        self._buffer = bytearray()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._out: IO[bytes] = os.fdopen(handle, "wb")
        self._out.write(MAGIC + str(self.suite.code).encode() + bytes(8))

    def write(self, data: bytes) -> None:
        """Take bytes; whole chunks go to disk."""
        self.size += len(data)
        self._buffer += data
        while len(self._buffer) >= CHUNK:
            self._put(bytes(self._buffer[:CHUNK]), is_last=False)
            del self._buffer[:CHUNK]

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        nonce, bound = os.urandom(NONCE), _bound(self.file_id, self._number, is_last=is_last)
        self._out.write(nonce + self.suite.encrypt(self.key, nonce, chunk, bound))
        self._number += 1

    def close(self) -> None:
        """Write the rest and the size, and make it durable."""
        self._put(bytes(self._buffer), is_last=True)
        self._buffer.clear()
        self._out.seek(SIZE_AT)
        self._out.write(self.size.to_bytes(8, "big"))
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()

    def abandon(self) -> None:
        """Throw away what was written; a close that cannot write the rest is no obstacle."""
        with suppress(OSError):
            self._out.close()
        self.path.unlink(missing_ok=True)


class SealedReader(io.RawIOBase):
    """Reads a sealed file as if it were clear; seeks freely. Raises SealBroken where a chunk was touched."""

    def __init__(self, path: Path, *, file_id: UUID, key: bytes) -> None:
        self.file_id, self.key = file_id, key
        self._in = path.open("rb")
        head = self._in.read(HEAD)
        if len(head) != HEAD or head[: len(MAGIC)] != MAGIC:
            self._in.close()
            raise SealBroken
        suite = BY_CODE.get(head[len(MAGIC)] - ord("0"))
        if suite is None:
            self._in.close()
            raise SealBroken
        self.suite: Suite = suite
        self.size = int.from_bytes(head[SIZE_AT:], "big")
        self._at = 0
        self._cached: tuple[int, bytes] = (-1, b"")
        self._check_end()

    def _check_end(self) -> None:
        """Open the last chunk at once: it proves that the size is the one that was written."""
        try:
            is_whole = len(self._chunk(self.size // CHUNK)) == self.size % CHUNK
        except SealBroken:
            self._in.close()
            raise
        if not is_whole:
            self._in.close()
            raise SealBroken

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; returns the new place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def _chunk(self, number: int) -> bytes:
        if self._cached[0] != number:
            self._in.seek(HEAD + number * SEALED_CHUNK)
            blob = self._in.read(SEALED_CHUNK)
            if len(blob) < NONCE + TAG:
                raise SealBroken
            bound = _bound(self.file_id, number, is_last=number == self.size // CHUNK)
            clear = self.suite.decrypt(self.key, blob[:NONCE], blob[NONCE:], bound)
            self._cached = (number, clear)
        return self._cached[1]

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed wants Buffer of 3.12
        """Fill the buffer from the present place; returns how many bytes."""
        view = memoryview(buffer).cast("B")
        if self._at >= self.size:
            return 0
        number, offset = divmod(self._at, CHUNK)
        part = self._chunk(number)[offset : offset + len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file beneath."""
        if not self.closed:
            self._in.close()
        super().close()


def open_sealed(path: Path, *, file_id: UUID, key: bytes) -> io.BufferedReader:
    """Open a sealed file for buffered reading."""
    return io.BufferedReader(SealedReader(path, file_id=file_id, key=key), CHUNK)
