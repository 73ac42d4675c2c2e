"""Site identity in a process's memory: read once, again after a change, and the last one while the database is away."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError

from calculators.common import page_keys, site_identity
from calculators.common.site_identity import SiteIdentity


@pytest.fixture
def memory(monkeypatch):
    """A memory of its own, outside of a transaction; `names` are what it reads one after the other."""
    memory = site_identity.IdentityMemory()
    memory.names = ["甲", "乙"]

    def read():
        name = memory.names.pop(0)
        if name is None:
            raise DatabaseError
        return SiteIdentity(name=name)

    memory.read = read
    monkeypatch.setattr(site_identity, "connection", SimpleNamespace(in_atomic_block=False))
    return memory


def test_the_identity_is_read_once_and_again_after_a_change_of_the_site(memory):
    assert [memory().name, memory().name] == ["甲", "甲"]
    page_keys.content_outdated.send(None, keys=frozenset({page_keys.ALL_AREAS}))
    assert memory().name == "甲"
    page_keys.content_outdated.send(None, keys=frozenset({page_keys.SITE}))
    assert memory().name == "乙"


def test_an_identity_read_inside_a_transaction_is_not_kept(memory, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(site_identity.connection, "in_atomic_block", True)
        assert memory().name == "甲"
    assert memory().name == "乙"


def test_the_last_known_identity_stays_while_the_database_is_away(memory):
    memory()
    memory.names = [None]
    page_keys.content_outdated.send(None, keys=frozenset({page_keys.SITE}))

    assert memory().name == memory.last_known.name == "甲"


@pytest.mark.parametrize(
    ("typed", "dialled"), [("12393", "12393"), ("010-89152345 转 8", "01089152345"), ("+86 27", "+8627")]
)
def test_a_hotline_is_dialled_without_its_extension(typed, dialled):
    assert SiteIdentity(hotline=typed).hotline_number == dialled


def test_the_analytics_origin_is_that_of_the_script():
    assert SiteIdentity(analytics_script="https://hm.baidu.com/hm.js?1").analytics_origin == "https://hm.baidu.com"
    assert SiteIdentity().analytics_origin == ""
