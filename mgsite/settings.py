"""Settings, read from the environment and safe when nothing is set. The README lists every variable."""

from pathlib import Path

from mgsite import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir("MGSITE_DATA_DIR", default=BASE_DIR / "var")

DEBUG = environment.flag("MGSITE_DEBUG", default=False)
SECRET_KEY = environment.secret_key("MGSITE_SECRET_KEY", directory=DATA_DIR)
PORT = environment.whole_number("PORT", default=8000, least=1, most=65535)
SITE_URL = environment.site_url("MGSITE_URL", default=f"http://127.0.0.1:{PORT}")
SITE_NAME = "Magnesium & Mind"
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [
    *environment.host_names("MGSITE_ALLOWED_HOSTS"),
    environment.host_of(SITE_URL),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# How many proxies of ours stand in front: 0 trusts no forwarded header at all. The server speaks plain
# HTTP, so an https address means that there is at least one.
PROXY_COUNT = environment.whole_number("MGSITE_PROXY_COUNT", default=1 if HTTPS else 0, most=10)

INSTALLED_APPS = [
    "mgsite.apps.SiteConfig",
    "mgsite.index.apps.IndexConfig",
    "articles.apps.ArticlesConfig",
    "forms_catalog.apps.FormsCatalogConfig",
    "mgsite.apps.EditingConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "markdownx",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mgsite.middleware.SecurityHeadersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "mgsite.middleware.PublicCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mgsite.urls"
WSGI_APPLICATION = "mgsite.wsgi.application"

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
                "mgsite.context.site",
            ],
            "builtins": ["django.templatetags.static", "mgsite.templatetags.ui"],
        },
    }
]
# Form widgets take their templates from ours before Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": environment.database("DATABASE_URL", directory=DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours, as errors/locked.html says
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "mgsite.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # it would keep the address of every sign-in for ever, and nothing reads it

# Mail goes out by `manage.py send_outbox` alone; without a server it waits in the outbox.
globals().update(environment.mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = environment.mail_address("MGSITE_MAIL_FROM", default=f"replies@{environment.host_of(SITE_URL)}")
REPLY_ADDRESS_DAYS = environment.whole_number("MGSITE_REPLY_ADDRESS_DAYS", default=30, most=3650)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mgsite.staticfiles.SiteStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

MARKDOWNX_MARKDOWNIFY_FUNCTION = "articles.rendering.preview_html"
MARKDOWNX_URLS_PATH = "/admin/articles/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/articles/upload/"
MARKDOWNX_SERVER_CALL_LATENCY = 1000

# Text of a form, and everything in an upload. Checked before a byte is kept, whoever sends it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 6 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "mgsite.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The moderation queue may carry 1,500 ticked boxes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# A public page that reads the session or sets a cookie: an error where someone can mend it, uncached elsewhere.
PUBLIC_PAGES_STRICT = DEBUG
# What is worked out from the whole catalog is kept in memory until public content changes.
REMEMBER_CATALOG = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "mgsite.pages.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    # Sub-domains and the browsers' preload list are the domain owner's to promise, not this site's.
    "security.W005",
    "security.W021",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "mgsite.logs.ScrubbedFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Robots ask for other hosts all day; the answer is a 400 and needs no line.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "axes": {"level": "WARNING"},
    },
}
