"""Public addresses of articles: those that anybody can open now, under the name by which the site is known."""

from collections.abc import Collection
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from articles.models import Article

INSIDE_HOSTS = {"localhost", "127.0.0.1", "[::1]", "*"}
ANNOUNCED_SECONDS = 30 * 24 * 3600
TEXT_FIELDS = ("slug", "title", "summary", "body", "tags_text", "published_at")


def site_origin() -> str:
    """The first of CSRF_ORIGINS, or the first name of ALLOWED_HOSTS; empty where the site has no name outside."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/")
    names = [name for name in settings.ALLOWED_HOSTS if name not in INSIDE_HOSTS and not name.startswith(".")]
    return f"{'https' if settings.HTTPS else 'http'}://{names[0]}" if names else ""


def public_articles(pks: Collection[int]) -> list[Article]:
    """Those that can be opened now; of single pages (单页) too."""
    now, articles = timezone.now(), Article.objects.filter(pk__in=pks)
    listed = articles.filter(Article.public_at(now)) | articles.filter(Article.public_at(now, is_page=True))
    return list(listed.order_by("pk"))


def not_announced(engine: str, articles: Collection[Article]) -> list[Article]:
    """Those whose text this engine was not told of: a save that changes nothing for readers costs no part of its quota."""
    known = cache.get_many([_key(engine, article) for article in articles])
    return [article for article in articles if known.get(_key(engine, article)) != _digest(article)]


def remember_announced(engine: str, articles: Collection[Article]) -> None:
    cache.set_many({_key(engine, article): _digest(article) for article in articles}, ANNOUNCED_SECONDS)


def _key(engine, article):
    return f"announced-{engine}-{article.pk}"


def _digest(article):
    text = "\n".join(str(getattr(article, name)) for name in TEXT_FIELDS)
    return blake2b(text.encode(), digest_size=16).hexdigest()
