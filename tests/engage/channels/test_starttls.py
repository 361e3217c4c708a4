"""STARTTLS with a real server: mails go encrypted, and to a server that cannot prove who it is none goes at all."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.engage.channels.conftest import Make, nothing

from kehu.engage.channels.email.channel import EmailChannel
from kehu.engage.channels.email.session import Session
from kehu.engage.channels.terms import EmailSettings
from kehu.engage.channels.testing import Behavior, MailServer

Open = Callable[..., EmailChannel]
HERE = ip_address("127.0.0.1")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine with its key, made for one test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.hengchuan.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(HERE)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "mail.pem"
    plain = serialization.NoEncryption()
    held = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + held)
    return path


@pytest.fixture
def safe(certificate: Path) -> Iterator[MailServer]:
    """A mail server that takes nothing in clear."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with MailServer(
        Behavior(users={"kehu": "geheim"}), tls_context=context, require_starttls=True
    ) as running:
        yield running


SIGNED_IN = {"security": "starttls", "username": "kehu", "password": "geheim"}


def test_a_mail_goes_encrypted_to_a_server_that_proves_itself(
    safe: MailServer, certificate: Path, channel_to: Open, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    (outcome,) = channel_to(safe, **SIGNED_IN).send([make()], handing=nothing)

    assert outcome.state == "accepted"
    assert len(safe.arrived) == 1
    settings = EmailSettings(
        host=safe.host, port=safe.port, security="starttls", username="kehu", from_address="a@b.example"
    )
    session = Session(settings, "geheim")
    greeting = session.greeting()
    session.close()
    assert greeting.is_encrypted
    assert greeting.is_signed_in
    assert greeting.protocol in {"TLSv1.2", "TLSv1.3"}


def test_nothing_goes_to_a_server_whose_certificate_nobody_vouches_for(
    safe: MailServer, channel_to: Open, make: Make
) -> None:
    (outcome,) = channel_to(safe, **SIGNED_IN).send([make()], handing=nothing)

    assert (outcome.state, outcome.reason) == ("deferred", "no_connection")
    assert safe.arrived == []


def test_a_certificate_that_is_not_checked_still_encrypts(
    safe: MailServer, channel_to: Open, make: Make
) -> None:
    (outcome,) = channel_to(safe, is_certificate_checked=False, **SIGNED_IN).send([make()], handing=nothing)

    assert outcome.state == "accepted"
    assert len(safe.arrived) == 1
