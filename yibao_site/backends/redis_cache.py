"""A Redis cache the site can live without: while Redis is away, every read is a miss and every write is forgotten.

Pages are then slower and still right. After a failure this process leaves Redis alone for PAUSE seconds, so a Redis that
hangs (rather than refuses) costs one time-out now and then instead of one for each key of each page.
"""

import logging
import time
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

PAUSE = 2.0
CONNECT_TIMEOUT = ANSWER_TIMEOUT = 0.5
logger = logging.getLogger(__name__)
away_until = {}  # by server, for all threads of this process


def missing(key, *args, **kwargs):
    raise ValueError(f"Key '{key}' not found")  # what Django's caches say of a key that is not there


def forgiving(name, answer):
    """The backend's method `name`, or `answer(arguments)` while Redis is away."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self, *args, **kwargs):
        if time.monotonic() < away_until.get(self.server, 0):
            return answer(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except (ConnectionError, TimeoutError) as error:
            self.away(error)
            return answer(*args, **kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    def __init__(self, server, params):
        self.server = str(server)
        options = {"socket_connect_timeout": CONNECT_TIMEOUT, "socket_timeout": ANSWER_TIMEOUT}
        options["retry"] = Retry(NoBackoff(), 1)  # once more, for a connection that Redis closed meanwhile
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})

    def away(self, error):
        away_until[self.server] = time.monotonic() + PAUSE
        logger.warning("cache is away: %s", type(error).__name__)

    def answers(self):
        """Whether Redis is there now."""
        try:
            return self._cache.get_client().ping()
        except (ConnectionError, TimeoutError):
            return False

    get = forgiving("get", lambda key, default=None, version=None: default)
    get_many = forgiving("get_many", lambda keys, version=None: {})
    add = forgiving("add", lambda *args, **kwargs: True)  # so whoever asks first does the work
    set = forgiving("set", lambda *args, **kwargs: None)
    set_many = forgiving("set_many", lambda data, *args, **kwargs: list(data))
    touch = forgiving("touch", lambda *args, **kwargs: False)
    delete = forgiving("delete", lambda *args, **kwargs: False)
    delete_many = forgiving("delete_many", lambda *args, **kwargs: None)
    has_key = forgiving("has_key", lambda *args, **kwargs: False)
    clear = forgiving("clear", lambda *args, **kwargs: False)

    incr = forgiving("incr", missing)
