"""Keep a few processes running side by side and end them together: the server and its background worker.

    python -m yibao_site.supervise '["program", "argument"]' '[…]'       each command a JSON list

A process that ends is started again. One that ends twice within QUICK seconds of its start cannot run at all (a port in use):
then everything stops with its exit code. No Django here: the supervisor itself stays small.
"""

import ctypes
import json
import signal
import subprocess
import sys
import time

LOOK_EVERY = 0.5  # seconds
QUICK = 3.0  # seconds
PATIENCE = 15.0  # seconds given to a process to end in order
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def end_with_parent(sent: int = signal.SIGTERM):
    """For `preexec_fn`: the kernel sends this signal to the child when its parent ends, however it ends (Linux)."""
    return lambda: sys.platform == "linux" and ctypes.CDLL(None).prctl(DEATH_SIGNAL, sent)


class Kept:
    """One process and how it fares."""

    def __init__(self, command: list[str]):
        self.command, self.quick_ends = command, 0
        self.start()

    def start(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, preexec_fn=end_with_parent())  # noqa: S603 - the command given

    def look(self) -> int | None:
        """Start again what has ended; its exit code when it cannot run at all."""
        code = self.process.poll()
        if code is None:
            return None
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.started < QUICK else 0
        if self.quick_ends > 1:
            return code or 1
        return self.start()


def stop(kept: list[Kept]) -> None:
    end = time.monotonic() + PATIENCE
    for each in kept:
        each.process.terminate()
    for each in kept:
        try:
            each.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.process.kill()


def supervise(commands: list[list[str]]) -> int:
    """Run until told to stop (0) or until one of the commands cannot run (its exit code)."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.append(True))
    kept = [Kept(command) for command in commands]
    code = None
    while not asked and code is None:
        time.sleep(LOOK_EVERY)
        code = next((code for each in kept if (code := each.look()) is not None), None)
    stop(kept)
    return code or 0


if __name__ == "__main__":
    sys.exit(supervise([json.loads(argument) for argument in sys.argv[1:]]))
