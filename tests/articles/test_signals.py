"""Events of articles: what follows from a change follows once a unit of work, in its transaction."""

import pytest
from django.core import serializers
from django.db import connection, transaction
from taggit.models import Tag

from articles.models import Article, ArticleProfile, SearchRow
from articles.signals import articles_changed, collected
from articles.tags import merge
from articles.workflow import snapshot
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """What a test raises to undo a transaction."""


@pytest.fixture
def events():
    """The changes that were sent, in order."""
    sent = []

    def listen(sender, changes, **kwargs):
        sent.append(changes)

    articles_changed.connect(listen)
    yield sent
    articles_changed.disconnect(listen)


def rename(article, title):
    article.title = title
    article.save()


def undone(write):
    """Write, and fail after it."""
    write()
    raise Undone


def row_of(article):
    return SearchRow.objects.get(pk=article.pk).title


# units of work


def test_writes_of_one_unit_are_one_event(publish, events):
    article, other = publish(), publish()
    events.clear()
    with collected():
        rename(article, "一")
        with collected():
            other.tags.add("门诊")
        rename(article, "二")
        assert events == []

    assert [(changes.saved, changes.tagged) for changes in events] == [({article.pk}, {other.pk})]
    assert row_of(article) == "二"
    assert "门诊" in row_of(other)


def test_a_write_outside_a_unit_is_an_event_of_its_own(publish, events):
    article = publish()
    events.clear()
    rename(article, "一")
    assert [changes.saved for changes in events] == [{article.pk}]

    article.tags.add("门诊")
    assert events[-1].tagged == {article.pk}


def test_a_unit_in_which_nothing_happens_is_no_event(events):
    with collected():
        pass

    assert events == []


def test_a_unit_that_fails_is_no_event_and_leaves_nothing_to_the_next(publish, events):
    article = publish()
    events.clear()
    with pytest.raises(Undone), collected():
        undone(lambda: rename(article, "一"))
    assert events == []

    publish("另一篇")
    assert not any(article.pk in changes.saved for changes in events)
    assert row_of(article) == "门诊怎么报"


def test_a_unit_that_is_rolled_back_is_no_event(publish, events):
    article = publish()
    events.clear()
    PageChange.objects.all().delete()
    with collected():
        rename(article, "一")
        transaction.set_rollback(True)

    assert events == []
    assert not PageChange.objects.exists()


def test_an_article_of_a_savepoint_that_is_rolled_back_leaves_no_search_row_and_no_profile(publish, category):
    with collected():
        kept = publish("留下的")
        with pytest.raises(Undone), transaction.atomic():
            undone(lambda: publish("撤回的"))

    connection.check_constraints()
    assert row_of(kept) == "留下的"
    assert SearchRow.objects.count() == ArticleProfile.objects.count() == 1


def test_an_article_that_is_loaded_from_a_file_only_invalidates_pages(publish):
    article = publish()
    loaded = serializers.serialize("json", [article]).replace("门诊怎么报", "换过的题目")
    PageChange.objects.all().delete()
    for row in serializers.deserialize("json", loaded):
        row.save()

    assert f"article:{article.pk}" in PageChange.objects.get().keys
    assert row_of(article) == "门诊怎么报"


def test_an_article_saved_and_deleted_in_one_unit_is_gone(publish):
    article = publish(tags=["门诊"])
    with collected():
        rename(article, "一")
        article.delete()

    connection.check_constraints()
    assert not SearchRow.objects.exists()


# tags


def test_tags_that_are_set_stand_in_tags_text_before_the_unit_ends(publish):
    article = publish()
    with collected():
        article.tags.set(["门诊", "住院"])

        assert Article.objects.get(pk=article.pk).tags_text == article.tags_text == "门诊、住院"


def test_a_content_is_put_on_an_article_whose_tags_changed_after_it_was_read(publish):
    publish(tags=["门诊"])
    article = Article.objects.get()
    Article.objects.get().tags.set(["住院"])
    snapshot.put(snapshot.take(article), article)

    assert list(article.tags.names()) == ["门诊"]
    assert Article.objects.get().tags_text == "门诊"


def test_a_merged_tag_is_found_and_ranked_by_its_new_name(publish):
    article, tag = publish(tags=["社保卡"]), Tag.objects.create(name="医保凭证")
    ArticleProfile.objects.update(due=ArticleProfile.Due.NOTHING)
    merge([article.tags.get()], tag)

    assert "医保凭证" in row_of(article)
    assert ArticleProfile.objects.get(pk=article.pk).due == ArticleProfile.Due.TEXT


def test_a_renamed_tag_is_one_event_for_all_its_articles(publish, events):
    articles = {publish(tags=["门诊"]).pk for _ in range(3)}
    events.clear()
    tag = Tag.objects.get()
    tag.name = "看门诊"
    tag.save()

    assert [changes.renamed for changes in events] == [articles]
    assert set(Article.objects.values_list("tags_text", flat=True)) == {"看门诊"}
    assert all("看门诊" in row.title for row in SearchRow.objects.all())


def test_a_deleted_tag_leaves_tags_text(publish):
    article = publish(tags=["门诊", "住院"])
    with collected():
        Tag.objects.get(name="门诊").delete()

    assert Article.objects.get(pk=article.pk).tags_text == "住院"
