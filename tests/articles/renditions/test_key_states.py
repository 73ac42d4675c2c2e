"""States of page keys: another one after each committed change of one of the keys, and the same until then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import ArticleRendition, PageKeyChange
from articles.renditions.key_states import CHANGE_RETENTION, Watch, state_of
from calculators.common import page_keys
from yibao_site.tasks import tidy_up

KEYS = [page_keys.GLOSSARY, page_keys.article(1)]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_changes():
    PageKeyChange.objects.all().delete()


def test_a_state_changes_with_its_keys_and_no_other():
    before = state_of(KEYS)
    page_keys.invalidate(page_keys.article(2), page_keys.ALL_AREAS)
    assert state_of(KEYS) == before
    page_keys.invalidate(page_keys.article(1), page_keys.ALL_AREAS)
    assert state_of(KEYS) != before


def test_a_change_that_commits_after_a_later_one_changes_the_state_and_is_seen_by_a_watch():
    """Its row has the smaller number, for it was written first."""
    PageKeyChange.objects.create(pk=8, key=KEYS[0])
    state, watch = state_of(KEYS), Watch()
    assert watch.is_quiet()
    PageKeyChange.objects.create(pk=7, key=KEYS[1])

    assert state_of(KEYS) != state
    assert not watch.is_quiet()


def test_a_change_of_a_key_longer_than_its_column_is_one_row():
    page_keys.invalidate(page_keys.PageKey("k" * 300))

    assert len(PageKeyChange.objects.get().key) == 200


def test_changes_and_renditions_past_their_time_are_cleared_away(article):
    now = timezone.now()
    for expires in (now - timedelta(minutes=1), now + timedelta(minutes=1)):
        ArticleRendition.objects.create(
            article=article, is_large=expires > now, made=now, expires=expires, keys="", state="", html=b""
        )
    page_keys.invalidate(*KEYS)
    old = PageKeyChange.objects.filter(key=KEYS[0])
    old.update(at=now - CHANGE_RETENTION - timedelta(minutes=1))
    tidy_up.func()

    assert not old.exists()
    assert PageKeyChange.objects.filter(key=KEYS[1]).exists()
    assert [one.is_large for one in ArticleRendition.objects.all()] == [True]


@pytest.fixture
def article(publish):
    return publish("起付线")
