"""Supervisor: runs a few processes side by side, the server and its background worker, and stops them together.

    python -m yibao_site.processes.supervisor '["program", "argument"]' '[…]'       each command a JSON list

A process that ends is started again. One that ends twice within QUICK_END_SECONDS of its start cannot run at all (a port
in use): then everything stops with its exit code and a sentence. Each process leads a group of its own, so that Ctrl+C at
the terminal reaches the supervisor alone, and each process hears of it once, from here. No Django here: the supervisor
itself stays small.
"""

import ctypes
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from yibao_site.processes import handle_ending_signals

POLL_SECONDS = 0.5
QUICK_END_SECONDS = 3.0
STOP_TIMEOUT_SECONDS = 15.0  # after its signal a process is killed
INTERRUPT_TIMEOUT_SECONDS = 1.5  # the same where somebody at the terminal waits (Ctrl+C)
ORPHAN_STOP_TIMEOUT_SECONDS = 2.0  # of an orphan, for the requests in hand
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def end_with_parent(sent: int = signal.SIGTERM):
    """For `preexec_fn`: the kernel sends this signal to the child when its parent ends, however it ends (Linux)."""
    return lambda: sys.platform == "linux" and ctypes.CDLL(None).prctl(DEATH_SIGNAL, sent)


def kill_group(process) -> None:
    """Kill a process and those it has started, where it leads a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def end_without_parent() -> None:
    """End this process soon after its parent, on any system: an orphan would occupy its port for ever."""
    started_by = multiprocessing.parent_process()  # known even where it is gone by now
    parent = started_by.pid if started_by else os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ORPHAN_STOP_TIMEOUT_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent", daemon=True).start()


class SupervisedProcess:
    """A process that is restarted when it ends; `end` is the signal that stops it, `options` are Popen's."""

    def __init__(self, command: list, *, end: int = signal.SIGTERM, **options):
        self.command, self.end, self.options = command, end, options
        self.quick_ends = 0
        self.start()

    @property
    def name(self) -> str:
        return " ".join(map(str, self.command))

    def launch(self):
        command = [str(part) for part in self.command]
        options = {"preexec_fn": end_with_parent(self.end), "process_group": 0} | self.options
        return subprocess.Popen(command, **options)  # noqa: S603 - the command given

    def start(self):
        self.started = time.monotonic()
        self.process = self.launch()

    def restart_if_ended(self) -> int | None:
        """Start the process again if it has ended; returns its exit code if it cannot run at all."""
        code = self.process.poll()
        if code is None:
            return None
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.started < QUICK_END_SECONDS else 0
        if self.quick_ends > 1:
            return code or 1
        return self.start()


def stop_processes(processes: Iterable[SupervisedProcess], timeout: float = STOP_TIMEOUT_SECONDS) -> None:
    end = time.monotonic() + timeout
    for process in processes:
        process.process.send_signal(process.end)
    for process in processes:
        try:
            process.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_group(process.process)
            process.process.wait()


def supervise(starts: Iterable[Callable[[], SupervisedProcess]], beside: Iterable[SupervisedProcess] = ()) -> int:
    """Start these processes and run until told to stop (0) or until one of them cannot run (its exit code).

    What runs `beside` them is started again too, and left to whoever started it in the end.
    """
    asked, signals = threading.Event(), []
    handle_ending_signals(lambda number, _: (signals.append(number), asked.set()))
    processes = [start() for start in starts]
    code = None
    while not asked.wait(POLL_SECONDS) and code is None:
        code = restart_ended_processes([*beside, *processes])
    stop_processes(processes, INTERRUPT_TIMEOUT_SECONDS if signal.SIGINT in signals else STOP_TIMEOUT_SECONDS)
    return code or 0


def restart_ended_processes(processes: Iterable[SupervisedProcess]) -> int | None:
    for process in processes:
        code = process.restart_if_ended()
        if code is not None:
            sys.stderr.write(f"起不来，全部停止（退出码 {code}）：{process.name}\n")
            return code
    return None


if __name__ == "__main__":
    sys.exit(supervise([partial(SupervisedProcess, json.loads(argument)) for argument in sys.argv[1:]]))
