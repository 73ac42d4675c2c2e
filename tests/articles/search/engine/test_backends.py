"""Search backends: with OpenSearch a search finds, orders and refuses what it does with the database's own index.

The server is a stand-in that follows OpenSearch's documented API; no real one was to be had where these tests were written.
"""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Synonym
from articles.search import index
from articles.search.engine.find import find
from articles.search.tasks import index_articles
from tests.articles.search.engine.opensearch_server import opensearch_server
from tests.test_architecture import all_imports
from yibao_site.backends import opensearch
from yibao_site.environment.search_settings import search_settings

pytestmark = pytest.mark.django_db
QUERIES = ["起付线", "药", "qifuxian", "门槛费", "CT检查", "门诊 药", "北京退休门诊起付线是多少", "1,800", "天气预报"]
DATABASE = search_settings("")


@pytest.fixture(scope="module")
def service():
    with opensearch_server() as server:
        yield server


@pytest.fixture
def server(service, settings):
    service.asked, service.status, service.refuses, service.mapping, service.documents = [], 0, False, None, {}
    settings.SEARCH = search_settings(f"opensearch+http://reader:p%40ss@127.0.0.1:{service.server_port}/yibao")
    return service


@pytest.fixture
def articles(server, publish):
    Synonym.objects.create(word="门槛费", meaning="起付线")
    soon, before = timezone.now() + timedelta(days=1), timezone.now() - timedelta(hours=1)
    return SimpleNamespace(
        threshold=publish("北京门诊起付线", "<p>CT检查和买药都算，到1,800元为止，退休人员另算。</p>"),
        drugs=publish("门诊买药", "<p>药在门诊报，也看起付线。</p>", tags=["门诊"]),
        birth=publish("生育津贴怎么领", "<p>单位申报。</p>"),
        draft=publish("起付线草稿", status=Article.Status.DRAFT),
        future=publish("起付线将来", status=Article.Status.SCHEDULED, published_at=soon),
        past=publish("起付线过去", unpublish_at=before),
    )


def found(query, **fields):
    result = find(query, timezone.now(), **fields)
    return result.keys, result.answers, round(result.best, 6), sorted(result.rows)


def test_a_search_is_the_same_with_opensearch_as_with_the_database(server, articles, settings):
    with_service = [found(query) for query in QUERIES]
    searches = [path for _, path, *_ in server.asked if path == "/yibao/_search"]
    settings.SEARCH = DATABASE

    assert with_service == [found(query) for query in QUERIES]
    assert with_service[0][0] == [articles.threshold.pk, articles.drugs.pk]
    assert len(searches) == len(QUERIES)


def test_the_page_shows_filters_snippets_and_what_was_meant_with_opensearch(server, articles, search):
    page = search("起富线", category="daiyu-baoxiao")

    assert "起付线" in page
    assert "<mark>" in search("起付线")
    body = json.loads(server.asked[-1][3])
    assert [one for one in body["query"]["bool"]["filter"] if "listed" in str(one)] == [{"term": {"listed": True}}]


def test_a_chosen_filter_is_sent_and_applied_again_by_the_database(server, articles, category, monkeypatch):
    pk = articles.threshold.pk
    year = articles.threshold.published_at.year

    assert (
        found("起付线", chosen=Q(article__category__slug=category.slug, article__published_at__year=year))[0][0] == pk
    )
    filters = json.loads(server.asked[-1][3])["query"]["bool"]["filter"]
    assert {"terms": {"category": [category.pk]}} in filters
    monkeypatch.setattr("articles.search.engine.find.RANKED_OF_A_WORD", 1)  # what is not read is filtered too
    assert found("起付线", chosen=Q(article__category=0))[0] == []


def test_a_change_is_indexed_and_an_article_that_is_gone_is_forgotten(server, articles):
    articles.birth.title = "起付线和生育"
    articles.birth.save()
    key = str(articles.birth.pk)
    assert "^起付" in server.documents[key]["tokens"].split()
    assert server.documents[str(articles.draft.pk)]["listed"] is False
    articles.birth.delete()

    assert key not in server.documents
    assert server.mapping["mappings"]["properties"]["tokens"]["analyzer"] == "whitespace"
    assert {headers["Authorization"] for _, _, headers, _ in server.asked} == {"Basic cmVhZGVyOnBAc3M="}


def test_an_index_that_was_lost_is_sent_again_whole(server, articles, capsys):
    server.documents.clear()
    call_command("rebuild_search", clear=True)

    assert len(server.documents) == 6
    assert "6 篇" in capsys.readouterr().out


def test_while_the_service_is_away_the_database_answers_and_it_is_left_alone(server, articles, settings, caplog):
    server.status = 503

    assert found("起付线")[0] == [articles.threshold.pk, articles.drugs.pk]
    asked = len(server.asked)
    assert found("起付线")[0] == [articles.threshold.pk, articles.drugs.pk]
    assert len(server.asked) == asked
    assert "the database's own index answers" in caplog.text


def test_a_change_that_the_service_refuses_fails_its_task_which_the_queue_repeats(server, articles):
    server.refuses = True
    with pytest.raises(opensearch.OpenSearchError, match="1 documents were refused"):
        index_articles.call([articles.birth.pk])
    server.status = 500

    with pytest.raises(OSError, match="500"):
        index_articles.call([articles.birth.pk])


def test_without_a_copy_nothing_is_enqueued(server, articles, settings, monkeypatch):
    settings.SEARCH = DATABASE
    monkeypatch.setattr("articles.search.tasks.index_articles", None)
    index.write([articles.birth])

    assert server.asked


def test_no_module_imports_the_adapter_unless_it_is_chosen():
    assert [name for name, targets in all_imports().items() if "yibao_site.backends.opensearch" in targets] == []


def test_a_search_url_that_names_no_backend_is_refused():
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        search_settings("solr://127.0.0.1")
