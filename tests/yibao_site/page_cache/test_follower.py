"""What other processes change is heard of, once each, and a process that no longer hears knows it."""

import time
from types import SimpleNamespace

import pytest

from calculators.common.page_keys import content_outdated
from yibao_site.page_cache.follower import PageChangeFollower
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.store import CachedPage, PageStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower():
    PageChange.objects.all().delete()  # what came before it began
    follower = PageChangeFollower(PageStore(10_000))
    follower._thread = SimpleNamespace(is_alive=lambda: True)
    return follower


def test_a_page_change_of_another_process_is_applied_once(follower):
    heard = []
    follower.catch_up()
    PageChange.objects.create(keys="synonyms,areas")
    content_outdated.connect(listener := lambda keys, **kwargs: heard.append(keys))
    follower.catch_up()
    follower.catch_up()
    content_outdated.disconnect(listener)

    assert heard == [frozenset(["synonyms", "areas"])]


def test_a_process_follows_while_it_has_caught_up_lately(follower, monkeypatch):
    assert not follower.is_following()

    follower.catch_up()
    assert follower.is_following()

    monkeypatch.setattr("yibao_site.page_cache.follower.FOLLOWING_TIMEOUT_SECONDS", -1)
    assert not follower.is_following()


def test_a_process_whose_thread_has_gone_does_not_follow(follower):
    follower.catch_up()
    follower._thread = SimpleNamespace(is_alive=lambda: False)

    assert not follower.is_following()


def committed(pk, key):
    """A row as it becomes visible when its transaction commits, however early its number was drawn."""
    PageChange.objects.create(pk=pk, keys=key)


def kept(follower, *keys):
    for key in keys:
        page = CachedPage([("Content-Type", "text/html")], b"", frozenset([key]), time.time() + 60)
        follower.store.put(f"/{key}", page, follower.store.mark())


def test_a_page_change_that_commits_after_a_later_one_still_drops_its_page(follower):
    follower.catch_up()
    kept(follower, "early", "late")
    committed(1002, "late")
    follower.catch_up()
    assert set(follower.store.pages) == {"/early"}

    committed(1001, "early")
    follower.catch_up()
    assert follower.store.pages == {}


def test_a_page_change_is_waited_for_while_hundreds_of_others_commit_before_it(follower):
    follower.catch_up()
    kept(follower, "early")
    for pk in range(1002, 1300):
        committed(pk, "others")
    follower.catch_up()
    assert set(follower.store.pages) == {"/early"}

    committed(1001, "early")
    follower.catch_up()
    assert follower.store.pages == {}


def test_a_page_change_that_commits_after_a_later_one_is_applied_once(follower):
    follower.catch_up()
    committed(1002, "late")
    committed(1001, "early")
    follower.catch_up()
    kept(follower, "early", "late")
    follower.catch_up()

    assert set(follower.store.pages) == {"/early", "/late"}


def test_lists_kept_in_the_process_are_dropped_before_pages_are(follower):
    """Or a page could be rendered from them between the two, and stay."""
    follower.catch_up()
    kept(follower, "areas")
    committed(1001, "areas")
    pages = []
    content_outdated.connect(listener := lambda **kwargs: pages.append(set(follower.store.pages)))
    follower.catch_up()
    content_outdated.disconnect(listener)

    assert pages == [{"/areas"}]
