import argparse
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kehu.cli import serve
from kehu.platform.errors import KehuError
from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.tls import CertificateNotUsable, check_certificate
from kehu.platform.supervisor.listening import (
    AlreadyServing,
    PortNotFree,
    UnprotectedAddress,
    check_port,
    check_protected,
    only_one,
)

STAND_IN = """
import os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{os.getpid()} {environ['wsgi.url_scheme']} {os.environ['KEHU_TLS']}".encode()]
"""
MAIN = """
import sys
from kehu.cli import serve
from kehu.platform.supervisor.tree import Supervisor
import argparse
parser = argparse.ArgumentParser()
serve.add_arguments(parser)
args = parser.parse_args(sys.argv[1:])
sys.exit(Supervisor(server=None, first=[], processes=[serve.web(args, "stand_in:application")]).run())
"""


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return parser.parse_args(words)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine's own name, and its key."""
    paths = folder / "cert.pem", folder / "key.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    valid = builder.not_valid_before(start).not_valid_after(start + timedelta(days=36500))
    signed = valid.sign(key, SHA256())
    paths[0].write_bytes(signed.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


@contextmanager
def served(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The real web server under the supervisor, with a stand-in for the application."""
    (folder / "stand_in.py").write_text(STAND_IN)
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    with subprocess.Popen([sys.executable, "-c", MAIN, *words], env=environment) as process:
        try:
            yield process
            process.terminate()
            assert process.wait(8) == 0
        finally:
            process.kill()


def ask(connection: HTTPConnection) -> list[str]:
    """Ask until an answer comes."""
    deadline = time.monotonic() + 10
    while True:
        try:
            connection.request("GET", "/")
            return connection.getresponse().read().decode().split()
        except (OSError, HTTPException):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        finally:
            connection.close()


def test_the_web_server_and_its_worker_come_back_after_a_kill(
    folder: Path, port: int, empty_home: Path
) -> None:
    web = HTTPConnection("127.0.0.1", port, timeout=2)
    with served(folder, "--port", str(port)):
        first = int(ask(web)[0])
        main = psutil.Process(first).ppid()
        os.kill(first, signal.SIGKILL)
        second = int(ask(web)[0])
        os.kill(main, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(second)] if psutil.pid_exists(second) else [], timeout=5)
        third = int(ask(web)[0])
    assert len({first, second, third}) == 3
    assert not psutil.pid_exists(third)


def test_a_certificate_is_used_and_the_application_told(
    folder: Path, port: int, empty_home: Path, certificate: tuple[Path, Path]
) -> None:
    words = ("--port", str(port), "--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
    with served(folder, *words):
        trust = ssl.create_default_context(cafile=certificate[0])
        assert ask(HTTPSConnection("localhost", port, timeout=2, context=trust))[1:] == ["https", "1"]


def test_certificates_that_would_not_work_are_told_apart(
    folder: Path, certificate: tuple[Path, Path]
) -> None:
    cert, key = certificate
    other = folder / "other.pem"
    stranger = ec.generate_private_key(ec.SECP256R1())
    other.write_bytes(stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    old = folder / "old.pem"
    old.write_bytes(stranger.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    check_certificate(cert, key)
    for pair, reason in (
        ((cert, other), "does not belong"),
        ((cert, old), "PKCS#8"),
        ((key, key), "no certificate"),
        ((cert, folder / "missing"), "cannot be read"),
    ):
        with pytest.raises(CertificateNotUsable, match=reason):
            check_certificate(*pair)


def test_a_second_serve_on_one_home_is_refused(folder: Path) -> None:
    with only_one(folder), pytest.raises(AlreadyServing), only_one(folder):
        pass
    with only_one(folder):
        pass


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_taken_port_is_refused_even_when_its_holder_shares_it(port: int, *, is_shared: bool) -> None:
    check_port("127.0.0.1", port)
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, is_shared)
        holder.bind(("127.0.0.1", port))
        holder.listen()
        with pytest.raises(PortNotFree, match=f"Port {port}"):
            check_port("127.0.0.1", port)


def test_plain_http_stays_on_this_machine() -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        check_protected(host, is_tls=False, is_behind_proxy=False)
    for host in (str(IPv4Address(0)), "::", "192.0.2.1", "no-such-host.invalid"):
        with pytest.raises(UnprotectedAddress, match="--tls-cert"):
            check_protected(host, is_tls=False, is_behind_proxy=False)
        check_protected(host, is_tls=True, is_behind_proxy=False)
        check_protected(host, is_tls=False, is_behind_proxy=True)


@pytest.mark.parametrize("text", ["0", "-1", "many", "65", "1.5", ""])
def test_a_senseless_number_of_web_workers_is_told(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("KEHU_WEB_WORKERS", text)
    with pytest.raises(BadSetting, match="KEHU_WEB_WORKERS"):
        serve.web(arguments())


def test_serve_refuses_before_it_starts_anything(empty_home: Path, certificate: tuple[Path, Path]) -> None:
    for words in (("--host", "192.0.2.1"), ("--tls-cert", str(certificate[0]))):
        with pytest.raises(KehuError):
            serve.run(arguments(*words))
    assert not (empty_home / "postgres").exists()


def test_the_supervisor_never_imports_django_or_a_driver() -> None:
    code = "import sys, kehu.cli.serve; print({'django', 'psycopg', 'cryptography', 'granian'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
