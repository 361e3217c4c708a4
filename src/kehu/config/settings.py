"""Django's settings. What an installation may change comes from `kehu.platform.installation.environment`; the rest is decided here."""

import base64
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from kehu.platform.installation.environment import environment

ENV = environment()
ROOT = Path(__file__).resolve().parents[3]
WEB = Path(os.environ.get("KEHU_WEB_DIR", ROOT / "web" / "dist"))

DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "kehu.config.urls"
WSGI_APPLICATION = "kehu.config.wsgi.application"


def _secret() -> str:
    """Return Django's secret, derived from the root key; tools that only read settings need no key at all."""
    if os.environ.get("KEHU_WITHOUT_KEYS") or "mypy" in Path(sys.argv[0]).name:
        return "only-for-tools-that-read-settings"
    from kehu.platform.installation.secret_keys import derive

    return base64.b64encode(derive("django")).decode()


SECRET_KEY = _secret()
ALLOWED_HOSTS = [*ENV.allowed_hosts, "127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.headless",
    "kehu.platform",
    "kehu.govern",
    "kehu.collect",
    "kehu.resolve",
    "kehu.profile",
    "kehu.analyze",
    "kehu.relate",
    "kehu.engage",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kehu.api.edge.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kehu.api.edge.transactions.OneTransaction",
]

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}]

_NAME = urlsplit(ENV.database_url).path.lstrip("/") or os.environ.get("KEHU_DATABASE_NAME", "kehu")
# An attempt to connect doubles its pauses until it is given up; a new one begins with the next request. By default it
# goes on for five minutes, so that a database back after one minute would be looked for only a minute later.
_POOL = {"min_size": 1, "max_size": 6, "timeout": 5, "reconnect_timeout": 4}
_IS_WEB = bool(os.environ.get("KEHU_IS_WEB"))
DATABASES = {
    "default": {
        "ENGINE": "kehu.platform.db",
        "NAME": _NAME,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"kehu_role": "kehu_app", **({"pool": _POOL} if _IS_WEB else {})},
    },
    "aside": {
        "ENGINE": "kehu.platform.db",
        "NAME": _NAME,
        "OPTIONS": {"kehu_role": "kehu_app"},
        "TEST": {"MIRROR": "default"},
    },
    "owner": {
        "ENGINE": "kehu.platform.db",
        "NAME": _NAME,
        "OPTIONS": {"kehu_role": "kehu_owner"},
        "TEST": {"MIRROR": "default"},
    },
    "sealer": {"ENGINE": "kehu.platform.db", "NAME": _NAME, "OPTIONS": {"kehu_role": "kehu_sealer"}},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "platform_cache"}}

AUTH_USER_MODEL = "govern.User"
AUTHENTICATION_BACKENDS = ["kehu.govern.sign_in.Backend"]
PASSWORD_HASHERS = ["kehu.govern.access.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "kehu.govern.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "kehu.govern.sign_in.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# A whole branch may come from one address; single accounts are locked by kehu.govern.sign_in.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip"}
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ["browser"]
HEADLESS_FRONTEND_URLS: dict[str, str] = {"socialaccount_login_error": "/sign-in"}
MFA_ADAPTER = "kehu.govern.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV.is_development

SESSION_COOKIE_NAME = "kehu_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "kehu_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_tls or ENV.is_behind_proxy
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_tls or ENV.is_behind_proxy else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "kehu.api.edge.errors.csrf_failure"

STATIC_URL = "/static/"
STATIC_ROOT = WEB
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["kehu.api.edge.uploads.SealedUploadHandler"]

PROCRASTINATE_IMPORT_PATHS = ["kehu.flows.jobs"]
PROCRASTINATE_ON_APP_READY = "kehu.platform.jobs.configure"

LOGGING_CONFIG = "kehu.platform.logs.configure"
LOGGING = {"lines": "json"}  # never empty, or Django would not call the function above
