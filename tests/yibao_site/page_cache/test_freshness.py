"""Page cache: a write invalidates every kept page whose HTML it changes, at once, and not the pages of other places.

Each kind of kept page is tried against each kind of write: the keys on which the page depends and the keys that the
write sends must meet where the page reads otherwise afterwards.
"""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calculators.common import page_keys
from calculators.common.page_keys import ALL_AREAS, SITE, content_changed, content_outdated
from tests.yibao_site.page_cache.site import NEVER_KEPT, NOW, PAGES, build, read
from tests.yibao_site.page_cache.writes_of_articles import WRITES_OF_ARTICLES
from tests.yibao_site.page_cache.writes_of_calculators import WRITES_OF_CALCULATORS
from tests.yibao_site.page_cache.writes_of_values import WRITES_OF_VALUES
from tests.yibao_site.page_cache.writes_of_workflow import WRITES_OF_WORKFLOW

WITHOUT_KEYS = {
    "articles_articlepage": "gathered from rows that have keys; a card sends its article's",
    "django_content_type": "only a release changes it",
}
WRITES_BY_TABLE = {  # where a save that changes nothing says less
    "articles_article": "a page of the navigation is renamed",
    "articles_category": "a category of the navigation is renamed",
    "articles_article_calculators": "an article loses its calculators",
    "calculators_calculator": "a calculator is renamed",
    "calculators_policyvalue": "an area loses its last value",
}
# Pages on which some table that is joined has no row to show.
SPARSE = {
    page for page in PAGES if re.search("without|below|empty|beside|of Shanghai|with an example|^page|^about", page)
}
# What processes cache besides short lists: rows and entries of lists, texts of hits, values, fields of forms.
PAGES_OF_WHAT_IS_CACHED = (
    "/articles/",
    "/categories/daiyu/",
    "/search/?q=起付线",
    "/search/?q=算例",
    "/calculators/employee_outpatient/?region=110000&person_type=in_service&hospital_level=level3&eligible=3000",
)
WRITES_TO_WHAT_IS_CACHED = (
    "a category is renamed",
    "an article is renamed",
    "an article is taken down",
    "an article moves to another area",
    "a calculator is renamed",
    "a value changes",
    "a cap of Chengdu changes",
    "a value goes",
    "a parameter is renamed",
    "an area is renamed",
    "a choice of hospitals is renamed",
    "a document is renamed",
)
WRITTEN = re.compile(r'(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "(\w+)"')
MEMORY = frozenset(key for name, key in vars(page_keys).items() if name.isupper() and isinstance(key, str))
MODELS = {model._meta.db_table: model for model in apps.get_models()}
WRITES = WRITES_OF_VALUES | WRITES_OF_CALCULATORS | WRITES_OF_ARTICLES | WRITES_OF_WORKFLOW
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The site with every page of it read once; what a test writes is undone after it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        site = build()
        site.pages = {page: read_without_memory(page) for page in PAGES}
        yield site
        transaction.set_rollback(True)


def read_without_memory(page):
    """Nothing is remembered: every table is read."""
    content_outdated.send(None, keys=MEMORY)
    return read(page)


@pytest.fixture(autouse=True)
def shipped_identity_in_memory():
    """In the place of the fixture of this name: the identity is read, as the pages of the site were."""
    content_outdated.send(None, keys=frozenset({SITE}))


@pytest.fixture
def undone():
    """What the process remembers of areas is undone with the write."""
    yield
    content_outdated.send(None, keys=frozenset({ALL_AREAS}))


def written_by(write):
    """The keys that a write sends, and the tables it writes."""
    with CaptureQueriesContext(connection) as queries:
        sent = sent_by(write)
    return sent, {table for query in queries for table in WRITTEN.findall(query["sql"])}


def sent_by(write):
    """The keys that a write sends."""
    sent = set()

    def listen(keys, **kwargs):
        sent.update(keys)

    content_changed.connect(listen)
    try:
        write()
    finally:
        content_changed.disconnect(listen)
    return sent


@pytest.mark.parametrize("name", WRITES)
def test_a_write_invalidates_every_kept_page_that_it_changes(site, undone, name):
    keys, tables = written_by(lambda: WRITES[name].do(site))
    invalid = {page for page, before in site.pages.items() if not before.keys.isdisjoint(keys)}
    concerned = [page for page in PAGES if page not in invalid and not site.pages[page].tables.isdisjoint(tables)]
    stale = [page for page in concerned if read(page).html != site.pages[page].html]
    unchanged = [page for page in WRITES[name].changes if read(page).html == site.pages[page].html]

    assert tables
    assert (stale, unchanged) == ([], [])
    assert invalid.isdisjoint(WRITES[name].spares)


@pytest.mark.parametrize("name", WRITES_TO_WHAT_IS_CACHED)
def test_a_write_drops_from_the_process_caches_what_it_changes(site, undone, monkeypatch, name):
    """Lists, a search and a result, made from what was cached before and from nothing."""
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)
    content_outdated.send(None, keys=MEMORY)
    before = list(map(shown, PAGES_OF_WHAT_IS_CACHED))
    WRITES[name].do(site)
    after = list(map(shown, PAGES_OF_WHAT_IS_CACHED))
    content_outdated.send(None, keys=MEMORY)

    assert after == list(map(shown, PAGES_OF_WHAT_IS_CACHED))
    assert after != before


def shown(address):
    return Client().get(address).content


def kinds(keys):
    """`area:5:values` and `area:7:values` are of one kind."""
    return {(kind, *(rest[1:] if kind != "value" else ())) for kind, *rest in (key.split(":") for key in keys)}


def kinds_for(table, site):
    """The kinds of keys that are sent when a row of this table is written."""
    write = WRITES_BY_TABLE.get(table)
    sent = sent_by(MODELS[table].objects.order_by("pk").first().save) if table in MODELS else set()
    return kinds(sent | (sent_by(lambda: WRITES[write].do(site)) if write else set()))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in SPARSE])
def test_every_table_that_a_page_reads_is_covered_by_a_key(site, undone, page):
    keys = kinds(site.pages[page].keys)
    tables = sorted(site.pages[page].tables - WITHOUT_KEYS.keys())

    assert [table for table in tables if keys.isdisjoint(kinds_for(table, site))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_page_in_the_table_is_kept(site, page):
    assert site.pages[page].keys


@pytest.mark.parametrize("page", NEVER_KEPT)
def test_a_page_outside_the_table_is_not_kept(site, page):
    assert read(page).keys == frozenset()
