"""Page cache of this process: one store, and the follower that invalidates it."""

from django.conf import settings

from calculators.common.page_keys import followers
from yibao_site.page_cache.clock_expiry import PageExpiry
from yibao_site.page_cache.follower import PageChangeFollower
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pages = PageStore(settings.PAGE_CACHE_BYTES)
follower = PageChangeFollower(pages)
followers.append(follower.is_following)


def with_page_cache(application):
    """The WSGI application wrapped in the page cache; unwrapped if PAGE_CACHE_BYTES is 0."""
    if not settings.PAGE_CACHE_BYTES:
        return application
    return PageCache(application, pages, follower, private_cookies=(settings.SESSION_COOKIE_NAME,), until=PageExpiry())
