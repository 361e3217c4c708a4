"""Check a certificate and its key before the web server gets them: it would only say that it failed."""

import ssl
from pathlib import Path

from kehu.platform.errors import KehuError
from kehu.platform.text import Text


class CertificateNotUsable(KehuError):
    """The certificate or its key cannot be read, do not match, or have a form that the web server does not know."""

    code = "certificate_not_usable"


def check_certificate(certificate: Path, key: Path) -> None:
    """Check that both files can be read, that the key is PKCS#8 without password, and that they match.

    Raises CertificateNotUsable.
    """
    _read(certificate)
    content = _read(key)
    if b"BEGIN PRIVATE KEY" not in content:
        raise CertificateNotUsable(
            Text(
                f"私钥 {key} 要为无密码的 PKCS#8 格式。可执行：openssl pkcs8 -topk8 -nocrypt -in {key.name} -out key.pem",
                f"The key {key} must be PKCS#8 without a password. Run: openssl pkcs8 -topk8 -nocrypt -in {key.name} -out key.pem",
            )
        )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        raise CertificateNotUsable(_reason(error, certificate, key)) from error


def _reason(error: ssl.SSLError, certificate: Path, key: Path) -> Text:
    if error.reason == "KEY_VALUES_MISMATCH":
        return Text(
            f"私钥 {key} 与证书 {certificate} 不匹配。",
            f"The key {key} does not belong to the certificate {certificate}.",
        )
    return Text(
        f"{certificate} 或 {key} 不是 PEM 格式的证书和私钥。",
        f"{certificate} or {key} is no certificate or key in PEM form.",
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CertificateNotUsable(
            Text(f"无法读取 {path}（{error.strerror}）。", f"{path} cannot be read ({error.strerror}).")
        ) from error
