"""The body of a tracking request: inflated under a cap, parsed as JSON whatever it claims to be, split into events.

Events stay raw bytes here. What is wrong with a single one is found when it is applied, and never fails the batch.
"""

import zlib
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from kehu.collect.tracking.limits import INFLATED, RATIO, RATIO_FROM
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MAGIC = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
_GZIP_BITS = 31


class BodyTooLarge(Invalid):
    """The body is larger than a batch may be, as sent or inflated."""

    code: ClassVar[str] = "payload_too_large"

    def __init__(self) -> None:
        super().__init__(
            Text("请求超过上限，请分成更小的批次。", "The body is too large. Send smaller batches.")
        )


class NotJson(Invalid):
    """The body is no JSON, or no whole gzip."""

    code: ClassVar[str] = "invalid_json"

    def __init__(self) -> None:
        super().__init__(Text("请求内容不是完整的 JSON。", "The body is not complete JSON in UTF-8."))


class NotABatch(Invalid):
    """The body is JSON but no event and no batch of events."""

    code: ClassVar[str] = "invalid_batch"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "请求要为一个事件，或带 batch 数组。", "The body must be one event, or hold an array `batch`."
            )
        )


class _Envelope(msgspec.Struct):
    # Keys and times may be of any type: clients err.
    batch: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    write_key: Any = msgspec.field(name="writeKey", default=None)
    sent_at: Any = msgspec.field(name="sentAt", default=None)


class _Keyed(msgspec.Struct):
    write_key: Any = msgspec.field(name="writeKey", default=None)


_decode = msgspec.json.Decoder(_Envelope).decode
_decode_key = msgspec.json.Decoder(_Keyed).decode


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one body as raw JSON; `write_key` is the first one found in it, or empty."""

    events: tuple[bytes | msgspec.Raw, ...]
    write_key: str
    sent_at: str


def inflate(data: bytes) -> bytes:
    """Return the clear body; gzip is known by its first bytes, since headers are wrong too often.

    Raises BodyTooLarge beyond 10 MB or a hundredfold, NotJson for a broken stream.
    """
    if not data.startswith(MAGIC):
        return data
    cap = min(INFLATED, max(RATIO_FROM, RATIO * len(data)))
    out = b""
    while data.startswith(MAGIC):
        worker = zlib.decompressobj(wbits=_GZIP_BITS)
        try:
            out += worker.decompress(data, cap + 1 - len(out))
        except zlib.error as error:
            raise NotJson from error
        if len(out) > cap:
            raise BodyTooLarge
        if not worker.eof:
            raise NotJson
        data = worker.unused_data
    return out


def read_batch(body: bytes) -> Batch:
    """Split a clear body into its events. Raises NotJson or NotABatch."""
    body = body.removeprefix(BOM)
    try:
        body.decode()
        envelope = _decode(body)
    except msgspec.ValidationError as error:
        raise NotABatch from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJson from error
    if isinstance(envelope.batch, msgspec.UnsetType):
        return Batch((body,), _text(envelope.write_key), _text(envelope.sent_at))
    key = _text(envelope.write_key) or _first_key(envelope.batch)
    return Batch(tuple(envelope.batch), key, _text(envelope.sent_at))


def _first_key(events: list[msgspec.Raw]) -> str:
    try:
        return _text(_decode_key(events[0]).write_key) if events else ""
    except (msgspec.MsgspecError, RecursionError):
        return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
