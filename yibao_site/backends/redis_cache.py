"""Redis cache backend that degrades to a miss on connection errors, so that pages are slower and still right.

Writes are dropped meanwhile. After an error this process skips Redis for OUTAGE_PAUSE_SECONDS: a Redis that hangs (rather
than refuses) costs one timeout in that time instead of one for each key of each page.
"""

import logging
import time
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

OUTAGE_PAUSE_SECONDS = 2.0
CONNECT_TIMEOUT_SECONDS = READ_TIMEOUT_SECONDS = 0.5
logger = logging.getLogger(__name__)
paused_until = {}  # monotonic time by server, for all threads of this process


def raise_key_not_found(key, *args, **kwargs):
    raise ValueError(f"Key '{key}' not found")  # as Django's caches do


def with_fallback(name, answer):
    """Method `name` of the backend with a fallback: `answer(arguments)` while Redis does not respond."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self, *args, **kwargs):
        if time.monotonic() < paused_until.get(self.server, 0):
            return answer(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (ConnectionError, TimeoutError) as error:
            self.pause(error)
            return answer(*args, **kwargs)

    return call


class FaultTolerantRedisCache(RedisCache):
    def __init__(self, server, params):
        self.server = str(server)
        options = {"socket_connect_timeout": CONNECT_TIMEOUT_SECONDS, "socket_timeout": READ_TIMEOUT_SECONDS}
        options["retry"] = Retry(NoBackoff(), 1)  # once more, for a connection that Redis closed meanwhile
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})

    def pause(self, error):
        paused_until[self.server] = time.monotonic() + OUTAGE_PAUSE_SECONDS
        logger.warning("cache is away: %s", type(error).__name__)

    def is_available(self):
        """Whether Redis responds now, for the health check."""
        try:
            return self._cache.get_client().ping()
        except (ConnectionError, TimeoutError):
            return False

    get = with_fallback("get", lambda key, default=None, version=None: default)
    get_many = with_fallback("get_many", lambda keys, version=None: {})
    add = with_fallback("add", lambda *args, **kwargs: True)  # so whoever asks first does the work
    set = with_fallback("set", lambda *args, **kwargs: None)
    set_many = with_fallback("set_many", lambda data, *args, **kwargs: list(data))
    touch = with_fallback("touch", lambda *args, **kwargs: False)
    delete = with_fallback("delete", lambda *args, **kwargs: False)
    delete_many = with_fallback("delete_many", lambda *args, **kwargs: None)
    has_key = with_fallback("has_key", lambda *args, **kwargs: False)
    clear = with_fallback("clear", lambda *args, **kwargs: False)

    incr = with_fallback("incr", raise_key_not_found)
