"""Short lists kept in the process: read once, and anew as soon as anybody changes them."""

import pytest
from django.db import transaction

from calculators import process_cache
from calculators.common import page_keys
from calculators.common.page_keys import (
    ALL_AREAS,
    ALL_PARAMETERS,
    ALL_SYNONYMS,
    AREAS_WITH_VALUES,
    collecting,
    content_changed,
    content_outdated,
    invalidate,
    one_change,
    parameter,
    value,
    values,
    values_in,
    values_of,
)
from calculators.process_cache import ProcessCache

pytestmark = pytest.mark.django_db


class Read:
    """Counts how often it was read."""

    times = 0

    def __call__(self):
        self.times += 1
        return self.times


@pytest.fixture
def hearing(monkeypatch):
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)


def test_few_values_have_a_key_each_and_many_one_by_parameter_or_by_area():
    names, areas = [f"p{number}" for number in range(50)], [1, 2]

    assert values(["甲"], areas) == {value("甲", 1), value("甲", 2), parameter("甲")}
    assert values(names, areas) == {values_in(1), values_in(2), ALL_PARAMETERS}
    assert values(["甲", "乙"], range(50)) == {values_of("甲"), values_of("乙")}


def test_the_page_of_an_area_with_few_parameters_depends_on_all_parameters(monkeypatch, client, db):
    monkeypatch.setattr("calculators.common.page_keys.MAX_VALUE_KEYS", 10_000)
    with collecting() as keys:
        client.get("/areas/310000/")

    assert ALL_PARAMETERS in keys


@pytest.mark.usefixtures("hearing")
def test_what_is_kept_is_read_once():
    kept = ProcessCache(Read(), ALL_SYNONYMS)

    assert [kept(), kept()] == [1, 1]


@pytest.mark.usefixtures("hearing")
def test_a_change_here_or_elsewhere_drops_it_and_another_key_does_not():
    kept = ProcessCache(Read(), ALL_SYNONYMS, AREAS_WITH_VALUES)
    kept()
    invalidate(ALL_AREAS)
    assert kept() == 1

    invalidate(AREAS_WITH_VALUES, value("x", 1))
    assert kept() == 2

    content_outdated.send(None, keys=frozenset([ALL_SYNONYMS]))
    assert kept() == 3


@pytest.fixture
def sent():
    """The keys of every change that was sent."""
    changes = []

    def listen(keys, **kwargs):
        changes.append(keys)

    content_changed.connect(listen)
    yield changes
    content_changed.disconnect(listen)


def fail_after(write):
    write()
    return 1 / 0


def test_what_is_invalidated_in_one_change_is_sent_together_when_it_ends(sent):
    with one_change():
        invalidate(ALL_AREAS)
        with one_change():
            invalidate(ALL_SYNONYMS)
        assert sent == []

    assert sent == [{ALL_AREAS, ALL_SYNONYMS}]


def test_a_change_that_is_rolled_back_or_fails_or_is_empty_invalidates_nothing(sent):
    with transaction.atomic(), one_change():
        invalidate(ALL_AREAS)
        transaction.set_rollback(True)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), one_change():
        fail_after(lambda: invalidate(ALL_AREAS))
    with one_change():
        pass

    assert sent == []


@pytest.mark.usefixtures("hearing")
def test_what_changed_while_it_was_read_is_not_kept():
    def read():
        invalidate(ALL_SYNONYMS)
        return seen.append(1) or len(seen)

    seen = []
    kept = ProcessCache(read, ALL_SYNONYMS)

    assert [kept(), kept()] == [1, 2]


@pytest.mark.usefixtures("hearing")
def test_nothing_is_kept_for_longer_than_a_minute(monkeypatch):
    kept = ProcessCache(Read(), ALL_SYNONYMS)
    kept()
    later = process_cache.time.monotonic() + page_keys.MAX_CACHED_SECONDS + 1
    monkeypatch.setattr(process_cache.time, "monotonic", lambda: later)

    assert kept() == 2


def test_nothing_is_kept_where_changes_elsewhere_are_not_heard_of(monkeypatch):
    monkeypatch.setattr(page_keys, "followers", [lambda: False])
    kept = ProcessCache(Read(), ALL_SYNONYMS)

    assert [kept(), kept()] == [1, 2]


def test_inside_a_transaction_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(page_keys, "followers", [lambda: True])
    kept = ProcessCache(Read(), ALL_SYNONYMS)

    assert [kept(), kept()] == [1, 2]
