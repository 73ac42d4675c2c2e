"""A step of the workflow is one unit: what it costs the database, and that it is stored whole or not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleSource, SearchRow
from articles.pages import parts
from articles.signals import collected
from articles.workflow import permissions, snapshot, steps
from calculators.models import PolicyDocument
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db
MAX_STATEMENTS_OF_A_PUBLISH, MAX_STATEMENTS_OF_AN_UPDATE = (
    25,
    49,
)  # one statement each finds the version, one the proposed documents among its sources, one ends renditions
TAGS = ["门诊", "北京", "起付线", "报销"]


@pytest.fixture
def documents(db):
    return list(PolicyDocument.objects.all()[:4])


@pytest.fixture
def draft(category, documents, author):
    """A draft with four tags and three sources."""
    article = Article.objects.create(title="题目", body="<p>正文。</p>", category=category, author=author)
    written = {"title": "新的题目", "tags": TAGS, "sources": cited(documents[:3])}
    steps.save(article, snapshot.take(article) | written, by=author)
    return Article.objects.get(pk=article.pk)


def cited(documents):
    return [{"document": document.pk, "clause": ""} for document in documents]


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


def test_a_search_row_that_cannot_be_written_undoes_the_whole_publish(draft, chief, monkeypatch):
    monkeypatch.setattr("articles.search.index.write", lambda articles: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        steps.publish(draft, by=chief)

    assert Article.objects.get(pk=draft.pk).status == Article.Status.DRAFT
    assert not draft.events.exists()


def test_a_refused_step_inside_a_unit_leaves_the_rest_of_it_to_be_stored(draft, author):
    with collected():
        draft.title = "改过"
        draft.save()
        with pytest.raises(permissions.NotAllowed):
            steps.publish(draft, by=author)

    assert SearchRow.objects.get(pk=draft.pk).title.startswith("改过")
