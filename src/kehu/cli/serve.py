"""`kehu serve`: the whole installation in one command. This process stays small: it never imports Django."""

import argparse
import json
import logging
import os
import sys
from pathlib import Path

from kehu.platform.installation import home as homes
from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.tls import CertificateNotUsable, check_certificate
from kehu.platform.logs import JsonLines, file_handler
from kehu.platform.postgres.external import address_of
from kehu.platform.postgres.server import EmbeddedServer
from kehu.platform.supervisor.child import Process
from kehu.platform.supervisor.listening import check_port, check_protected, only_one
from kehu.platform.supervisor.tree import Supervisor
from kehu.platform.text import Text

APPLICATION = "kehu.config.wsgi:application"
THREADS = 4
MOST_WORKERS = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `kehu serve` understands."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port")
    parser.add_argument("--tls-cert", type=Path, help="证书（PEM） / certificate (PEM)")
    parser.add_argument("--tls-key", type=Path, help="私钥（PKCS#8） / its key (PKCS#8)")
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="位于提供 HTTPS 的反向代理之后 / behind a proxy that speaks HTTPS",
    )


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; return the status for the shell. Raises KehuError for whatever prevents a start."""
    is_tls = _check_tls(args.tls_cert, args.tls_key)
    check_protected(args.host, is_tls=is_tls, is_behind_proxy=args.behind_proxy)
    home = homes.home()
    os.environ["KEHU_HOME"] = str(home)
    with only_one(homes.run_dir()):
        check_port(args.host, args.port)
        _write_logs(homes.log_dir() / "serve.log")
        scheme = "https" if is_tls else "http"
        os.environ.setdefault("KEHU_PUBLIC_URL", f"{scheme}://{args.host}:{args.port}")
        print(f"Kehu 客户  {scheme}://{args.host}:{args.port}  （Ctrl+C 停止 / stops it）", flush=True)
        return Supervisor(
            server=_server(home),
            first=[Process(name="migrate", command=_kehu("migrate"))],
            processes=[web(args), Process(name="worker", command=_kehu("worker"))],
        ).run()


def web(args: argparse.Namespace, application: str = APPLICATION) -> Process:
    """Return the web server's process. Raises BadSetting when KEHU_WEB_WORKERS is no sensible number."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", application),
        *("--host", args.host, "--port", str(args.port), "--no-ws"),
        *("--workers", str(_web_workers()), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "5"),
        *("--no-access-log", "--log-level", "warning", "--log-config", str(_granian_logs())),
    ]
    if args.tls_cert:
        command += [
            "--ssl-certificate",
            str(args.tls_cert.resolve()),
            "--ssl-keyfile",
            str(args.tls_key.resolve()),
        ]
        command += ["--ssl-protocol-min", "tls1.2"]
    environment = {
        "KEHU_IS_WEB": "1",
        "KEHU_TLS": "1" if args.tls_cert else "0",
        "KEHU_BEHIND_PROXY": "1" if args.behind_proxy else "0",
    }
    return Process(
        name="web", command=tuple(command), environment=environment, answers_at=(args.host, args.port)
    )


def _kehu(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "kehu.cli.main", command)


def _server(home: Path) -> EmbeddedServer | None:
    if url := os.environ.get("KEHU_DATABASE_URL", "").strip():
        address_of(url)
        return None
    return EmbeddedServer(home)


def _check_tls(certificate: Path | None, key: Path | None) -> bool:
    if certificate is None and key is None:
        return False
    if certificate is None or key is None:
        raise CertificateNotUsable(
            Text("--tls-cert 和 --tls-key 要一起使用。", "--tls-cert and --tls-key go together.")
        )
    check_certificate(certificate, key)
    return True


def _web_workers() -> int:
    text = os.environ.get("KEHU_WEB_WORKERS", "1")
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise BadSetting(
            Text(
                f"KEHU_WEB_WORKERS 要为 1 到 {MOST_WORKERS} 的整数。",
                f"KEHU_WEB_WORKERS must be a whole number from 1 to {MOST_WORKERS}.",
            )
        )
    return int(text)


def _write_logs(path: Path) -> None:
    """Log to standard error and to a file."""
    handlers = [logging.StreamHandler(sys.stderr), file_handler(path)]
    for handler in handlers:
        handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)


def _granian_logs() -> Path:
    """Write the web server's logging configuration: the same lines as ours, which carry no foreign message."""
    path = homes.run_dir() / "granian-logs.json"
    handler = {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}
    loggers = {name: {"handlers": ["stderr"], "propagate": False} for name in ("_granian", "granian.access")}
    content = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "kehu.platform.logs.JsonLines"}},
        "handlers": {"stderr": handler},
        "loggers": loggers,
    }
    path.write_text(json.dumps(content))
    return path
