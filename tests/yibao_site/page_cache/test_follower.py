"""What other processes change is heard of, once each, and a process that no longer hears knows it."""

from types import SimpleNamespace

import pytest

from calculators.common.page_keys import content_outdated
from yibao_site.page_cache import follower as following
from yibao_site.page_cache.follower import Follower
from yibao_site.page_cache.models import PageChange
from yibao_site.page_cache.store import PageStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower():
    follower = Follower(PageStore(1000))
    follower._thread = SimpleNamespace(is_alive=lambda: True)
    return follower


def test_a_change_of_another_process_is_passed_on_once(follower):
    PageChange.objects.all().delete()  # what came before it began
    heard = []
    follower.catch_up()
    PageChange.objects.create(keys="all:synonym,values")
    content_outdated.connect(listener := lambda keys, **kwargs: heard.append(keys))
    follower.catch_up()
    follower.catch_up()
    content_outdated.disconnect(listener)

    assert heard == [frozenset(["all:synonym", "values"])]


def test_a_process_follows_while_it_has_caught_up_lately(follower, monkeypatch):
    assert not follower.is_following()

    follower.catch_up()
    assert follower.is_following()

    monkeypatch.setattr(following, "LATE", -1)
    assert not follower.is_following()


def test_a_process_whose_thread_has_gone_does_not_follow(follower):
    follower.catch_up()
    follower._thread = SimpleNamespace(is_alive=lambda: False)

    assert not follower.is_following()
