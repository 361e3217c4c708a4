"""The settings of an installation, read from the environment once. A bad value stops the start, with its name and remedy."""

import os
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kehu.platform.errors import KehuError
from kehu.platform.installation.home import home
from kehu.platform.text import Text

SUITES = ("aes", "sm")
ENGINES = ("duckdb", "spark-local")
MOST_PORT = 65_535
MAIL_SINK_WISH = "mail-sink"
"""A file in the home, written by the demo: the port on which it wants its mails to be taken."""
MOST_WHOLE = 3650


class BadSetting(KehuError):
    """A setting holds a value that Kehu cannot run with."""

    code = "bad_setting"


@dataclass(frozen=True, slots=True)
class LakePlace:
    """Where the lake lies: `url` is s3://bucket/prefix, or empty for the folder of the installation."""

    url: str = ""
    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = ""
    is_virtual: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """Every setting that the environment may carry; `docs/reference/settings.md` names them all."""

    database_url: str
    time_zone: str
    suite: str
    allowed_hosts: tuple[str, ...]
    is_behind_proxy: bool
    is_tls: bool
    is_development: bool
    organization: str
    retention_rules: str
    engine: str
    spark_options: str
    spark_minutes: int
    lake: "LakePlace"
    public_url: str
    internal_hosts: tuple[str, ...]
    contact_rules: str
    mail_sink_port: int
    survey_cool_down_days: int


def _flag(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "false", "no"}:
        return False
    if value in {"1", "true", "yes"}:
        return True
    raise BadSetting(Text(f"{name} 只能是 0 或 1。", f"{name} must be 0 or 1."))


def _zone(name: str) -> str:
    value = os.environ.get(name, "Asia/Shanghai")
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting(
            Text(f"{name} 不是时区名，例如 Asia/Shanghai。", f"{name} is no time zone; try Asia/Shanghai.")
        ) from error
    return value


def _suite(name: str) -> str:
    value = os.environ.get(name, "").strip().lower()
    if value and value not in SUITES:
        raise BadSetting(
            Text(
                f"{name} 只能是 aes（AES-256-GCM）或 sm（SM4-GCM）。",
                f"{name} must be aes (AES-256-GCM) or sm (SM4-GCM).",
            )
        )
    return value


def _database(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
        raise BadSetting(
            Text(
                f"{name} 要以 postgresql:// 开头；不设则使用内置数据库。",
                f"{name} must begin with postgresql://; leave it unset to use the embedded server.",
            )
        )
    return value


def _public_url(name: str) -> str:
    value = os.environ.get(name, "").strip().rstrip("/") or "http://127.0.0.1:8000"
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(
            Text(
                f"{name} 要写成 https://主机名，例如 https://kehu.example.com。",
                f"{name} must read like https://kehu.example.com.",
            )
        )
    return value


def _mail_sink(name: str) -> int:
    text = os.environ.get(name, "").strip()
    if text:
        if not text.isdecimal() or int(text) > MOST_PORT:
            raise BadSetting(Text(f"{name} 写端口，0 为不开。", f"{name} is a port, or 0 for none."))
        return int(text)
    wish = home() / MAIL_SINK_WISH
    return int(wish.read_text()) if wish.exists() else 0


def _list(name: str) -> tuple[str, ...]:
    return tuple(h.strip() for h in os.environ.get(name, "").split(",") if h.strip())


def _engine(name: str) -> str:
    value = os.environ.get(name, "").strip() or "duckdb"
    if value not in ENGINES and not value.startswith("spark://"):
        raise BadSetting(
            Text(
                f"{name} 只能是 duckdb、spark-local 或 spark://主机:端口。",
                f"{name} must be duckdb, spark-local or spark://host:port.",
            )
        )
    return value


def _lake() -> LakePlace:
    url = os.environ.get("KEHU_LAKE_URL", "").strip()
    if url and (urlsplit(url).scheme != "s3" or not urlsplit(url).netloc):
        raise BadSetting(
            Text(
                "KEHU_LAKE_URL 要写成 s3://桶/前缀；不设则放在安装目录里。",
                "KEHU_LAKE_URL is s3://bucket/prefix; leave it unset for the folder of the installation.",
            )
        )
    return LakePlace(
        url=url,
        endpoint=os.environ.get("KEHU_LAKE_ENDPOINT", "").strip(),
        region=os.environ.get("KEHU_LAKE_REGION", "").strip(),
        access_key=os.environ.get("KEHU_LAKE_ACCESS_KEY", "").strip(),
        secret_key=os.environ.get("KEHU_LAKE_SECRET_KEY", "").strip(),
        is_virtual=_flag("KEHU_LAKE_VIRTUAL_HOSTS"),
    )


def _whole(name: str, usual: int, least: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return usual
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= MOST_WHOLE:
        raise BadSetting(
            Text(
                f"{name} 要写 {least} 到 {MOST_WHOLE} 的整数。",
                f"{name} must be a whole number from {least} to {MOST_WHOLE}.",
            )
        )
    return int(value)


@cache
def environment() -> Environment:
    """Read and check the environment. Raises BadSetting."""
    return Environment(
        database_url=_database("KEHU_DATABASE_URL"),
        time_zone=_zone("KEHU_TIME_ZONE"),
        suite=_suite("KEHU_SUITE"),
        allowed_hosts=_list("KEHU_ALLOWED_HOSTS"),
        is_behind_proxy=_flag("KEHU_BEHIND_PROXY"),
        is_tls=_flag("KEHU_TLS"),
        is_development=_flag("KEHU_DEVELOPMENT"),
        organization=os.environ.get("KEHU_ORGANIZATION", "衡川银行").strip() or "Kehu",
        retention_rules=os.environ.get("KEHU_RETENTION_RULES", "").strip(),
        engine=_engine("KEHU_ENGINE"),
        spark_options=os.environ.get("KEHU_SPARK_OPTIONS", "").strip(),
        spark_minutes=_whole("KEHU_SPARK_MINUTES", 15, least=1),
        lake=_lake(),
        public_url=_public_url("KEHU_PUBLIC_URL"),
        internal_hosts=_list("KEHU_INTERNAL_HOSTS"),
        contact_rules=os.environ.get("KEHU_CONTACT_RULES", "").strip(),
        mail_sink_port=_mail_sink("KEHU_MAIL_SINK"),
        survey_cool_down_days=_whole("KEHU_SURVEY_COOL_DOWN_DAYS", 7),
    )
