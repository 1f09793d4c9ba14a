"""Settings for every place Puente runs; what differs comes from the environment (common/env.py)."""

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
# An id that a supervisor gives this process to recognize it at /health/ (tools/demo.py).
INSTANCE = env.text("PUENTE_INSTANCE", "")


def _required(name: str, embedded_value: str, *, example: str) -> str:
    """Outside production, an unset variable falls back to what Puente brings along."""
    return env.text(name, None if PRODUCTION else embedded_value, example=example)


SECRET_KEY = _required(
    "SECRET_KEY",
    "development-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    example="$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')",
)
# Keys for what is encrypted in the database (accounts/sealing.py): the first encrypts, all decrypt.
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
# How customers reach the company, by language: on pages, in mails, on documents.
SUPPORT_LINES = support.support_lines(required=PRODUCTION)
# Deadlines fall at the same local time here, so daylight saving never moves one.
BUSINESS_TIME_ZONE = env.text("BUSINESS_TIME_ZONE", "America/Chicago")
APPROVAL_DAYS = env.number("APPROVAL_DAYS", 90)  # "An approval is only good for 90 days"
CONTRACTS_DAYS = env.number("CONTRACTS_DAYS", 60)  # "the contracts will expire in 60 days"
# Business days a charge takes to process: from then on it's too late to change bank or card.
AUTOPAY_LEAD_DAYS = env.number("AUTOPAY_LEAD_DAYS", 3)
# How many business days before a charge a bank must be asked to stop it (12 CFR 1005.10(c)).
STOP_PAYMENT_DAYS = env.number("STOP_PAYMENT_DAYS", 3)
# How many days before a deadline customers are told of it.
EXPIRY_NOTICE_DAYS = env.numbers("EXPIRY_NOTICE_DAYS", "10,2")
# When customers who set no hours of their own get mails they didn't ask for, in their time zone.
CONTACT_FROM = env.time_of_day("CONTACT_FROM", "09:00")
CONTACT_TO = env.time_of_day("CONTACT_TO", "20:00")
if CONTACT_FROM >= CONTACT_TO:
    raise ImproperlyConfigured(
        "CONTACT_FROM must be before CONTACT_TO. Example: CONTACT_FROM=09:00 CONTACT_TO=20:00"
    )
# From how many calls to a customer, in how many days, staff are warned before another one; 0 calls
# switches it off (cases/attempts.py names the source).
CONTACT_MOST_CALLS = env.number("CONTACT_MOST_CALLS", 7, least=0)
CONTACT_CALL_DAYS = env.number("CONTACT_CALL_DAYS", 7)
# A signed lease is accepted at once; staff are alerted about one that waits longer than this.
ACCEPTANCE_MINUTES = env.number("ACCEPTANCE_MINUTES", 5)
# The credit decision engine (leases/engine); unset, a sandbox answers, or none in production.
DECISION_ENGINE_URL = env.http_url(
    "DECISION_ENGINE_URL", example="https://decisions.example.com/v1/applications"
)
DECISION_ENGINE_TOKEN = env.text("DECISION_ENGINE_TOKEN", "")
DECISION_ENGINE_TIMEOUT = env.number("DECISION_ENGINE_TIMEOUT", 5)
# Translates entries with LibreTranslate or a compatible service (cases/translator.py); off if
# unset.
TRANSLATE_URL = env.https_url("TRANSLATE_URL", example="https://translate.example.com")
TRANSLATE_API_KEY = env.text("TRANSLATE_API_KEY", "")
TRANSLATE_TIMEOUT = env.number("TRANSLATE_TIMEOUT", 10)  # seconds
# Whether internal notes may be sent there too: only if the service is the company's own.
TRANSLATE_INTERNAL = env.flag("TRANSLATE_INTERNAL")
BUYOUT_OPTION_DAYS = env.number("BUYOUT_OPTION_DAYS", 90)  # "90-day option", from delivery
BUYOUT_VALID_DAYS = env.number("BUYOUT_VALID_DAYS", 10)  # a quote is valid for at most this long

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before admin, because it replaces the admin's forms
    "config.admin_site.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # so that templates/django/forms can override its templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
    "template_partials",
    "accounts",
    "telephone",
    "mail",
    "leases",
    "cases",
    "guides",
    "tools",
]
FORM_RENDERER = "config.form_renderer.Renderer"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.compression.Compression",  # pads responses randomly; CSRF tokens are masked anew
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",  # for pages; a stylesheet or script has no policy of its own
    "telephone.door.door",  # asked every second: answered before anything else
    "cases.door.case_door",  # asked every few seconds
    "leases.api.door.door",  # before anything that reads a cookie
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
    "common.remembered.remember_for_a_request",
    "config.middleware.form_addresses",
    # last: the answer to a repeated form has passed through all the others
    "config.forms_once.FormsOnce",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", ["config.template_loader.Loader"])],
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
                "accounts.templatetags.form_keys",  # csrf_token, plus a key for the form
                "cases.templatetags.people_words",  # in every room people have written something
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
# Ignore no trigger. Said here, because otherwise each trigger learns it from an error on every row.
CONNECTION_SETTINGS = {**TIME_LIMITS, "pgtrigger.ignore": "{}"}
# PgBouncer in transaction mode accepts no options at start-up (config/time_limits.py sets them on
# the role instead), and may run the next statement on a connection that doesn't know our cursor.
PGBOUNCER = env.flag("PGBOUNCER")
if PGBOUNCER:
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
else:
    _options["options"] = " ".join(f"-c {each}={its}" for each, its in CONNECTION_SETTINGS.items())
