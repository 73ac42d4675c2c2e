"""The server and its background worker, forked from one process that has loaded the site and supervises them.

    python -m yibao_site.processes HOST PORT [--no-background]

What is loaded before the fork lies in memory once, however many processes read it. Where a fork after imports is not safe (macOS), each process loads the site for itself.
"""

import argparse
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from django.core.management import call_command
from granian.cli import cli as granian

from yibao_site.processes import handle_ending_signals
from yibao_site.processes.preload import preload
from yibao_site.processes.server import server_arguments
from yibao_site.processes.supervisor import SupervisedProcess, end_with_parent, supervise

context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


class ChildProcess(context.Process):
    """A forked process with what the supervisor asks of subprocess.Popen."""

    def poll(self) -> int | None:
        return self.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout: float | None = None) -> int:
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.name, timeout)
        return self.exitcode


class ForkedProcess(SupervisedProcess):
    """A function that runs in a process forked from this one."""

    def launch(self):
        work, *arguments = self.command
        process = ChildProcess(target=_run, args=(work, arguments, self.end), name=work.__name__)
        process.start()
        return process

    @property
    def name(self):
        work, *arguments = self.command
        return " ".join([work.__name__, *map(str, arguments)])


def _run(work: Callable, arguments: list, end: int) -> None:
    """Run `work` in the child: in a group of its own, with default signal handlers, and a parent-death signal."""
    os.setpgid(0, 0)
    handle_ending_signals(signal.SIG_DFL)
    end_with_parent(end)()
    work(*arguments)


def serve(host: str, port: int) -> None:
    granian.main(server_arguments(host, port), prog_name="granian")


def work() -> None:
    call_command("worker")


def run_site(host: str, port: int, *, background: bool) -> int:
    """Run until stopped by a signal (0) or until one of the processes cannot run (its exit code)."""
    preload()
    starts = [partial(ForkedProcess, [serve, host, port])]
    if background:
        starts.append(partial(ForkedProcess, [work]))
    return supervise(starts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--no-background", action="store_true")
    options = parser.parse_args()
    return run_site(options.host, options.port, background=not options.no_background)
