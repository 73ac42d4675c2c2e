"""Page cache of this process: one store, and the follower that invalidates it."""

from functools import partial

from django.conf import settings

from calculators.common.page_keys import catching_up, followers
from yibao_site.edge.addresses import remember
from yibao_site.edge.caches import edge_caches
from yibao_site.edge.lifetime import with_lifetime
from yibao_site.page_cache.clock_expiry import PageExpiry
from yibao_site.page_cache.follower import PageChangeFollower
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pages = PageStore(settings.PAGE_CACHE_BYTES)
follower = PageChangeFollower(pages)
followers.append(follower.is_following)
catching_up.append(follower.nudge)


def with_page_cache(application):
    """The WSGI application wrapped in the page cache; unwrapped if PAGE_CACHE_BYTES is 0."""
    if not settings.PAGE_CACHE_BYTES:
        return application
    cache = PageCache(application, pages, follower, private_cookies=(settings.SESSION_COOKIE_NAME,), until=PageExpiry())
    if settings.EDGE_MAX_AGE:
        kinds = {each.kind for each in edge_caches()}
        cache.with_lifetime = partial(with_lifetime, max_age=settings.EDGE_MAX_AGE, surrogate_keys="fastly" in kinds)
        cache.remember_address = remember if "purge" in kinds else None
    return cache
