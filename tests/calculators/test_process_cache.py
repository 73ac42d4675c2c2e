"""Row caches: values by name in the process, dropped by the keys of each; nothing is cached where nobody tells of changes."""

import pytest

from calculators import process_cache
from calculators.common import page_keys
from calculators.common.page_keys import ALL_TAGS, area, content_outdated, invalidate
from calculators.process_cache import RowCache

pytestmark = pytest.mark.django_db


class Read:
    """Notes which names were read; none has a value above nine."""

    def __init__(self):
        self.names = []

    def __call__(self, names):
        self.names += names
        return {name: f"{name}!" for name in names if name < 10}


@pytest.fixture
def read():
    return Read()


@pytest.fixture
def rows():
    return RowCache(lambda name, value: [area(name), ALL_TAGS], 3)


@pytest.fixture
def hearing(monkeypatch):
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)


@pytest.mark.usefixtures("hearing")
def test_a_row_cache_reads_each_name_once_and_tells_them_in_order(rows, read):
    rows.get_many([2, 1], read)

    assert list(rows.get_many([3, 1, 2, 10], read).items()) == [(3, "3!"), (1, "1!"), (2, "2!")]
    assert read.names == [2, 1, 3, 10]


@pytest.mark.usefixtures("hearing")
def test_a_row_is_dropped_by_a_key_of_its_own_or_one_that_all_have(rows, read):
    rows.get_many([1, 2], read)
    invalidate(area(1))
    rows.get_many([1, 2], read)
    assert read.names == [1, 2, 1]

    content_outdated.send(None, keys=frozenset([ALL_TAGS]))
    rows.get_many([1, 2], read)
    assert read.names == [1, 2, 1, 1, 2]


@pytest.mark.usefixtures("hearing")
def test_a_row_cache_holds_no_more_than_its_size_the_newest(rows, read):
    rows.get_many([1, 2, 3], read)
    rows.get_many([4], read)
    rows.get_many([2, 3, 4], read)
    assert read.names == [1, 2, 3, 4]

    rows.get_many([1], read)
    assert read.names == [1, 2, 3, 4, 1]


@pytest.mark.usefixtures("hearing")
def test_rows_during_whose_reading_anything_changed_are_not_cached(rows, read):
    def read_and_change(names):
        invalidate(area(9))
        return read(names)

    rows.get_many([1], read_and_change)
    rows.get_many([1], read)

    assert read.names == [1, 1]


@pytest.mark.usefixtures("hearing")
def test_a_row_is_cached_for_a_minute_at_most(rows, read, monkeypatch):
    rows.get_many([1], read)
    later = process_cache.time.monotonic() + page_keys.MAX_CACHED_SECONDS + 1
    monkeypatch.setattr(process_cache.time, "monotonic", lambda: later)
    rows.get_many([1], read)

    assert read.names == [1, 1]


def test_in_a_process_that_hears_of_no_changes_rows_are_read_each_time(rows, read):
    rows.get_many([1], read)
    rows.get_many([1], read)

    assert read.names == [1, 1]
