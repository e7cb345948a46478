"""Settings: what differs between places comes from the environment; what is missing or weak is refused.

DEMO=1 or DEBUG=1 make a place for trying and developing, with secrets and a database of its own under var/.
Anything else is production.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from soskuntoutus import bounds, database, identity_provider, secrets

BASE_DIR = Path(__file__).parent.parent
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
DEVELOPMENT = DEMO or DEBUG
PRODUCTION = not DEVELOPMENT

# Secrets and places

if DEVELOPMENT:
    SECRET_KEY = secrets.kept(BASE_DIR / "var" / "secret-key")
    FIELD_KEY = secrets.kept(BASE_DIR / "var" / "field-key")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    DATABASES = {"default": database.default(env.str("DATABASE_URL", default=""))}
else:
    SECRET_KEY = secrets.secret_key(env.str("SECRET_KEY"))
    FIELD_KEY = secrets.field_key(env.str("FIELD_KEY"))
    ALLOWED_HOSTS = secrets.hosts(env.list("ALLOWED_HOSTS"))
    DATABASES = {"default": database.default(env.str("DATABASE_URL")) | {"CONN_MAX_AGE": 60}}
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Attempts to sign in are counted here: shared by all processes, and roomy enough that a flood pushes none out.
CACHE = "locmemcache://" if DEVELOPMENT else "dbcache://cache"
CACHES = {"default": env.cache("CACHE_URL", default=f"{CACHE}?max_entries=100000")}

# Parts

INSTALLED_APPS = [
    "soskuntoutus",
    "soskuntoutus.audit",
    "soskuntoutus.ui",
    "soskuntoutus.organisation",
    "soskuntoutus.accounts",
    "clients",
    "plans",
    "groups",
    "reviews",
    *(["soskuntoutus.demo"] if DEMO else []),
    "helusers.apps.HelusersConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "pghistory",
    "pgtrigger",
    "csp",
    "django_htmx",
    "soskuntoutus.organisation.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "soskuntoutus.ui.middleware.closed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "soskuntoutus.accounts.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    *(["soskuntoutus.demo.middleware.DemoDayMiddleware"] if DEMO else []),
    "soskuntoutus.audit.middleware.AuditMiddleware",
    "soskuntoutus.ui.drafts.drafts",
]
ROOT_URLCONF = "soskuntoutus.urls"
WSGI_APPLICATION = "soskuntoutus.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "soskuntoutus.ui.context.page",
                "soskuntoutus.accounts.context.session",
                *(["soskuntoutus.demo.context.bar"] if DEMO else []),
            ]
        },
    }
]
FORM_RENDERER = "soskuntoutus.ui.forms.Renderer"
NAVIGATION = "reviews.navigation.navigation"
DRAFT_PAGES = "reviews.drafts.PAGES"

# Who signs in, and how

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "soskuntoutus.accounts.attempts.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_PAGE = "/account/"
ACCOUNT_ADAPTER = "soskuntoutus.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "soskuntoutus.accounts.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # every other session ends, this one goes on
SIGN_IN_PAUSE_MINUTES = 5
ACCOUNT_RATE_LIMITS = {
    # A whole office may share one address, and all come at eight.
    "login": "120/m/ip",
    "login_failed": f"30/m/ip,5/{SIGN_IN_PAUSE_MINUTES}m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = bounds.proxies(env.int("PROXY_COUNT", default=0))
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=PRODUCTION)
MFA_ADAPTER = "soskuntoutus.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Soskuntoutus"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts come from the organisation, not from an e-mail address
MFA_FORMS = {
    "authenticate": "soskuntoutus.accounts.forms.SignInCode",
    "reauthenticate": "soskuntoutus.accounts.forms.ProofCode",
    "activate_totp": "soskuntoutus.accounts.forms.FirstCode",
    "add_webauthn": "soskuntoutus.accounts.forms.NewPasskey",
    "edit_webauthn": "soskuntoutus.accounts.forms.PasskeyName",
}
SOCIALACCOUNT_ADAPTER = "soskuntoutus.accounts.directory.DirectoryAdapter"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = identity_provider.providers(env, production=PRODUCTION)
DIRECTORY_GROUPS = identity_provider.groups(env.str("OIDC_GROUPS", default="{}"))
DIRECTORY_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
DIRECTORY_STRONG_ACR = env.list("OIDC_STRONG_ACR", default=[])
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

# Languages and time

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"

# Static files: straight from their folders where one develops, fingerprinted in production

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = DEVELOPMENT
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}

# The browser

HOST_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{HOST_PREFIX}session"
SESSION_ENGINE = "soskuntoutus.accounts.sessions"
SESSION_IDLE = bounds.idle(
    env.int("SESSION_IDLE_MINUTES", default=15 if PRODUCTION else 600), production=PRODUCTION
)
SESSION_AT_MOST = bounds.session(env.int("SESSION_HOURS", default=12))
SESSION_COOKIE_AGE = int(SESSION_IDLE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the server counts the minutes, and can tell that they are over
SESSION_SAVE_EVERY_REQUEST = True  # the minutes count from the latest request
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = f"{HOST_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked inside the platform
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"  # with less, forms are posted from "null" and refused
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *identity_provider.origins(env)],
        "img-src": [SELF, "data:"],  # HDS draws its icons so
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The log: in production no paths, no names, no values

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "closed": {"()": "soskuntoutus.logs.Formatter"},
        "open": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "closed" if PRODUCTION else "open"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
    },
}
