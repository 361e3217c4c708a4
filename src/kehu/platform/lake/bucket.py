"""An S3-compatible store for the lake's files: AWS, OSS, COS, OBS, MinIO. Files never change, so that a copy here is as good.

Uploads are plain: OSS, COS and OBS refuse the chunked form with trailing checksums that the SDK sends unless told not to.
"""

import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kehu.platform.installation.environment import LakePlace, environment

if TYPE_CHECKING:
    import pyarrow as pa

PLAIN = {
    "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
    "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_required",
    "AWS_EC2_METADATA_DISABLED": "true",
}
_BLOCK = 8 << 20


class Bucket:
    """A bucket and a prefix in it, to which the names of the lake are added."""

    def __init__(self, at: LakePlace) -> None:
        for name, value in PLAIN.items():
            os.environ.setdefault(name, value)
        from pyarrow.fs import S3FileSystem

        self.root = at.url.removeprefix("s3://").rstrip("/")
        given: dict[str, Any] = {"endpoint_override": at.endpoint} if at.endpoint else {}
        if at.access_key:
            given |= {"access_key": at.access_key, "secret_key": at.secret_key}
        self.files = S3FileSystem(
            region=at.region or "us-east-1", force_virtual_addressing=at.is_virtual, background_writes=False, allow_delayed_open=True,
            connect_timeout=10, request_timeout=60, **given,
        )  # fmt: skip

    def upload(self, path: Path, name: str) -> None:
        """Write a file of this machine as an object."""
        with path.open("rb") as source, self.files.open_output_stream(f"{self.root}/{name}") as target:
            while block := source.read(_BLOCK):
                target.write(block)

    def download(self, name: str, path: Path) -> None:
        """Bring an object to this machine. Raises FileNotFoundError."""
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        with self.files.open_input_stream(f"{self.root}/{name}") as source, unfinished.open("wb") as target:
            while block := source.read(_BLOCK):
                target.write(block)
        unfinished.rename(path)

    def open(self, name: str) -> "pa.NativeFile":
        """Open an object for reading. Raises FileNotFoundError."""
        return self.files.open_input_file(f"{self.root}/{name}")

    def remove(self, name: str) -> None:
        """Delete an object; one that is gone already is no fault."""
        try:
            self.files.delete_file(f"{self.root}/{name}")
        except FileNotFoundError:
            return

    def listed(self) -> dict[str, datetime]:
        """Return the names of all objects of the lake, and when each was written."""
        from pyarrow.fs import FileSelector, FileType

        found = self.files.get_file_info(FileSelector(self.root, allow_not_found=True, recursive=True))
        return {
            one.path.removeprefix(f"{self.root}/"): one.mtime for one in found if one.type == FileType.File
        }


@cache
def bucket() -> Bucket | None:
    """Return the bucket of this installation; None where the lake lies in a folder."""
    at = environment().lake
    return Bucket(at) if at.url else None
