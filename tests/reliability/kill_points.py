"""kill -9 at chosen points of a piece of work: before one of the statements that it sends to the database."""

import os
import signal

from django.db import connection


class Countdown:
    """Lets `left` statements pass and kills its process before the next one."""

    def __init__(self, left):
        self.left = left

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(sql, params, many, context)


class Count:
    def __init__(self):
        self.statements = 0

    def __call__(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)


def kill_at(site, work, number):
    """Do `work` in a process of the site that is killed before its statement of this number."""

    def killed():
        with connection.execute_wrapper(Countdown(number)):
            work()
        return ()

    fork = site.fork(killed)
    fork.wait()
    assert fork.code == -signal.SIGKILL, f"statement {number} never came"


def statements_of(site, work):
    """Do `work` in a process of the site; how many statements it sent."""

    def counted():
        count = Count()
        with connection.execute_wrapper(count):
            work()
        yield count.statements

    (said,) = site.fork(counted).wait()
    return int(said)


def spread(count, most):
    """At most so many numbers below `count`, first and last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})
