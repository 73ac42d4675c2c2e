"""Processes side by side: what ends is started again, what cannot run stops everything, and nothing outlives its parent."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.site_processes import ROOT, wait_until

SLEEP = "import time; time.sleep(60)"
SAYING = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"
CANNOT = "import sys; sys.exit(7)"
ORPHAN = "import os, time; from yibao_site.processes.supervisor import end_without_parent; end_without_parent(); print(os.getpid(), flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {ORPHAN!r}]).wait()"


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def start():
    started = []

    def start(*arguments):
        command = [sys.executable, *arguments]
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        with process:
            process.kill()


def supervisor(start, *programs):
    return start(
        "-m", "yibao_site.processes.supervisor", *(json.dumps([sys.executable, "-c", program]) for program in programs)
    )


def test_a_process_that_was_killed_is_started_again_and_ends_with_the_others(start):
    process = supervisor(start, SAYING)
    first = int(process.stdout.readline())
    subprocess.run(["kill", "-9", str(first)], check=True)  # noqa: S607
    second = int(process.stdout.readline())
    process.send_signal(signal.SIGTERM)

    assert second != first
    assert process.wait(20) == 0
    assert not is_alive(second)


def test_what_cannot_run_stops_everything_with_its_code_and_a_sentence(start):
    process = supervisor(start, SLEEP, CANNOT)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 7
    assert "起不来，全部停止（退出码 7）" in said
    assert CANNOT in said


def test_a_process_whose_parent_was_killed_ends_too(start):
    parent = start("-c", PARENT)
    pid = int(parent.stdout.readline())
    parent.kill()

    wait_until(lambda: not is_alive(pid), 20)
