import pytest
import redis as redis_client

from tests.cluster.services import free_port, redis
from yibao_site.backends import redis_cache
from yibao_site.backends.redis_cache import ForgivingRedisCache


@pytest.fixture
def nowhere():
    """A cache whose Redis is not there."""
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


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
        (lambda cache: cache.answers(), False),
    ],
)
def test_without_redis_every_read_is_a_miss_and_every_write_is_forgotten(nowhere, ask, answer):
    assert ask(nowhere) == answer
    assert ask(nowhere) == answer


def test_counting_up_what_is_not_there_says_so(nowhere):
    for _ in range(2):
        with pytest.raises(ValueError, match="not found"):
            nowhere.incr("a")


def test_what_redis_keeps_is_found_again_after_it_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(redis_cache, "PAUSE", 0)
    port = free_port()
    cache = ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", {})
    with redis(tmp_path, port):
        cache.set("a", "甲")
        assert (cache.get("a"), cache.answers()) == ("甲", True)
    assert cache.get("a") is None
    with redis(tmp_path, port):
        cache.set("a", "乙")
        assert cache.get("a") == "乙"


def test_after_a_failure_redis_is_left_alone_for_a_while(nowhere, monkeypatch):
    nowhere.get("a")

    def fail(*args, **kwargs):
        raise AssertionError("asked again")

    monkeypatch.setattr(redis_client.Redis, "execute_command", fail)
    assert nowhere.get("a") is None
