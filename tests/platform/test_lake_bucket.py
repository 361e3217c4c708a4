"""The lake in a bucket: uploads that OSS, COS and OBS take, copies that are brought when they are lacking, deletion of both."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pytest
from moto.server import ThreadedMotoServer
from pyarrow.fs import S3FileSystem

from kehu.platform.installation.environment import LakePlace
from kehu.platform.lake import manifest, store
from kehu.platform.lake.bucket import Bucket

SECRET = "secret"
Seen = tuple[str, dict[str, str], bytes]
ROWS = pa.table({"id": pa.array(range(1000), pa.int64())})


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """A bucket of a store on loopback, with the copies of this machine in a folder of the test."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    S3FileSystem(
        endpoint_override=address,
        region="us-east-1",
        allow_bucket_creation=True,
        access_key="key",
        secret_key=SECRET,
    ).create_dir("lake")
    found = Bucket(LakePlace(f"s3://lake/{tmp_path.name}", address, "", "key", SECRET))
    monkeypatch.setattr(store, "bucket", lambda: found)
    monkeypatch.setattr(store, "lake_dir", lambda: tmp_path)
    yield found
    server.stop()


def written() -> str:
    writer = store.Writer("customers")
    writer.add(ROWS.slice(0, 600))
    writer.add(ROWS.slice(600))
    assert writer.finish() > 0
    return writer.name


def test_a_file_is_in_the_bucket_whole_and_is_brought_back(bucket: Bucket) -> None:
    name = written()
    assert store.has_all([name])
    assert store.count(name) == 1000

    store.place(name).unlink()

    assert store.read(name).equals(ROWS)
    assert store.place(name).exists()
    assert not store.has_all([name, "customers/lost.parquet"])


def test_what_is_removed_is_gone_from_the_bucket_and_from_here(bucket: Bucket) -> None:
    name, kept = written(), written()

    store.remove(name)
    store.remove(name)

    assert bucket.listed().keys() == {kept}
    assert not store.place(name).exists()
    with pytest.raises(FileNotFoundError):
        store.local([name])


def test_strays_and_copies_of_what_is_no_longer_part_go(bucket: Bucket) -> None:
    name, kept = written(), written()
    later = datetime.now(UTC) + timedelta(hours=1)

    assert store.strays({kept}, later) == {name}
    assert store.strays({kept}, later - timedelta(hours=2)) == set()
    store.forget_copies({kept}, before=later)

    assert not store.place(name).exists()
    assert store.place(kept).exists()


class Bare(BaseHTTPRequestHandler):
    """Takes any upload, in one piece or in parts, and remembers headers and bodies."""

    protocol_version = "HTTP/1.1"

    def handle_upload(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen: list[Seen] = self.server.seen  # type: ignore[attr-defined]  # set by the test
        seen.append((self.command, {k.lower(): v for k, v in self.headers.items()}, body))
        told = b""
        if self.command == "POST":
            kind = (
                "InitiateMultipartUploadResult"
                if self.path.endswith("uploads")
                else "CompleteMultipartUploadResult"
            )
            told = f"<{kind}><UploadId>1</UploadId><ETag>x</ETag></{kind}>".encode()
        self.answer(200, told)

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("ETag", '"x"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the parent)
        """Say nothing."""


Bare.do_PUT = Bare.do_POST = Bare.handle_upload  # type: ignore[attr-defined]  # the names that the parent looks for


@pytest.mark.parametrize("size", [5_000, 12 << 20])
def test_uploads_are_plain(tmp_path: Path, size: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    seen: list[Seen] = []
    server.seen = seen  # type: ignore[attr-defined]  # where the handler finds it
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    (tmp_path / "file").write_bytes(b"whole" * (size // 5))
    at = LakePlace("s3://lake/bank", f"http://127.0.0.1:{server.server_port}", "", "key", SECRET)
    try:
        Bucket(at).upload(tmp_path / "file", "customers/1.parquet")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

    puts = [(headers, body) for method, headers, body in seen if method == "PUT"]
    assert sum(len(body) for _, body in puts) == len(b"whole") * (size // 5)
    for _, headers, _ in seen:
        assert "aws-chunked" not in headers.get("content-encoding", "")
        assert "STREAMING" not in headers["x-amz-content-sha256"]
        assert not [
            name
            for name in headers
            if name.startswith(("x-amz-checksum", "x-amz-trailer", "x-amz-sdk-checksum"))
        ]


@pytest.mark.django_db
def test_whoever_asks_forgets_copies_of_what_is_gone(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_forgotten_at", None)
    gone = written()
    now = datetime.now(UTC)

    manifest.forget_copies(now=now)
    assert store.place(gone).exists()
    manifest.forget_copies(now=now + manifest.KEPT_FOR / 2)
    manifest.forget_copies(now=now + 2 * manifest.KEPT_FOR)

    assert not store.place(gone).exists()
