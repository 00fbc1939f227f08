"""Django's settings, derived from config.environment and from nothing else."""

from __future__ import annotations

from email.utils import parseaddr

import environ
from csp.constants import NONE, SELF

from config.environment import BASE_DIR, Environment
from network.languages import NAMES_OF_LANGUAGES

ENVIRONMENT = Environment.read()

DEBUG = ENVIRONMENT.debug
TRIAL = ENVIRONMENT.trial
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_keys_before
FIELD_KEYS = ENVIRONMENT.field_keys
SITE_URL = ENVIRONMENT.site_url
LEDGER_DIR = ENVIRONMENT.ledger_dir
JOURNAL_DIR = ENVIRONMENT.journal_dir
METRICS_TOKEN = ENVIRONMENT.metrics_token
FORMS_WANT_WORK = ENVIRONMENT.forms_want_work
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
VAR_DIR = ENVIRONMENT.var_dir
ONION_URL = ENVIRONMENT.onion_url
OPERATOR_NAME = ENVIRONMENT.operator_name
OPERATOR_ADDRESS = ENVIRONMENT.operator_address
OPERATOR_MONEY = ENVIRONMENT.operator_money

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "network",
    "campaigns",
    "notifications",
    "config",
]

# Two surfaces, two stacks. What stands under config.surfaces.Personal… runs for /me/, /accounts/ and /organise/ only:
# an open page never reads or sets a cookie.
MIDDLEWARE = [
    "config.surfaces.TransportMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "network.open.outages.OutageMiddleware",
    "network.open.bodies.BodyLimitMiddleware",
    "config.surfaces.UrlLanguageMiddleware",
    "config.surfaces.OpenSurfaceMiddleware",
    "config.surfaces.ApiEntityTags",
    "config.surfaces.PersonalSession",
    "django.middleware.common.CommonMiddleware",
    "config.surfaces.PersonalCsrf",
    "config.surfaces.PersonalAuthentication",
    "config.surfaces.PersonalMessages",
    "allauth.account.middleware.AccountMiddleware",
    "config.surfaces.PersonalNoStore",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "network.open.methods.MethodMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "network.open.chrome.chrome",
            ],
            "builtins": ["network.templatetags.localization", "network.templatetags.elements"],
        },
    }
]

# -- database -------------------------------------------------------------------------------------
DATABASE_URL, DATABASE_OWNER_URL = ENVIRONMENT.database_url, ENVIRONMENT.database_owner_url
_signs_in_as = DATABASE_OWNER_URL if ENVIRONMENT.as_owner and DATABASE_OWNER_URL else DATABASE_URL
DATABASES = {"default": environ.Env.db_url_config(_signs_in_as)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the one writer's place at BEGIN, so two transactions never deadlock on an upgrade; FULL because
    # NORMAL may lose the last signatures in a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    _options.setdefault("connect_timeout", 5)
    # Tables lie in memory or on disks without moving heads. The server's own guess, four times as dear as reading in order, makes
    # it read everybody who ever joined a campaign for each thousand letters; and compiling a query costs more than any of ours.
    _options.setdefault("options", "-c random_page_cost=1.1 -c jit=off")
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- cache: a real Redis or Valkey; away is a miss, never an error ---------------------------------
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": ENVIRONMENT.cache_url,
        "TIMEOUT": 300,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
}

# -- people signing in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "notifications.personal.signing_in.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3  # times; then one begins again with the address
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_FORMS = {
    "request_login_code": "notifications.personal.code_form.AddressForm",
    "confirm_login_code": "notifications.personal.code_form.CodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/10m/key", "login_failed": "20/m/ip,10/5m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds; how fresh a second factor must be for a decision
MFA_ADAPTER = "notifications.personal.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hamseda"
MFA_TOTP_TOLERANCE = (
    1  # steps of 30 s before and after: a slow page, or a clock a little off, is no wrong code (RFC 6238)
)
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "me"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
SESSION_COOKIE_NAME = "hamseda_session"
CSRF_COOKIE_NAME = "hamseda_csrf"
CSRF_FAILURE_VIEW = "network.open.errors.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- limits: config/limits.py, each with its unit --------------------------------------------------
from config.limits import *  # noqa: E402, F403  (every name in it is a limit)

# -- mail ------------------------------------------------------------------------------------------
SMTP_HOST = ENVIRONMENT.smtp_host
SMTP_PORT = ENVIRONMENT.smtp_port
SMTP_USER = ENVIRONMENT.smtp_user
SMTP_PASSWORD = ENVIRONMENT.smtp_password
SMTP_TLS = ENVIRONMENT.smtp_tls
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
LETTERS_FROM_EMAIL = ENVIRONMENT.letters_from or ENVIRONMENT.mail_from  # somebody reads what offices answer there
MAIL_RETURN = ENVIRONMENT.mail_return or parseaddr(ENVIRONMENT.mail_from)[1]
RETURNED_MAIL_DIR = ENVIRONMENT.returned_mail_dir
MAIL_PROVIDER = ENVIRONMENT.mail_provider
MAIL_THROUGH = ENVIRONMENT.mail_through
ANYMAIL = {
    **ENVIRONMENT.mail_provider_secrets,
    "REQUESTS_TIMEOUT": PROVIDER_TIMEOUT_SECONDS,  # noqa: F405
    "IGNORE_UNSUPPORTED_FEATURES": True,  # who cannot switch tracking off by message does so in its own settings
}
EMAIL_BACKEND = "notifications.channels.refused.RefusingBackend"  # all mail is a Notice or a Delivery

# -- the API: everything it needs stands in network.api.resource; this is what the libraries ask for ---------------
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "network.api.problems.explain",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,  # it repeats each value as a title of itself
    "TITLE": "Hamseda",
    "DESCRIPTION": "Live campaigns, what they ask for, how many confirmed, and what changed.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "LICENSE": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
    "ENUM_NAME_OVERRIDES": {
        "Demand": "campaigns.models.Demand.Asks",
        "Standing": "network.models.Organisation.Standing",
        "OrganisationKind": "network.models.Organisation.Kind",
        "CoHostingState": "campaigns.models.CoHosting.State",
        "Dimension": "campaigns.models.CaseStatus.Dimension",
        "ChangeType": "notifications.api.changes.TYPES",
    },
}

# -- languages -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = list(NAMES_OF_LANGUAGES)
WORKSPACE_LANGUAGES = ["en", "fa"]  # what organisers work in; open pages, personal pages and mail speak all of them
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- static files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = TRIAL or DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TRIAL or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- security --------------------------------------------------------------------------------------
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send Origin: null on our own forms
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{f"{what}-src": [SELF] for what in ("style", "img", "script", "connect", "worker")},
        **{what: [NONE] for what in ("default-src", "base-uri", "frame-ancestors")},
        "form-action": [SELF],
    }
}
if not TRIAL:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
# Django's CSRF and security middleware run as config.surfaces has them; open pages have network.open.guard.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W003"]
# -- logs: no address, no query string, no IP ------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        **{name: {"level": "WARNING"} for name in ("fontTools", "fpdf")},  # they tell every glyph of every sheet
        "mail.log": {"level": "WARNING"},  # aiosmtpd writes every address it hears at INFO
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

# -- Celery ----------------------------------------------------------------------------------------
CELERY_BROKER_URL = ENVIRONMENT.broker_url