if TESTING:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{env.text('PUENTE_TEST_RUN', 'puente')}"}
if env.flag("DATABASE_POOL"):  # web processes only (set by config/wsgi.py)
    _options["pool"] = {
        "min_size": 2,
        "max_size": env.number("DATABASE_POOL_SIZE", 8),
        "timeout": 10,
        # How long it may keep trying to reach the database, doubling the wait each time; the next
        # request starts over. With the usual five minutes, requests would still wait long after the
        # database is back.
        "reconnect_timeout": 5,
    }
    # Checked before each request, so that no one gets a dead connection after a database restart.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Which authenticator codes were used (allauth). It holds while Valkey is away or flushed, and drops
# nothing early.
CACHES = {
    "default": {"BACKEND": "accounts.kept_cache.KeptCache", "LOCATION": "puente_cache"},
}
EVIDENCE_ROOT = Path(env.text("EVIDENCE_ROOT", str(embedded.home() / "evidence")))
EVIDENCE_MAX_BYTES = env.number("EVIDENCE_MAX_MB", 25) * 1024 * 1024
EVIDENCE_MAX_FILES = 10  # in one form
# What one customer may send in the portal; anything above waits (cases/actions/customer_limits.py).
CUSTOMER_MESSAGES_PER_HOUR = env.number("CUSTOMER_MESSAGES_PER_HOUR", 20)
CUSTOMER_MESSAGES_PER_DAY = env.number("CUSTOMER_MESSAGES_PER_DAY", 60)
CUSTOMER_FILES_PER_HOUR = env.number("CUSTOMER_FILES_PER_HOUR", 40)
CUSTOMER_FILES_PER_DAY = env.number("CUSTOMER_FILES_PER_DAY", 120)
REQUEST_MAX_BYTES = EVIDENCE_MAX_FILES * EVIDENCE_MAX_BYTES + 4 * 1024 * 1024
IMPORT_PAGE_MAX_BYTES = 1024 * 1024  # what a page imports while someone waits; about 4,000 rows
FILE_UPLOAD_HANDLERS = [
    "cases.uploads.BoundedRequest",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
# Larger bodies are spooled to disk; the form itself refuses what is over the limit.
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
ACCOUNT_FORMS = {
    "login": "accounts.forms.StaffSignInForm",
    "change_password": "accounts.forms.CountedChangePasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
# allauth's own handler writes a row for any user a link names, valid or not.
_TOKENS = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _TOKENS
ACCOUNT_RATE_LIMITS = False  # our limits are rows of their own (accounts/limits.py, paces.py)
# Sign-in attempts in a minute, each kind counted over all people and networks; beyond that they're
# slowed.
SIGN_IN_PER_MINUTE = env.number("SIGN_IN_PER_MINUTE", 600)
API_RATE_PER_MINUTE = env.number("API_RATE_PER_MINUTE", 120)  # by one key
MFA_ADAPTER = "accounts.sign_in.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in.second_factor.CountedAuthenticateForm",
    "reauthenticate": "accounts.sign_in.second_factor.CountedReauthenticateForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = COMPANY_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Staff without a second factor can only open its set-up page.
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
MODELTRANSLATION_FALLBACK_LANGUAGES = ()  # both are required, so there's nothing to fall back to

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
# Collected once in production; elsewhere files are served straight from their folders.
COLLECTED = PRODUCTION or DEMO
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))) if COLLECTED else None
GUIDES_ROOT = BASE_DIR / "docs"  # read at run time, so it must ship with the code
STATICFILES_DIRS = [BASE_DIR / "static", ("guides", GUIDES_ROOT / "images" / "guides")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static_files.Storage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
        # A web server run by another user may serve them, whatever the umask of the user who
        # collected them.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_ALLOW_ALL_ORIGINS = False  # only our own pages read them

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
# The address customers reply to; mails about a case use a signed form of it (docs/decisions/0014).
INBOUND_ADDRESS = env.mail_address("INBOUND_ADDRESS", "replies@puente.example" if DEMO else "")
# Or the provider that receives mail for that address (cases/views/mail_in.py).
INBOUND_PROVIDER = env.mail_provider(
    "INBOUND_PROVIDER", mail_providers.INBOUND, unset="Unset, no one posts mail here."
)
_needs_secret = INBOUND_PROVIDER and f"INBOUND_PROVIDER={INBOUND_PROVIDER}"
if env.webhook_secret("ANYMAIL_WEBHOOK_SECRET", needed_by=_needs_secret) and MAIL_PROVIDER:
    env.anymail_options(mail_providers.EVENTS[MAIL_PROVIDER], why="what it tells at /mail-events/")
INBOUND_MAILBOX = env.mailbox("INBOUND_IMAP_URL")  # fetched by fetch_mail
# Whose Authentication-Results header we trust about a sender (docs/decisions/0014).
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
# How many days the reply address of a mail works, and how many days our mail vouches for the person
# who answers it if no server does.
INBOUND_ADDRESS_DAYS = env.number("INBOUND_ADDRESS_DAYS", 180)
INBOUND_THREAD_DAYS = env.number("INBOUND_THREAD_DAYS", 90)
# As large as providers allow a mail to be; a larger one is set aside with only its headers.
INBOUND_MAX_BYTES = env.number("INBOUND_MAX_MB", 36) * 1024 * 1024
# If one sender sends more mails in an hour, they wait for a person: two machines may be talking.
INBOUND_PER_HOUR = env.number("INBOUND_PER_HOUR", 20)
# Seconds a sender process may hold a mail before another takes over
# (docs/decisions/0003-outbox.md).
OUTBOX_CLAIM_SECONDS = env.number("OUTBOX_CLAIM_SECONDS", 60)
env.renamed("OUTBOX_LEASE_SECONDS", "OUTBOX_CLAIM_SECONDS")
# Mails to one address in an hour; more are postponed. Codes that someone waits for don't count.
MAIL_CAP_PER_HOUR = env.number("MAIL_CAP_PER_HOUR", 20)
# Staff are alerted about a mail that has been due for longer.
OUTBOX_ALERT_MINUTES = env.number("OUTBOX_ALERT_MINUTES", 15)
# Who may read /metrics/; if unset, no one.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
# Whether webhooks may call this machine and private networks; never in production.
WEBHOOK_ALLOW_PRIVATE = env.flag("WEBHOOK_ALLOW_PRIVATE") and not PRODUCTION
# The demo's visible inbox: a folder of the mails that arrived over SMTP, shown at /inbox/.
INBOX_ROOT = embedded.home() / "inbox" if DEMO or TESTING else None

# --- telephone ----------------------------------------------------------------------------------
# A telephone system posts its calls to /telephone/<one of these>/ (docs/telephone.md); if unset,
# there's no such address. Two while one replaces the other.
TELEPHONE_SECRETS = env.secrets("TELEPHONE_SECRETS")
TELEPHONE_EVENTS_PER_MINUTE = env.number("TELEPHONE_EVENTS_PER_MINUTE", 1200)

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
CSRF_FAILURE_VIEW = "accounts.kept_form_views.expired"
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("SECURE_SSL_REDIRECT", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Otherwise everyone who signs in shares the proxy's address, and with it the limits on
    # guessing.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- logs: what happened to which row, never who or what was said -------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "filters": {"no_secrets": {"()": "telephone.log_filter.HideSecrets"}},
    "loggers": {"django.request": {"filters": ["no_secrets"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
