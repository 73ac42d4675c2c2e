"""Memory of `make run` after every kind of page, process by process, and what it is made of, package by package.

    python tests/benchmarks/memory.py

A page of memory that several processes share counts for each by its part (PSS, of Linux): the rows add up to what the site
takes. The walk goes through tests/page_addresses.py, every kind of page of the office, and a workbook; the worker computes
the related lists of all shipped articles anew. What packages take is what an interpreter grows by while it imports them.
"""

# ruff: noqa: E402 - the folder of the tests is put on the path first

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.cluster.services import free_port
from tests.office_walk import walk_office
from tests.page_addresses import PAGES

FOR_MACHINES = ("/sitemap.xml", "/robots.txt", "/api/v1/openapi.json", "/metrics", "/readyz")
NAMES = ("parent, which supervises", "granian's manager", "server", "worker")
LIMITS = {"server": 110, "worker": 140}
LEAST_SHOWN = 1.0  # MB
MARK_ALL = """
from articles.models import ArticleProfile
from articles.tasks import refresh_related
ArticleProfile.objects.update(due=ArticleProfile.Due.TEXT)
refresh_related.enqueue()
"""
GROWTH = """
import json, sys
from collections import Counter
from importlib.machinery import ExtensionFileLoader, SourceFileLoader

def taken():
    with open("/proc/self/smaps_rollup") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

own, outer = Counter(), []

def measured(load):
    def measuring(loader, module):
        before = taken()
        outer.append(0)
        try:
            return load(loader, module)
        finally:
            grown = taken() - before
            own[getattr(module, "name", None) or module.__name__] += grown - outer.pop()
            if outer:
                outer[-1] += grown
    return measuring

for loader, name in ((SourceFileLoader, "exec_module"), (ExtensionFileLoader, "create_module")):
    setattr(loader, name, measured(getattr(loader, name)))
STEPS = {
    "every process": "from yibao_site.processes.preload import preload; preload()",
    "the worker besides": "import articles.related.refresh",
    "a server that handled a workbook besides": "from calculators.common.spreadsheets import xlsx; xlsx.load()",
}
told = {}
for step, program in STEPS.items():
    before = taken()
    own.clear()
    exec(program)
    packages = Counter()
    for module, grown in own.items():
        packages[module.partition(".")[0]] += grown
    told[step] = [taken() - before, packages.most_common()]
print(json.dumps(told))
"""


class Visitor:
    """Opens addresses of one site; keeps cookies, so that it can log in."""

    def __init__(self, site):
        self.site, self.cookies = site, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, address, data=None):
        url = self.site + quote(address, safe="/?=&%")
        request = urllib.request.Request(url, data, {"Referer": url})  # noqa: S310 - our own address
        try:
            with self.opener.open(request, timeout=60) as answer:
                return "" if answer.headers.get("Content-Disposition") else answer.read().decode()
        except urllib.error.HTTPError as error:
            if error.code not in {404, 410}:
                raise
            return ""

    def log_in(self, password):
        self.get("/admin/login/")
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        typed = {"csrfmiddlewaretoken": token, "username": "admin", "password": password}
        assert "工作台" in self.get("/admin/login/?next=/admin/", urlencode(typed).encode())


def wait_until(true, seconds=600):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.5)


def answers(visitor):
    try:
        return '"worker": "ok"' in visitor.get("/readyz")
    except OSError:
        return False


def is_idle(visitor):
    """Nothing waits in the queue and nothing runs."""
    return not re.search(r'^yibao_tasks\{status="(ready|running)"\} [1-9]', visitor.get("/metrics"), re.M)


def walk(visitor, password):
    for address in (*PAGES.values(), *FOR_MACHINES):
        visitor.get(address)
    visitor.log_in(password)
    return len(PAGES) + len(FOR_MACHINES) + len(walk_office(visitor.get))


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(pid):
    """(PSS, of it its own) in MB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kinds = ("Pss", "Private_Dirty", "Private_Clean")
    whole, *own = (int(re.search(rf"^{kind}:\s+(\d+)", text, re.M)[1]) / 1024 for kind in kinds)
    return whole, sum(own)


def measured(folder):
    """Rows (name, PSS, own), and how many pages were visited."""
    site = f"http://127.0.0.1:{(port := free_port())}"
    environment = os.environ | {"DATA_DIR": str(folder), "HTTPS": "off", "LOG_FILE": "site.log", "PORT": str(port)}
    manage, visitor = [sys.executable, "manage.py"], Visitor(site)
    printed = Path(folder, "printed.txt")
    with printed.open("w") as out:
        process = subprocess.Popen([*manage, "quickstart"], cwd=ROOT, env=environment, stdout=out)
    with process:
        try:
            wait_until(lambda: answers(visitor))
            subprocess.run([*manage, "shell", "-v", "0", "-c", MARK_ALL], cwd=ROOT, env=environment, check=True)
            wait_until(lambda: is_idle(visitor))
            pages = walk(visitor, re.search(r"密码 (\S+?)（", printed.read_text(encoding="utf-8"))[1])
            manager, worker = children(process.pid)
            pids = (process.pid, manager, children(manager)[0], worker)
            return [(name, *memory(pid)) for name, pid in zip(NAMES, pids, strict=True)], pages
        finally:
            process.terminate()


def growth(folder):
    """Of each step what it takes in all, and package by package."""
    environment = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "yibao_site.settings"}
    command = [sys.executable, "-W", "ignore", "-c", GROWTH]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def report_processes(rows, pages):
    print(f"After {pages} kinds of page:\n\n| process | MB (PSS) | of it its own | at most |\n|---|---|---|---|")
    for name, whole, own in rows:
        print(f"| {name} | {whole:.0f} | {own:.0f} | {LIMITS.get(name, '')} |")
    print(f"| together | {sum(row[1] for row in rows):.0f} | {sum(row[2] for row in rows):.0f} | |")


def report_packages(steps):
    print("\n| loaded by | MB | of it |\n|---|---|---|")
    for step, (whole, packages) in steps.items():
        shown = [f"{package} {grown:.0f}" for package, grown in packages if grown >= LEAST_SHOWN]
        print(f"| {step} | {whole:.0f} | {', '.join(shown)} |")


def main():
    with tempfile.TemporaryDirectory(prefix="yibao-memory-") as folder:
        rows, pages = measured(folder)
        report_processes(rows, pages)
        report_packages(growth(folder))
    over = [name for name, whole, _ in rows if whole > LIMITS.get(name, whole)]
    sys.exit(f"Over the limit: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()
