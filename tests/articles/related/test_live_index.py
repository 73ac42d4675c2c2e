"""Profiles that an index is made of, as they are read from the database."""

import pytest

from articles import related
from articles.models import ArticleProfile
from articles.related import live_index
from articles.related.live_index import StoredProfiles
from articles.similarity.index import Index

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(publish):
    articles = [publish(title) for title in ("门诊怎么报", "门诊报多少", "断缴以后怎么补")]
    related.work()
    return [article.pk for article in articles]


def test_stored_profiles_are_read_some_at_a_time_and_without_those_gone_since(
    keys, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(live_index, "PROFILES_AT_ONCE", 2)
    stored = StoredProfiles(keys)
    with django_assert_num_queries(2):
        assert [key for key, _ in stored.items()] == keys
    profiles = dict(ArticleProfile.objects.values_list("pk", "profile"))
    assert {key: profile.to_bytes() for key, profile in stored.items()} == {
        key: bytes(profile) for key, profile in profiles.items()
    }

    ArticleProfile.objects.filter(pk=keys[0]).delete()

    assert [key for key, _ in stored.items()] == keys[1:]


def test_an_index_holds_what_was_there_when_its_rows_were_made(keys):
    class GoneBetween(StoredProfiles):
        def items(self):
            yield from super().items()
            ArticleProfile.objects.filter(pk=keys[0]).delete()

    index = Index(GoneBetween(keys))

    assert (len(index), index.keys.tolist()) == (2, keys[1:])
