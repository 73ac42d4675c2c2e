"""Django settings, read from the environment and safe by default.

DATA_DIR       where the database, uploads and the signing key live (var/)
SECRET_KEY     signing key; made in DATA_DIR on first run where not given
DEBUG          off
HTTPS          on: cookies and redirects insist on it; `make run` switches it off for 127.0.0.1
ALLOWED_HOSTS  localhost, 127.0.0.1 and HOST
CSRF_ORIGINS   origins that may post, such as https://example.org
TRUSTED_PROXIES  addresses or networks whose X-Forwarded-For and -Proto count, such as 10.0.0.0/8
DATABASE_URL   SQLite in DATA_DIR; postgresql://user:password@host:port/name with requirements-scale.txt
DATABASE_REPLICA_URL  a streaming replica of it, from which visitors' pages are read while it is up to date
DATABASE_POOL  most PostgreSQL connections one process holds (THREADS + 4, so 8)
PGBOUNCER      off; on: both addresses lead to PgBouncer in transaction mode, yibao_site/deploy/pgbouncer.ini
PAGE_CACHE_BYTES  memory for rendered pages in each process, 64 MB; 0 switches it off
EDGE_MAX_AGE   seconds for which a cache in front keeps pages without asking (0); purged as EDGE_CACHES says, yibao_site/edge/caches.py
CACHE_URL      in-process; redis://host:port/0 with requirements-scale.txt
SEARCH_URL     the database's own index; opensearch+https://user:password@host:9200/index: yibao_site/backends/opensearch.py
THREADS        of each server process, 4; two fewer receive what is being sent at a time
API_PER_MINUTE, RESULTS_PER_MINUTE  requests one client may send the JSON API in a minute (60); results, searches, … (120 each)
MEDIA_BUCKET   private S3-compatible bucket for uploads; with MEDIA_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
BACKUP_TO      a folder, or s3://bucket/prefix (at MEDIA_ENDPOINT): the worker backs up each night; empty: it does not
LOG_LEVEL, LOG_JSON  INFO; on: one JSON object a line
ACCESS_LOG     off; on: a line a request, without query string and client
LOG_FILE       on the terminal; site.log: to this file in DATA_DIR, the terminal then has errors only (so in `make run`)
ERROR_MAIL     addresses that get error reports, sent through EMAIL_URL (smtp://localhost:25) from EMAIL_FROM
SENTRY_DSN     where errors are reported to (Sentry, GlitchTip), with the extra `sentry`, which requirements-scale.txt has
SEMANTIC       off; on: related reading and search also compare what texts mean, with requirements-semantic.txt
SOURCE_WATCH   on: the worker visits the links of policy documents once a day
REQUIRE_SECOND_FACTOR  off; on: staff without a second factor reach nothing but the page that sets one up
BAIDU_PUSH_TOKEN, INDEXNOW_KEY  new and changed articles are sent to 百度, and to Bing and others; /<key>.txt is served
METRICS_TOKEN, EMBED_ORIGINS  bearer token for /metrics (loopback needs none); origins that may frame /embed/… (*)
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django_prose_editor.config import html_tags
from environs import Env
from js_asset import static_lazy
from whitenoise.compress import Compressor

from calculators.common.site_identity import site_name
from yibao_site.environment.backup_storage import backup_storage
from yibao_site.environment.database_settings import database_settings
from yibao_site.environment.inside_paths import INSIDE_PATHS
from yibao_site.environment.log_settings import logging_settings
from yibao_site.environment.search_settings import search_settings
from yibao_site.secret_key import read_or_make_key

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var").resolve()

DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", True)
SECRET_KEY = env.str("SECRET_KEY", None) or read_or_make_key(DATA_DIR / "secret.txt")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", env.str("HOST", "localhost")])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_ORIGINS", [])
THREADS = env.int("THREADS", 4)

INSTALLED_APPS = [
    "django_tasks_db",  # first: its admin page gives way to the one in yibao_site/admin
    "yibao_site",
    "articles",
    "calculators",
    "yibao_site.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_prose_editor",
    "django_tasks",
    "simple_history",
    "taggit",
]

MIDDLEWARE = [
    "yibao_site.monitoring.health.AnyHostMiddleware",  # before anything asks for the host
    "yibao_site.middleware.TrustedProxiesMiddleware",  # first: everything after it believes the client's address
    "yibao_site.monitoring.metrics.MetricsMiddleware",
    "yibao_site.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yibao_site.middleware.ContentSecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yibao_site.middleware.RequestTextMiddleware",  # before anything reads a cookie, a query or the address
    "yibao_site.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yibao_site.request_limits.rate.RateLimitMiddleware",
    "articles.middleware.OldAddressMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a locked-out login into its answer
]

ROOT_URLCONF, WSGI_APPLICATION = "yibao_site.urls", "yibao_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["yibao_site.backends.template_loader.CompactTemplateLoader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yibao_site.site_settings.context.site",
            ],
        },
    },
]

DATABASES = database_settings(env, f"sqlite:///{DATA_DIR / 'db.sqlite3'}", THREADS)
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", "")
if DATABASE_REPLICA_URL:
    DATABASE_ROUTERS = ["yibao_site.replica.router.ReplicaRouter"]
    before = MIDDLEWARE.index("yibao_site.middleware.MethodsMiddleware")
    MIDDLEWARE.insert(before, "yibao_site.replica.middleware.ReplicaMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SEMANTIC = env.bool("SEMANTIC", False)
SOURCE_WATCH = env.bool("SOURCE_WATCH", False)
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", 64_000_000)
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    CACHES["default"]["BACKEND"] = "yibao_site.backends.redis_cache.FaultTolerantRedisCache"
SEARCH = search_settings(env.str("SEARCH_URL", ""))
EDGE_MAX_AGE, EDGE_CACHES = env.int("EDGE_MAX_AGE", 0), env.list("EDGE_CACHES", [])
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent"]}}
API_PER_MINUTE, RESULTS_PER_MINUTE = env.int("API_PER_MINUTE", 60), env.int("RESULTS_PER_MINUTE", 120)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "yibao_site.accounts.passwords.UnkeptCommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

LOGIN_REDIRECT_URL = "admin:index"
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", False)
OTP_TOTP_ISSUER = site_name

LANGUAGE_CODE, TIME_ZONE, FORMAT_MODULE_PATH = "zh-hans", "Asia/Shanghai", "yibao_site.formats"

STATIC_URL, STATIC_ROOT = "/static/", DATA_DIR / "static"
# Besides what is compressed already: maps of scripts, for programmers, are larger than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a calculator with its parts and cases is one form

MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "yibao_site.backends.static_files.MinifiedStaticFilesStorage"},
}

if bucket := env.str("MEDIA_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "yibao_site.backends.s3_storage.PrivateS3Storage",
        "OPTIONS": {"bucket_name": bucket, "endpoint_url": env.str("MEDIA_ENDPOINT", None), "file_overwrite": False},
    }

BACKUP_TO = env.str("BACKUP_TO", "")
STORAGES["backups"] = backup_storage(BACKUP_TO or str(DATA_DIR / "backups"), env.str("MEDIA_ENDPOINT", None))

# What the rich-text editor is given beside its own: none of it makes other elements.
EDITOR_MODULES = {"paste": "PastedHtml", "figures": "FigureWriting", "tools": "WritingTools", "pictures": "Pictures"}
EDITOR_MODULES |= {"chips": "FigureChips", "findings": "Findings"}
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy(f"articles/editor/{module}.js")], "extensions": {name: html_tags([])}}
    for module, name in EDITOR_MODULES.items()
]

# The rich-text editor adds one <style> and one import map of its own: the hash and the nonce are theirs.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, EDITOR_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS, SECURE_REFERRER_POLICY = "DENY", "strict-origin-when-cross-origin"
EMBED_ORIGINS = env.list("EMBED_ORIGINS", ["*"])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", [])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # of a trusted proxy: the middleware removes all others
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [f"^{path[1:]}$" for path in INSIDE_PATHS]  # asked for inside the house, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
TAGGIT_TAGS_FROM_STRING = "articles.text.split_tags"
TAGGIT_STRING_FROM_TAGS = "articles.text.join_tags"

SENTRY_DSN = env.str("SENTRY_DSN", "")
BAIDU_PUSH_TOKEN, INDEXNOW_KEY = env.str("BAIDU_PUSH_TOKEN", ""), env.str("INDEXNOW_KEY", "")
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
ADMINS = [("", address) for address in env.list("ERROR_MAIL", [])]
mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = mail["EMAIL_BACKEND"], mail["EMAIL_HOST"], mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"], 5
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "yibao@localhost")

LOG_FILE = DATA_DIR / env.str("LOG_FILE") if env.str("LOG_FILE", "") else None
ACCESS_LOG = env.bool("ACCESS_LOG", False)
LOGGING = logging_settings(
    env.log_level("LOG_LEVEL", "INFO"), LOG_FILE, json=env.bool("LOG_JSON", False), access_log=ACCESS_LOG
)
