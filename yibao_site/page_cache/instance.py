"""The pages this process keeps, and what keeps them current."""

from django.conf import settings

from calculators.common.page_keys import followers
from yibao_site.page_cache.expiry import NextMoment
from yibao_site.page_cache.follower import Follower
from yibao_site.page_cache.store import PageStore
from yibao_site.page_cache.wsgi import PageCache

pages = PageStore(settings.PAGE_CACHE_BYTES)
follower = Follower(pages)
followers.append(follower.is_following)


def keep_pages(application):
    """The application behind its page cache; as it is where PAGE_CACHE_BYTES is 0."""
    if not settings.PAGE_CACHE_BYTES:
        return application
    return PageCache(application, pages, follower, private_cookies=(settings.SESSION_COOKIE_NAME,), until=NextMoment())
