"""Settings of the office, all from the environment; a workspace folder is enough to run.

GUATU_WORKSPACE: the workspace folder; without it (checks, tests) the database is in memory and the key is thrown away.
GUATU_DATABASE_URL: another database, e.g. ``postgres://…``. GUATU_ALLOWED_HOSTS: names the pages answer to, by comma.
GUATU_HTTPS=1: behind TLS, cookies are sent over HTTPS only; GUATU_PROXY: where the TLS ends, this machine unless said.
GUATU_DEBUG=1: for developers.
GUATU_SESSION_MINUTES: how long without an act before a person is out, 60 unless said.
GUATU_OIDC_CLIENT_ID and its fellows: signing on by an outside service, see docs/sign-on.md; off without them.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

HERE = Path(__file__).resolve().parent


def _key_of(workspace: Path) -> str:
    """The secret key kept in the workspace, made on first use and readable by its owner only."""
    path = workspace / ".secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


_folder = os.environ.get("GUATU_WORKSPACE", "")
GUATU_WORKSPACE = Path(_folder).resolve() if _folder else None
HTTPS = os.environ.get("GUATU_HTTPS") == "1"

SECRET_KEY = _key_of(GUATU_WORKSPACE) if GUATU_WORKSPACE else secrets.token_urlsafe(50)
DEBUG = os.environ.get("GUATU_DEBUG") == "1"
ALLOWED_HOSTS = [
    name for name in os.environ.get("GUATU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name.strip()
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "rules",
    "guatu.office.apps.OfficeConfig",
    "guatu.office.ledger.apps.LedgerConfig",
    "guatu.office.api.apps.ApiConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "guatu.office.people.session_end.SessionEnd",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "guatu.office.urls"
WSGI_APPLICATION = "guatu.office.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guatu.office.frame.frame",
            ],
            "builtins": ["guatu.office.templatetags.office"],
        },
    }
]

_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": GUATU_WORKSPACE / "guatu.sqlite3" if GUATU_WORKSPACE else ":memory:",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    },
}
_url = os.environ.get("GUATU_DATABASE_URL", "")
DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60) if _url else _sqlite}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "guatu.office.people.passwords.LettersAndFigures"},
    {"NAME": "guatu.office.people.passwords.NotTheOldOne"},
]
OIDC_RP_CLIENT_ID = os.environ.get("GUATU_OIDC_CLIENT_ID", "")
OIDC_ON = bool(OIDC_RP_CLIENT_ID)
OIDC_RP_CLIENT_SECRET = os.environ.get("GUATU_OIDC_CLIENT_SECRET", "")
OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("GUATU_OIDC_AUTHORIZE", "")
OIDC_OP_TOKEN_ENDPOINT = os.environ.get("GUATU_OIDC_TOKEN", "")
OIDC_OP_USER_ENDPOINT = os.environ.get("GUATU_OIDC_USERINFO", "")
OIDC_OP_JWKS_ENDPOINT = os.environ.get("GUATU_OIDC_JWKS", "")
OIDC_NAME_CLAIM = os.environ.get("GUATU_OIDC_NAME_CLAIM", "preferred_username")
OIDC_CREATE_USER = os.environ.get("GUATU_OIDC_CREATE") == "1"
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10  # [s]
if OIDC_ON:
    AUTHENTICATION_BACKENDS.append("guatu.office.people.sign_on.Backend")

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # [h]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "office/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_AGE = 12 * 3600  # [s] from coming in, whatever a person does
SESSION_IDLE = 60 * int(os.environ.get("GUATU_SESSION_MINUTES", "60"))  # [s] without an act
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_FAILURE_VIEW = "guatu.office.views.errors.forged"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = GUATU_WORKSPACE / ".static" if GUATU_WORKSPACE else HERE / "static"
_hashed = GUATU_WORKSPACE is not None and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _hashed
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _hashed

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "guatu.office.refusals.Refusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
