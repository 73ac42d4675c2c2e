import pytest
import redis as redis_client

from tests.cluster.services import free_port, redis
from yibao_site.backends import redis_cache
from yibao_site.backends.redis_cache import FaultTolerantRedisCache


@pytest.fixture
def nowhere():
    """A cache whose Redis is not there."""
    return FaultTolerantRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda cache: cache.get("a"), None),
        (lambda cache: cache.get("a", "default"), "default"),
        (lambda cache: cache.get_many(["a"]), {}),
        (lambda cache: cache.get_or_set("a", 1), 1),
        (lambda cache: cache.add("a", 1), True),
        (lambda cache: cache.set("a", 1), None),
        (lambda cache: cache.set_many({"a": 1}), ["a"]),
        (lambda cache: cache.touch("a"), False),
        (lambda cache: cache.delete("a"), False),
        (lambda cache: cache.delete_many(["a"]), None),
        (lambda cache: cache.has_key("a"), False),
        (lambda cache: cache.clear(), False),
        (lambda cache: cache.is_available(), False),
    ],
)
def test_without_redis_every_cache_read_is_a_miss_and_every_write_is_dropped(nowhere, ask, answer):
    assert ask(nowhere) == answer
    assert ask(nowhere) == answer


def test_incrementing_a_missing_cache_key_raises_value_error(nowhere):
    for _ in range(2):
        with pytest.raises(ValueError, match="not found"):
            nowhere.incr("a")


def test_cached_values_are_found_again_after_redis_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(redis_cache, "OUTAGE_PAUSE_SECONDS", 0)
    port = free_port()
    cache = FaultTolerantRedisCache(f"redis://127.0.0.1:{port}/0", {})
    with redis(tmp_path, port):
        cache.set("a", "甲")
        assert (cache.get("a"), cache.is_available()) == ("甲", True)
    assert cache.get("a") is None
    with redis(tmp_path, port):
        cache.set("a", "乙")
        assert cache.get("a") == "乙"


def test_after_a_connection_error_the_cache_skips_redis_for_a_while(nowhere, monkeypatch):
    nowhere.get("a")

    def fail(*args, **kwargs):
        raise AssertionError("asked again")

    monkeypatch.setattr(redis_client.Redis, "execute_command", fail)
    assert nowhere.get("a") is None
