"""Page cache: a write invalidates every kept page whose HTML it changes, at once, and not the pages of other places.

Each kind of kept page is tried against each kind of write: the keys on which the page depends and the keys that the
write sends must meet where the page reads otherwise afterwards.
"""

import pytest
from django.db import transaction

from calculators.common.page_keys import ALL_AREAS, content_changed, content_outdated
from tests.yibao_site.page_cache.site import NEVER_KEPT, NOW, PAGES, build, read
from tests.yibao_site.page_cache.writes_of_articles import WRITES_OF_ARTICLES
from tests.yibao_site.page_cache.writes_of_values import WRITES_OF_VALUES

WRITES = WRITES_OF_VALUES | WRITES_OF_ARTICLES
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The site with every page of it read once; what a test writes is undone after it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        site = build()
        site.pages = {page: read(page) for page in PAGES}
        yield site
        transaction.set_rollback(True)


@pytest.fixture
def written(site):
    """Carry out a write; the keys that it sends."""

    def write(name):
        sent = set()

        def listen(keys, **kwargs):
            sent.update(keys)

        content_changed.connect(listen)
        try:
            WRITES[name].do(site)
        finally:
            content_changed.disconnect(listen)
        return sent

    yield write
    content_outdated.send(None, keys=frozenset({ALL_AREAS}))  # what was remembered of areas is undone with the write


@pytest.mark.parametrize("name", WRITES)
def test_a_write_invalidates_every_kept_page_that_it_changes(site, written, name):
    keys = written(name)
    invalid = {page for page, before in site.pages.items() if not before.keys.isdisjoint(keys)}
    stale = [page for page in PAGES if page not in invalid and read(page).html != site.pages[page].html]
    unchanged = [page for page in WRITES[name].changes if read(page).html == site.pages[page].html]

    assert (stale, unchanged) == ([], [])
    assert invalid.isdisjoint(WRITES[name].spares)


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_page_in_the_table_is_kept(site, page):
    assert site.pages[page].keys


@pytest.mark.parametrize("page", NEVER_KEPT)
def test_a_page_outside_the_table_is_not_kept(site, page):
    assert read(page).keys == frozenset()
