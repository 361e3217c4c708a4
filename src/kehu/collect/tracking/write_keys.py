"""Which source a write key stands for. Known keys are remembered for a few seconds; an unknown one is looked up each time."""

import hmac
import time
from typing import ClassVar

from django.db import connection

from kehu.collect.sources import digest
from kehu.platform.errors import NotAllowed
from kehu.platform.text import Text

REMEMBERED_SECONDS = 3.0
MOST = 10_000
_FIND = "SELECT id, write_key_digest FROM collect_source WHERE write_key_digest = %s AND is_active"
_known: dict[tuple[str, bytes], tuple[float, int]] = {}


class UnknownWriteKey(NotAllowed):
    """No active source has this write key."""

    code: ClassVar[str] = "invalid_write_key"

    def __init__(self) -> None:
        super().__init__(Text("写入密钥无效。", "The write key is missing or not valid."))


def source_of(write_key: str) -> int:
    """Return the number of the active source with this key. Raises UnknownWriteKey.

    Digests are looked up and compared, never keys, so that time tells nothing of a key.
    """
    if not write_key:
        raise UnknownWriteKey
    mark = (str(connection.settings_dict["NAME"]), digest(write_key))
    known = _known.get(mark)
    moment = time.monotonic()
    if known is not None and moment - known[0] < REMEMBERED_SECONDS:
        return known[1]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [mark[1]])
        found = cursor.fetchone()
    if found is None or not hmac.compare_digest(bytes(found[1]), mark[1]):
        _known.pop(mark, None)
        raise UnknownWriteKey
    if len(_known) >= MOST:
        _known.clear()
    _known[mark] = (moment, int(found[0]))
    return int(found[0])
