import time

import pytest

from yibao_site.page_cache.store import CachedPage, PageStore


def page(*keys, body=b"x" * 100):
    return CachedPage([("Content-Type", "text/html")], body, frozenset(keys), time.time() + 60)


@pytest.fixture
def store():
    return PageStore(10_000_000)


def test_a_change_drops_exactly_the_pages_that_show_it(store):
    store.put("/a", page("article:1", "category:2"), store.mark())
    store.put("/b", page("article:3"), store.mark())

    store.drop(["article:1"])

    assert set(store.pages) == {"/b"}


def test_a_page_rendered_while_what_it_shows_changed_is_not_kept(store):
    since = store.mark()
    store.drop(["article:1"])
    store.put("/a", page("article:1"), since)
    store.put("/b", page("article:2"), since)

    assert set(store.pages) == {"/b"}


def test_a_page_older_than_the_changes_remembered_is_not_kept(store):
    since = store.mark()
    for number in range(1001):
        store.drop([f"article:{number + 10}"])
    store.put("/a", page("article:1"), since)

    assert store.pages == {}


def test_the_page_cache_is_bounded_in_bytes_and_evicts_unused_pages_first():
    store = PageStore(3 * page("a").size)
    for address in ["/1", "/2", "/3"]:
        store.put(address, page("a"), store.mark())
    store.pages["/1"].used = True
    store.put("/4", page("a"), store.mark())

    assert set(store.pages) == {"/1", "/3", "/4"}
    assert store.size <= store.capacity


def test_storing_a_page_again_counts_its_bytes_once(store):
    store.put("/a", page("article:1"), store.mark())
    store.put("/a", page("article:1"), store.mark())

    assert store.size == store.pages["/a"].size


def test_the_same_body_has_the_same_etag_and_another_body_another():
    assert page("a").etag == page("b").etag
    assert page("a").etag != page("a", body=b"y").etag
