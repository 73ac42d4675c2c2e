"""How long a cache in front may keep a page: never beyond the page's own end, and no page of somebody's preferences."""

import time
from functools import partial

import pytest

from tests.yibao_site.page_cache.applications import Application, ask, cached
from yibao_site.edge.lifetime import with_lifetime

ASKED_AGAIN = "public, no-cache"


def behind_an_edge(application, *, seconds=7200, surrogate_keys=False):
    cache = cached(application, seconds)
    cache.with_lifetime = partial(with_lifetime, max_age=3600, surrogate_keys=surrogate_keys)
    return cache


def control(answer):
    return answer["headers"]["Cache-Control"]


def test_without_edge_max_age_a_cache_in_front_asks_again():
    answer = ask(cached(Application()))

    assert control(answer) == ASKED_AGAIN
    assert "Surrogate-Key" not in answer["headers"]


def test_a_page_may_be_kept_in_front_and_its_304_as_well():
    cache = behind_an_edge(Application())
    page = ask(cache)
    again = ask(cache, HTTP_IF_NONE_MATCH=page["headers"]["ETag"])

    for answer in (page, again):
        assert control(answer).startswith(
            "public, max-age=0, s-maxage=3600, stale-while-revalidate=5, stale-if-error=35"
        )
    assert again["status"].startswith("304")


@pytest.mark.parametrize("seconds", [3600.9, 60.9, 0.9])
def test_nothing_is_kept_in_front_beyond_the_end_of_the_page(seconds):
    kept = int(seconds)

    assert control(ask(behind_an_edge(Application(), seconds=seconds))) == (
        f"public, max-age=0, s-maxage={kept}, stale-while-revalidate=0, stale-if-error=0"
    )


@pytest.mark.parametrize("cookie", ["choice=110000.retired", "text=large", "a=b; text=large", "sessionid=abc"])
def test_a_page_for_somebodys_preferences_is_kept_by_no_cache_in_front(cookie):
    cache = behind_an_edge(Application())
    ask(cache)

    assert "s-maxage" not in ask(cache, HTTP_COOKIE=cookie)["headers"].get("Cache-Control", "")
    assert "s-maxage=3600" in control(ask(cache, HTTP_COOKIE="visits=3"))


def test_a_page_that_changed_while_it_was_rendered_is_kept_by_no_cache_in_front():
    application = Application()
    cache = behind_an_edge(application)
    render = cache.application
    cache.application = lambda *request: cache.store.drop(["article:1"]) or render(*request)

    assert control(ask(cache)) == ASKED_AGAIN


def test_a_page_whose_address_a_purge_would_not_find_is_kept_by_no_cache_in_front():
    cache, known = behind_an_edge(Application()), []
    cache.remember_address = lambda address, keys: bool(known.append((address, sorted(keys))))

    assert control(ask(cache)) == ASKED_AGAIN
    assert known == [("None://x/?", ["article:1"])]


def test_fastly_reads_the_tags_of_a_page_as_surrogate_keys():
    headers = [("Cache-Control", ASKED_AGAIN), ("Cache-Tag", "article:1,site")]
    given = dict(with_lifetime(headers, time.time() + 60, time.time(), max_age=10, surrogate_keys=True))

    assert given["Surrogate-Key"] == "article:1 site"
