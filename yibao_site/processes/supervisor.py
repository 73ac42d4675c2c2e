"""Keep a few processes running side by side and end them together: the server and its background worker.

    python -m yibao_site.processes.supervisor '["program", "argument"]' '[…]'       each command a JSON list

A process that ends is started again. One that ends twice within QUICK seconds of its start cannot run at all (a port in use):
then everything stops with its exit code and a sentence. No Django here: the supervisor itself stays small.
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
from functools import partial

LOOK_EVERY = 0.5  # seconds
QUICK = 3.0  # seconds
PATIENCE = 15.0  # seconds given to a process to end in order
ORPHANS_END = 2.0  # seconds an orphan has to answer what it has in hand
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def end_with_parent(sent: int = signal.SIGTERM):
    """For `preexec_fn`: the kernel sends this signal to the child when its parent ends, however it ends (Linux)."""
    return lambda: sys.platform == "linux" and ctypes.CDLL(None).prctl(DEATH_SIGNAL, sent)


def end_without_parent() -> None:
    """This process ends soon after the one that started it, on any system: an orphan would keep its port for ever."""
    started_by = multiprocessing.parent_process()  # known even where it is gone by now
    parent = started_by.pid if started_by else os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ORPHANS_END)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent", daemon=True).start()


class Kept:
    """One process and how it fares; `end` is the signal that ends it in order, `options` are Popen's."""

    def __init__(self, command: list, *, end: int = signal.SIGTERM, **options):
        self.command, self.end, self.options = command, end, options
        self.quick_ends = 0
        self.start()

    @property
    def name(self) -> str:
        return " ".join(map(str, self.command))

    def launch(self):
        command = [str(part) for part in self.command]
        return subprocess.Popen(command, preexec_fn=end_with_parent(self.end), **self.options)  # noqa: S603 - the command given

    def start(self):
        self.started = time.monotonic()
        self.process = self.launch()

    def look(self) -> int | None:
        """Start again what has ended; its exit code when it cannot run at all."""
        code = self.process.poll()
        if code is None:
            return None
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.started < QUICK else 0
        if self.quick_ends > 1:
            return code or 1
        return self.start()


def stop(kept: Iterable[Kept]) -> None:
    end = time.monotonic() + PATIENCE
    for each in kept:
        each.process.send_signal(each.end)
    for each in kept:
        try:
            each.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.process.kill()
            each.process.wait()


def supervise(starts: Iterable[Callable[[], Kept]], beside: Iterable[Kept] = ()) -> int:
    """Start these processes and run until told to stop (0) or until one of them cannot run (its exit code).

    What runs `beside` them is started again too, and left to whoever started it in the end.
    """
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.append(True))
    kept = [start() for start in starts]
    code = None
    while not asked and code is None:
        time.sleep(LOOK_EVERY)
        code = first_that_cannot_run([*beside, *kept])
    stop(kept)
    return code or 0


def first_that_cannot_run(kept: Iterable[Kept]) -> int | None:
    for each in kept:
        code = each.look()
        if code is not None:
            sys.stderr.write(f"起不来，全部停止（退出码 {code}）：{each.name}\n")
            return code
    return None


if __name__ == "__main__":
    sys.exit(supervise([partial(Kept, json.loads(argument)) for argument in sys.argv[1:]]))
