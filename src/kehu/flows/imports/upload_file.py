"""Taking a file of this machine in as if it had been uploaded: sealed while it is read."""

import os
from pathlib import Path

from kehu.collect.imports import Upload, path_of
from kehu.govern.sealing.files import CHUNK, SealedWriter
from kehu.platform.errors import NotFound
from kehu.platform.ids import new_id
from kehu.platform.text import Text


def upload_file(path: Path) -> Upload:
    """Seal a copy of a file into the uploads. Raises NotFound when there is no such file."""
    if not path.is_file():
        raise NotFound(Text(f"没有文件 {path.name}。", f"There is no file {path.name}."))
    file_id, key = new_id(), os.urandom(32)
    writer = SealedWriter(path_of(file_id), file_id=file_id, key=key)
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            writer.write(piece)
    writer.close()
    return Upload(file_id, key, path.name, writer.size)
