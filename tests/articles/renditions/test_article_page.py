"""Renditions of articles' pages: read in two queries, the same as rendered anew, and never shown after a change of what they show.

The writes are those of the page cache's tests: for each that changes an article's page the page is read before and after.
"""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles.models import Article, ArticleRendition
from articles.renditions import article_page
from calculators.common import page_keys
from calculators.common.page_keys import ALL_AREAS, SITE, collecting, content_outdated
from calculators.common.site_identity import memory
from calculators.models import PolicyValue
from tests.yibao_site.page_cache.site import NOW, PAGES, build
from tests.yibao_site.page_cache.writes_of_articles import WRITES_OF_ARTICLES
from tests.yibao_site.page_cache.writes_of_calculators import WRITES_OF_CALCULATORS
from tests.yibao_site.page_cache.writes_of_values import WRITES_OF_VALUES
from tests.yibao_site.page_cache.writes_of_workflow import WRITES_OF_WORKFLOW

WRITES = WRITES_OF_VALUES | WRITES_OF_CALCULATORS | WRITES_OF_ARTICLES | WRITES_OF_WORKFLOW
SHOWN = {page: address for page, address in PAGES.items() if isinstance(address, str)}
ARTICLES = {page: address for page, address in SHOWN.items() if re.fullmatch("/articles/.+/", address)}
CHANGING = {name: write for name, write in WRITES.items() if not ARTICLES.keys().isdisjoint(write.changes)}
RETIRED = {"choice": "110000.retired"}
LARGE = {"text": "large"}
ADDRESS = "/articles/beijing/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """As in a server's process: renditions are read and kept."""
    monkeypatch.setattr(article_page, "may_cache", lambda: True)


@pytest.fixture
def clock(monkeypatch):
    moment = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    return moment


@pytest.fixture
def site(clock):
    site = build()
    memory.keep(memory.read())  # what every page shows is at hand until it changes
    return site


def get(address, cookies=None, **headers):
    client = Client(**headers)
    client.cookies.load(cookies or {})
    return client.get(address)


def fresh(address, cookies=None, **headers):
    """The page rendered anew, as a process does it that does not hear of changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(article_page, "may_cache", lambda: False)
        return get(address, cookies, **headers).content


def renditions():
    return ArticleRendition.objects.filter(article__slug="beijing").count()


def test_a_page_is_kept_when_it_is_read_and_read_again_in_two_queries(kept, site, django_assert_num_queries):
    first = get(ADDRESS).content
    with django_assert_num_queries(2), collecting() as keys:
        again = get(ADDRESS)
    with collecting() as rendered:
        assert fresh(ADDRESS) == again.content == first

    assert keys == rendered
    assert again["Content-Type"] == "text/html; charset=utf-8"


def test_no_write_leaves_a_rendition_that_reads_otherwise(kept, site):
    before = {page: get(address).content for page, address in ARTICLES.items()}
    stale, idle = [], []
    for name, write in CHANGING.items():
        with transaction.atomic():
            write.do(site)
            after = {page: get(ARTICLES[page]).content for page in ARTICLES.keys() & set(write.changes)}
            stale += [(name, page) for page in after if after[page] != fresh(ARTICLES[page])]
            idle += [(name, page) for page in after if after[page] == before[page]]
            transaction.set_rollback(True)
        content_outdated.send(None, keys=frozenset({ALL_AREAS, SITE}))

    assert len(CHANGING) > 40
    assert (stale, idle) == ([], [])


def test_a_new_day_a_scheduled_article_another_release_and_another_host_render_anew(kept, site, clock, monkeypatch):
    def is_anew():
        """Whether the page is rendered when it is read now; it is kept then."""
        ArticleRendition.objects.update(html=article_page.brotli.compress(b"kept"))
        return get(ADDRESS).content != b"kept"

    get(ADDRESS)
    assert not is_anew()
    monkeypatch.setattr(article_page, "release", lambda: "next")
    assert is_anew()
    assert not is_anew()
    Article.objects.create(
        title="明早", slug="mingzao", category=site.daiyu, status="scheduled", published_at=NOW + timedelta(hours=2)
    )
    ArticleRendition.objects.all().delete()
    get(ADDRESS)
    clock[0] = NOW + timedelta(hours=2)
    assert is_anew()
    assert not is_anew()
    clock[0] = NOW + timedelta(hours=13)
    assert is_anew()
    assert not is_anew()
    clock[0] = NOW
    assert is_anew()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.http.request.HttpRequest.get_host", lambda request: "other.example")
        assert is_anew()
        assert not is_anew()
    assert is_anew()


def test_a_choice_a_query_and_a_large_text_see_pages_of_their_own(kept, site):
    plain = get(ADDRESS).content
    large = get(ADDRESS, LARGE).content

    assert get(ADDRESS, LARGE).content == large == fresh(ADDRESS, LARGE) != plain
    assert get(ADDRESS, RETIRED).content == fresh(ADDRESS, RETIRED) != plain
    assert get(f"{ADDRESS}?x=1").content == fresh(f"{ADDRESS}?x=1") != plain
    assert renditions() == 2


def test_what_changes_while_a_page_is_rendered_is_not_kept(kept, site, monkeypatch):
    usual = article_page.page_keys.catch_up

    def change_meanwhile():
        usual()
        monkeypatch.setattr(
            "articles.views.articles.card_url", lambda article: PolicyValue.objects.first().save() or ""
        )

    monkeypatch.setattr("articles.renditions.article_page.page_keys.catch_up", change_meanwhile)
    get(ADDRESS)

    assert renditions() == 0


def test_what_changes_before_a_process_has_caught_up_is_not_kept(kept, site, monkeypatch):
    """Words that are remembered may be those of before."""
    monkeypatch.setattr(page_keys, "catching_up", [PolicyValue.objects.first().save])
    get(ADDRESS)
    assert renditions() == 0
    monkeypatch.setattr(page_keys, "catching_up", [])
    get(ADDRESS)
    assert renditions() == 1


def test_a_page_that_cannot_be_kept_is_shown(kept, site, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(ArticleRendition.objects, "bulk_create", refuse)

    assert get(ADDRESS).content == fresh(ADDRESS)
    assert renditions() == 0


def test_what_is_gone_is_not_kept(kept, site):
    get(ADDRESS)
    Article.objects.get(slug="beijing").delete()

    assert get(ADDRESS).status_code == 404
    assert ArticleRendition.objects.count() == 0


@pytest.mark.one_database
def test_a_reader_does_not_wait_for_a_writer_of_sqlite(kept, site, monkeypatch):
    def patience():
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    waits = [patience()]
    monkeypatch.setattr(ArticleRendition.objects, "bulk_create", lambda *args, **kwargs: waits.append(patience()))
    get(ADDRESS)

    assert [*waits, patience()] == [20_000, 50, 20_000]
