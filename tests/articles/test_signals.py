"""Events of articles: what follows from a change follows once a unit of work, in its transaction."""

import pytest
from django.core import serializers
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from articles.models import Article, ArticleProfile, ArticleSource, SearchRow
from articles.pages import parts
from articles.signals import articles_changed, collected
from articles.tags import merge
from articles.workflow import snapshot, steps
from calculators.models import PolicyDocument
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db
MAX_STATEMENTS_OF_A_PUBLISH, MAX_STATEMENTS_OF_AN_UPDATE = 23, 47
TAGS = ["门诊", "北京", "起付线", "报销"]


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


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief", last_name="钱")


@pytest.fixture
def documents():
    return list(PolicyDocument.objects.all()[:4])


@pytest.fixture
def draft(category, documents, staff):
    """A draft with four tags and three sources, each tag and document in use elsewhere."""
    author = staff("编辑", username="author")
    article = Article.objects.create(title="题目", body="<p>正文。</p>", category=category, author=author)
    written = {"title": "新的题目", "tags": TAGS, "sources": cited(documents[:3])}
    steps.save(article, snapshot.take(article) | written, by=author)
    return Article.objects.get(pk=article.pk)


def cited(documents):
    return [{"document": document.pk, "clause": ""} for document in documents]


def rename(article, title):
    article.title = title
    article.save()


def undone(write):
    """Write, and fail after it."""
    write()
    raise Undone


def row_of(article):
    return SearchRow.objects.get(pk=article.pk).title


# what one publish costs


def test_a_publish_with_four_tags_and_three_sources_costs_few_statements(draft, chief, house_figure):
    PageChange.objects.all().delete()
    with CaptureQueriesContext(
        connection,
    ) as statements:
        steps.publish(draft, by=chief)
    house_figure("SQL statements a publish", len(statements))

    assert len(statements) <= MAX_STATEMENTS_OF_A_PUBLISH
    assert PageChange.objects.count() == 1


def test_an_update_that_swaps_a_tag_and_a_source_costs_few_statements(draft, chief, documents, house_figure):
    steps.publish(draft, by=chief)
    edited = {"title": "再改", "tags": [*TAGS[:3], "住院"], "sources": cited(documents[1:])}
    steps.save(draft, steps.newest(draft).content | edited, by=chief)
    draft = Article.objects.get(pk=draft.pk)
    PageChange.objects.all().delete()
    with CaptureQueriesContext(connection) as statements:
        steps.publish(draft, by=chief)
    house_figure("SQL statements an update of a public article", len(statements))

    assert len(statements) <= MAX_STATEMENTS_OF_AN_UPDATE
    assert PageChange.objects.count() == 1
    assert Article.objects.get(pk=draft.pk).tags_text == draft.tags_text == "门诊、北京、起付线、住院"
    assert list(draft.sources.values_list("document", flat=True)) == [document.pk for document in documents[1:]]


def test_a_publish_gathers_its_page_once(draft, chief, monkeypatch, django_capture_on_commit_callbacks):
    gathered = []
    monkeypatch.setattr(parts, "_gather_public", gathered.append)
    with django_capture_on_commit_callbacks(execute=True):
        steps.publish(draft, by=chief)

    assert gathered == [{draft.pk}]


def test_sources_that_stay_as_they_are_keep_their_rows(draft, chief):
    before = list(ArticleSource.objects.values_list("pk", flat=True))
    steps.publish(draft, by=chief)

    assert list(ArticleSource.objects.values_list("pk", flat=True)) == before


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


def test_a_search_row_that_cannot_be_written_undoes_the_whole_publish(draft, chief, monkeypatch):
    monkeypatch.setattr("articles.search.index.write", lambda articles: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        steps.publish(draft, by=chief)

    assert Article.objects.get(pk=draft.pk).status == Article.Status.DRAFT
    assert not draft.events.exists()


def test_a_refused_step_inside_a_unit_leaves_the_rest_of_it_to_be_stored(draft, staff):
    with collected():
        rename(draft, "改过")
        with pytest.raises(steps.NotAllowed):
            steps.publish(draft, by=staff("编辑", username="another"))

    assert row_of(Article.objects.get(pk=draft.pk)).startswith("改过")


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
