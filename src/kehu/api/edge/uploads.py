"""Uploads: sealed while they arrive, so that no clear byte of a customer file ever lies on a disk."""

import os
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from kehu.govern.sealing.files import SealedWriter
from kehu.platform.errors import Unavailable
from kehu.platform.ids import new_id
from kehu.platform.installation.home import uploads_dir
from kehu.platform.text import Text

MOST_BYTES = 2 * 1024**3


class SealedUpload(UploadedFile):
    """A finished upload: id, key and place of the sealed file."""

    def __init__(self, writer: SealedWriter, name: str, content_type: str) -> None:
        super().__init__(name=name, content_type=content_type, size=writer.size)
        self.file_id: UUID = writer.file_id
        self.key: bytes = writer.key
        self.path = writer.path

    def discard(self) -> None:
        """Delete the sealed file: the request that brought it was refused."""
        self.path.unlink(missing_ok=True)


class SealedUploadHandler(FileUploadHandler):
    """Streams a file into a sealed one; an upload that breaks off or grows over 2 GB leaves nothing behind."""

    chunk_size = 256 * 1024
    writer: SealedWriter | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a sealed file. What a stranger sends is passed over: he must not fill the disk."""
        super().new_file(*args, **kwargs)
        if vars(self.request).get("actor") is None:
            raise SkipFile
        file_id = new_id()
        try:
            path = uploads_dir() / f"{file_id}.sealed"
            self.writer = SealedWriter(path, file_id=file_id, key=os.urandom(32))
        except OSError as error:
            raise no_room() from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a piece. The file is not passed on to other handlers."""
        del start
        if self.writer is None:
            return
        try:
            self.writer.write(raw_data)
        except OSError as error:
            self.writer.abandon()
            raise no_room() from error
        if self.writer.size > MOST_BYTES:
            self.writer.abandon()
            raise StopUpload(connection_reset=False)

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Finish the sealed file."""
        del file_size
        writer, self.writer = self.writer, None
        if writer is None:
            return None
        try:
            writer.close()
        except OSError as error:
            writer.abandon()
            raise no_room() from error
        return SealedUpload(writer, self.file_name or "file", self.content_type or "")

    def upload_interrupted(self) -> None:
        """Throw away an upload that broke off."""
        if self.writer is not None:
            self.writer.abandon()
            self.writer = None


def discard_uploads(request: HttpRequest) -> None:
    """Delete the sealed files that came with a request which was refused."""
    parsed: Any = vars(request).get("_files") or {}
    for upload in parsed.values():
        if isinstance(upload, SealedUpload):
            upload.discard()


def no_room() -> Unavailable:
    """Return the fact that the upload folder is full or read-only."""
    return Unavailable(
        Text("服务器暂时放不下这个文件，没有保存任何内容。请管理员清理磁盘后再传。",
             "The server has no room for this file; nothing was kept. Ask an administrator to free disk space.")
    )  # fmt: skip
