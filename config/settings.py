"""One file for every place Puente runs; what differs comes from the environment (common/env.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from accounts.enums import Language
from common import env
from config import cookies, encryption, mail_providers, support
from tools import embedded

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where we are -----------------------------------------------------------------------------
ENVIRONMENT = env.text("PUENTE_ENV", "development")
if ENVIRONMENT not in {"development", "test", "production"}:
    raise ImproperlyConfigured(
        f"PUENTE_ENV={ENVIRONMENT!r} is unknown. Use development, test or production."
    )
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"
DEMO = env.flag("PUENTE_DEMO") and not PRODUCTION
DEBUG = env.flag("DEBUG") and not PRODUCTION
# What a supervisor calls this process, to know it at /health/ (tools/demo.py).
INSTANCE = env.text("PUENTE_INSTANCE", "")


def _required(name: str, embedded_value: str, *, example: str) -> str:
    """Outside production an unset variable falls back to what Puente brings along."""
    return env.text(name, None if PRODUCTION else embedded_value, example=example)


SECRET_KEY = _required(
    "SECRET_KEY",
    "development-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')",
)
# What is sealed in the database (accounts/sealing.py); the first key seals, all of them open.
ENCRYPTION_KEYS = encryption.encryption_keys("ENCRYPTION_KEYS", "" if PRODUCTION else SECRET_KEY)
BASE_URL = _required(
    "BASE_URL", "http://127.0.0.1:8000", example="https://puente.example.com"
).rstrip("/")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS",
    None if PRODUCTION else "127.0.0.1,localhost,[::1],testserver",
    example="puente.example.com",
)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

# --- the company ------------------------------------------------------------------------------
COMPANY_NAME = env.text("COMPANY_NAME", "Puente")
SOURCE_URL = env.http_url("SOURCE_URL", example="https://git.example.com/puente")
# Where customers call and write, by language: on pages, in mails, on papers.
SUPPORT_LINES = support.support_lines(required=PRODUCTION)
# Deadlines fall at the same wall-clock time here, so daylight-saving days never move one.
BUSINESS_TIME_ZONE = env.text("BUSINESS_TIME_ZONE", "America/Chicago")
APPROVAL_DAYS = env.number("APPROVAL_DAYS", 90)  # "An approval is only good for 90 days"
CONTRACTS_DAYS = env.number("CONTRACTS_DAYS", 60)  # "the contracts will expire in 60 days"
# Business days a charge is on its way: from then on it is too late to change bank or card.
AUTOPAY_LEAD_DAYS = env.number("AUTOPAY_LEAD_DAYS", 3)
# Business days before a charge by which a bank must be asked to stop it (12 CFR 1005.10(c)).
STOP_PAYMENT_DAYS = env.number("STOP_PAYMENT_DAYS", 3)
# Days ahead at which customers are told of a deadline.
EXPIRY_NOTICE_DAYS = env.numbers("EXPIRY_NOTICE_DAYS", "10,2")
# When customers are written to unasked who named no hours, on their own clocks.
CONTACT_FROM = env.time_of_day("CONTACT_FROM", "09:00")
CONTACT_TO = env.time_of_day("CONTACT_TO", "20:00")
if CONTACT_FROM >= CONTACT_TO:
    raise ImproperlyConfigured(
        "CONTACT_FROM must be before CONTACT_TO. Example: CONTACT_FROM=09:00 CONTACT_TO=20:00"
    )
# A signed lease is accepted at once; one that waits longer than this alerts the staff.
ACCEPTANCE_MINUTES = env.number("ACCEPTANCE_MINUTES", 5)
# The credit decision engine (leases/engine); unset, a sandbox answers, or none in production.
DECISION_ENGINE_URL = env.http_url(
    "DECISION_ENGINE_URL", example="https://decisions.example.com/v1/applications"
)
DECISION_ENGINE_TOKEN = env.text("DECISION_ENGINE_TOKEN", "")
DECISION_ENGINE_TIMEOUT = env.number("DECISION_ENGINE_TIMEOUT", 5)
# Translations of entries by LibreTranslate or the like (cases/translator.py); off unset.
TRANSLATE_URL = env.https_url("TRANSLATE_URL", example="https://translate.example.com")
TRANSLATE_API_KEY = env.text("TRANSLATE_API_KEY", "")
TRANSLATE_TIMEOUT = env.number("TRANSLATE_TIMEOUT", 10)  # seconds
# Whether internal notes may be sent there too: only where the service is the company's own.
TRANSLATE_INTERNAL = env.flag("TRANSLATE_INTERNAL")
BUYOUT_OPTION_DAYS = env.number("BUYOUT_OPTION_DAYS", 90)  # "90-day option", from delivery
BUYOUT_VALID_DAYS = env.number("BUYOUT_VALID_DAYS", 10)  # a quote holds at most so long

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before admin: it replaces the admin's forms
    "config.admin_site.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # so that templates/django/forms can replace its templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
    "template_partials",
    "accounts",
    "mail",
    "leases",
    "cases",
    "guides",
    "tools",
]
FORM_RENDERER = "config.form_renderer.Renderer"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, CSRF tokens are masked anew
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",  # for documents: a style or a script has no policy of its own
    "leases.api.door.door",  # before whatever reads a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.whole_bodies.ReadFirst",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.language_and_time_zone",
    "accounts.middleware.idle_sign_out",
    "accounts.middleware.private_answers",
    "accounts.middleware.second_factor_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.told_of_masks",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.draft_middleware.drafts_end",
    "config.middleware.form_addresses",
    "config.forms_once.FormsOnce",  # last: the answer of a repeated form has passed all the others
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"support": "common.support_tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "accounts.templatetags.form_keys",  # csrf_token, with a key for the form
            ],
        },
    }
]

# --- data -------------------------------------------------------------------------------------
DATABASE_URL = _required(
    "DATABASE_URL",
    embedded.database_url() if not PRODUCTION else "",
    example="postgresql://puente:secret@db.example.com:5432/puente",
)
DATABASES = {"default": dict(dj_database_url.parse(DATABASE_URL))}
_options: dict[str, Any] = DATABASES["default"].setdefault("OPTIONS", {})  # type: ignore[assignment]
TIME_LIMITS = {
    "statement_timeout": f"{env.number('STATEMENT_TIMEOUT', 30, least=0)}s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
# No trigger is ignored: said here, else each trigger learns it from an error, for every row.
CONNECTION_SETTINGS = {**TIME_LIMITS, "pgtrigger.ignore": "{}"}
# PgBouncer in transaction mode takes no options at start-up (config/time_limits.py gives them to
# the role instead), and hands the next statement to a connection that knows no cursor of ours.
PGBOUNCER = env.flag("PGBOUNCER")
if PGBOUNCER:
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
else:
    _options["options"] = " ".join(f"-c {each}={its}" for each, its in CONNECTION_SETTINGS.items())
if TESTING:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{env.text('PUENTE_TEST_RUN', 'puente')}"}
if env.flag("DATABASE_POOL"):  # web processes only (config/wsgi.py sets it)
    _options["pool"] = {
        "min_size": 2,
        "max_size": env.number("DATABASE_POOL_SIZE", 8),
        "timeout": 10,
        # Waits between its tries to reach the database double until then; the next request begins
        # anew. The usual five minutes would be felt long after the database is back.
        "reconnect_timeout": 5,
    }
    # Asked before each request: after a restart of the database nobody gets a dead connection.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Which codes of an authenticator app were used (allauth): holds while Valkey is away or flushed,
# and lets nothing fall out before its time.
CACHES = {
    "default": {"BACKEND": "accounts.kept_cache.KeptCache", "LOCATION": "puente_cache"},
}
EVIDENCE_ROOT = Path(env.text("EVIDENCE_ROOT", str(embedded.home() / "evidence")))
EVIDENCE_MAX_BYTES = env.number("EVIDENCE_MAX_MB", 25) * 1024 * 1024
EVIDENCE_MAX_FILES = 10  # in one form
# What one customer may send in the portal; more waits (cases/actions/customer_limits.py).
CUSTOMER_MESSAGES_PER_HOUR = env.number("CUSTOMER_MESSAGES_PER_HOUR", 20)
CUSTOMER_MESSAGES_PER_DAY = env.number("CUSTOMER_MESSAGES_PER_DAY", 60)
CUSTOMER_FILES_PER_HOUR = env.number("CUSTOMER_FILES_PER_HOUR", 40)
CUSTOMER_FILES_PER_DAY = env.number("CUSTOMER_FILES_PER_DAY", 120)
REQUEST_MAX_BYTES = EVIDENCE_MAX_FILES * EVIDENCE_MAX_BYTES + 4 * 1024 * 1024
IMPORT_PAGE_MAX_BYTES = 1024 * 1024  # what a page imports while somebody waits; about 4,000 rows
FILE_UPLOAD_HANDLERS = [
    "cases.uploads.BoundedRequest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
# Larger bodies are spooled to disk; the form itself says no to what is over the limit.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- signing in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mail.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"change_password": "accounts.forms.CountedChangePasswordForm"}
# allauth's own writes a row for whoever a link names, valid or not.
_TOKENS = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _TOKENS
ACCOUNT_RATE_LIMITS = False  # ours are rows of their own (accounts/limits.py, paces.py)
# Tries to get in a minute, each kind of them over all people and networks; more are slowed down.
SIGN_IN_PER_MINUTE = env.number("SIGN_IN_PER_MINUTE", 600)
API_RATE_PER_MINUTE = env.number("API_RATE_PER_MINUTE", 120)  # of one key
MFA_ADAPTER = "accounts.sign_in.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in.second_factor.CountedAuthenticateForm",
    "reauthenticate": "accounts.sign_in.second_factor.CountedReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = COMPANY_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Staff without a second factor see its set-up and nothing else.
STAFF_SECOND_FACTOR_REQUIRED = env.flag("STAFF_SECOND_FACTOR_REQUIRED", PRODUCTION)
SESSION_ENGINE = "accounts.sealed_sessions"
COOKIE_SUFFIX = cookies.suffix(BASE_URL, demo=DEMO)
SESSION_COOKIE_NAME = f"sessionid{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"csrftoken{COOKIE_SUFFIX}"
SESSION_COOKIE_AGE = 12 * 60 * 60
STAFF_IDLE_SECONDS = 30 * 60

# --- languages --------------------------------------------------------------------------------
LANGUAGE_CODE = Language.ENGLISH.value
LANGUAGES = Language.choices
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_NAME = f"puente_language{COOKIE_SUFFIX}"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_LANGUAGES = tuple(Language.values)
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = ()  # both are mandatory, so nothing to fall back to

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
# Collected once where it is served for real; elsewhere files come straight from their folders.
COLLECTED = PRODUCTION or DEMO
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))) if COLLECTED else None
GUIDES_ROOT = BASE_DIR / "docs"  # read while running, so it goes wherever the code goes
STATICFILES_DIRS = [BASE_DIR / "static", ("guides", GUIDES_ROOT / "images" / "guides")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.Storage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # A web server of another user may serve them, whatever the umask of who collected them.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_ALLOW_ALL_ORIGINS = False  # they are read from our pages alone

# --- mail -------------------------------------------------------------------------------------
# Empty: SMTP. A provider's options are ANYMAIL_* variables (config/mail_providers.py).
MAIL_PROVIDER = env.mail_provider(
    "MAIL_PROVIDER", mail_providers.SENDING, unset="Unset, mail goes by SMTP."
)
ANYMAIL = env.prefixed("ANYMAIL_")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_needs_smtp = PRODUCTION and not MAIL_PROVIDER
for _name, _value in env.smtp(
    "EMAIL_URL", None if _needs_smtp else "smtp://127.0.0.1:2525"
).items():
    globals()[_name] = _value
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{COMPANY_NAME} <support@puente.example>")
# Where customers answer; mails about a case then name a signed form of it (docs/decisions/0014).
INBOUND_ADDRESS = env.mail_address("INBOUND_ADDRESS", "replies@puente.example" if DEMO else "")
# Or whose web address they reach, at a provider that takes mails in (cases/views/mail_in.py).
INBOUND_PROVIDER = env.mail_provider(
    "INBOUND_PROVIDER", mail_providers.INBOUND, unset="Unset, nobody posts mails here."
)
_needs_secret = INBOUND_PROVIDER and f"INBOUND_PROVIDER={INBOUND_PROVIDER}"
if env.webhook_secret("ANYMAIL_WEBHOOK_SECRET", needed_by=_needs_secret) and MAIL_PROVIDER:
    env.anymail_options(mail_providers.EVENTS[MAIL_PROVIDER], why="what it tells at /mail-events/")
INBOUND_MAILBOX = env.mailbox("INBOUND_IMAP_URL")  # fetched by fetch_mail
# Whose word counts on whether a sender is real, in Authentication-Results (docs/decisions/0014).
_reads_mail = next(
    (
        name
        for name, value in (
            ("INBOUND_IMAP_URL", INBOUND_MAILBOX),
            ("INBOUND_PROVIDER", INBOUND_PROVIDER),
            ("INBOUND_ADDRESS", INBOUND_ADDRESS),
        )
        if value
    ),
    "",
)
INBOUND_AUTHSERV_IDS = env.authserv_ids(
    "INBOUND_AUTHSERV_ID", needed_by=_reads_mail if PRODUCTION else ""
)
# Days an address made for the answers to a mail is good, and days a mail of ours vouches for who
# answers it where no server does.
INBOUND_ADDRESS_DAYS = env.number("INBOUND_ADDRESS_DAYS", 180)
INBOUND_THREAD_DAYS = env.number("INBOUND_THREAD_DAYS", 90)
# As large as providers let a mail be; a larger one is parked by its headers.
INBOUND_MAX_BYTES = env.number("INBOUND_MAX_MB", 36) * 1024 * 1024
# More mails of one sender in an hour wait for a person: two machines may be talking.
INBOUND_PER_HOUR = env.number("INBOUND_PER_HOUR", 20)
# Seconds a drainer may hold a mail before another takes it over (docs/decisions/0003-outbox.md).
OUTBOX_CLAIM_SECONDS = env.number("OUTBOX_CLAIM_SECONDS", 60)
env.renamed("OUTBOX_LEASE_SECONDS", "OUTBOX_CLAIM_SECONDS")
# To one address in an hour; more is put off. Codes that somebody waits for are not counted.
MAIL_CAP_PER_HOUR = env.number("MAIL_CAP_PER_HOUR", 20)
# A mail that has been due for longer alerts the staff.
OUTBOX_ALERT_MINUTES = env.number("OUTBOX_ALERT_MINUTES", 15)
# Who may read /metrics/; unset, nobody.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
# Webhooks may go to this machine and to private networks; never in production.
WEBHOOK_ALLOW_PRIVATE = env.flag("WEBHOOK_ALLOW_PRIVATE") and not PRODUCTION
# The demo's visible inbox: a folder of what arrived over SMTP, shown at /inbox/.
INBOX_ROOT = embedded.home() / "inbox" if DEMO or TESTING else None

# --- Celery -----------------------------------------------------------------------------------
REDIS_URL = _required(
    "REDIS_URL",
    embedded.broker_url() if not PRODUCTION else "",
    example="redis://redis.example.com:6379/0",
)

# --- security ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("SECURE_SSL_REDIRECT", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else all who sign in share the proxy's address, and with it the limits on guessing.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- logs: what happened to which row, never who or what was said -------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
