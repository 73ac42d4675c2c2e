"""Kept and cold article pages against their ceilings, and how soon a change shows: all in one run, with wrk.

    python tests/benchmarks/page_cache.py                  10,000 articles, 32 connections, 2 workers

nginx serving the same bytes is 1.0; a constant on the same Python server is the ceiling of Python; the plain Django page
(_served.py) is what the cold page is compared with. Contestants take turns in short rounds, and the middle of the rounds counts.
Needs Debian's wrk and nginx, and says so where they are missing.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks._site import ROOT, addresses, fill, prepare  # isort: skip - it sets Django up

import brotli
from django.conf import settings

from articles.models import Article
from tests.browser.site_process import free_port, wait_for
from tests.cluster.nginx import nginx_program

CONNECTIONS, WORKERS = 32, 2
COLD_ROUNDS, COLD_SECONDS = 3, 8
CEILING, KEPT = "a constant in Python: the ceiling", "our page, kept"
PLAIN, COUNTED = "plain Django, taggit's similar_objects", "plain Django, shared tags counted in SQL"
LEAN, COLD = "plain Django, stored list: the lean page", "our page, cold"
NGINX = """user root; worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t; keepalive_requests 1000000; open_file_cache max=10;
server {{ listen 127.0.0.1:{port}; root {folder}/same; default_type "text/html; charset=utf-8";
location / {{ try_files /page =404; add_header Content-Encoding br; add_header Cache-Control "public, no-cache"; }} }} }}
"""


@contextmanager
def running(command, port, **environment):
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def granian(application, **environment):
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--blocking-threads", "4", "--backpressure", "64", "--no-ws", "--log-level", "error", application]
    return running(command, port, **environment)


def nginx(body):
    folder, port = Path(settings.DATA_DIR), free_port()
    (folder / "same").mkdir()
    (folder / "same" / "page").write_bytes(body)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    return running([nginx_program(), "-e", str(folder / "nginx.log"), "-c", str(folder / "nginx.conf")], port)


def fetch(site, address):
    """On a connection of its own, so that either worker may answer."""
    connection = HTTPConnection(site.removeprefix("http://"), timeout=30)
    connection.request("GET", quote(address, safe="/?=&"), headers={"Accept-Encoding": "br"})
    response = connection.getresponse()
    assert response.status == 200, address
    headers = [pair for pair in response.getheaders() if pair[0].lower() not in {"date", "server"}]
    return headers, response.read()


def wrk(site, address, seconds):
    """Requests answered in a second."""
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-H",
        "Accept-Encoding: br",
        site + address,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def compete(title, contestants, address, rounds, seconds):
    """Each in turn, round after round. What is compared stands in the same round; the middle of the rounds counts."""
    rates = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, site in contestants.items():
            rates[name].append(wrk(site, address, seconds))
    print(f"\n{title}, requests/s")
    for name, found in rates.items():
        print(f"{name:44}{statistics.median(found):10,.0f}{ratio(rates, name, next(iter(rates))):8.2f}")
    return rates


def ratio(rates, one, other):
    return statistics.median(
        mine / max(theirs, 1 / COLD_SECONDS) for mine, theirs in zip(rates[one], rates[other], strict=True)
    )


def race(address, rounds, seconds):
    with ExitStack() as stack:
        ours = stack.enter_context(granian("yibao_site.wsgi:application"))
        for _ in range(20):  # until both workers have it
            headers, body = fetch(ours, address)
        same = Path(settings.DATA_DIR) / "constant"
        same.write_bytes(body)
        same.with_suffix(".headers").write_text(json.dumps(headers), encoding="utf-8")
        contestants = {
            "nginx, the same bytes": stack.enter_context(nginx(body)),
            CEILING: stack.enter_context(granian("tests.benchmarks._served:constant", CONSTANT=str(same))),
            KEPT: ours,
        }
        warm = compete(f"kept article page, {len(body)} bytes", contestants, address, rounds, seconds)
        print(f"kept ÷ ceiling {ratio(warm, KEPT, CEILING):.2f} (wanted: 0.80)")
        freshness(ours)
    with ExitStack() as stack:
        contestants = {
            PLAIN: stack.enter_context(plain("taggit")),
            COUNTED: stack.enter_context(plain("counted")),
            LEAN: stack.enter_context(plain("stored")),
            COLD: stack.enter_context(granian("tests.benchmarks._served:cold")),
        }
        cold = compete("cold article page", contestants, address, COLD_ROUNDS, COLD_SECONDS)
        print(
            f"cold ÷ plain {ratio(cold, COLD, PLAIN):.1f} (wanted: 5), ÷ lean {ratio(cold, COLD, LEAN):.2f} (wanted: 0.80)"
        )


def plain(how):
    settings = "tests.benchmarks._plain_settings"
    return granian("tests.benchmarks._served:plain", PLAIN=how, DJANGO_SETTINGS_MODULE=settings)


def freshness(site):
    """For each page a save of its own: seconds from its end to the last old answer any process gave."""
    article = Article.objects.published().newest().first()
    related = Article.objects.published().exclude(pk=article.pk).filter(related__related=article).first()
    pages = {"article": article.get_absolute_url(), "home": "/", "list": "/articles/"}
    pages |= {"tag": f"/tags/{article.tags.first().slug}/", "category": article.category.get_absolute_url()}
    pages |= {"related article": related.get_absolute_url()} if related else {}
    pages |= {"search": "/search/?q={title}"}
    print("\nafter a save, seconds until no process shows the old page")
    for number, (name, address) in enumerate(pages.items()):
        article.title = f"改过{number}次的题目"
        address = address.format(title=article.title)
        for _ in range(20):
            fetch(site, address)  # until both workers have the old one
        article.save()
        print(f"{name:44}{until_fresh(site, address, article.title):10.2f}")


def until_fresh(site, address, title, most=10):
    """When the last old answer came, if twenty new connections in a row then see the title; infinite if they never do."""
    saved, last_old, seen = time.monotonic(), time.monotonic(), 0
    while seen < 20 and time.monotonic() < saved + most:
        if title in brotli.decompress(fetch(site, address)[1]).decode():
            seen += 1
        else:
            last_old, seen = time.monotonic(), 0
    return last_old - saved if seen == 20 else float("inf")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=int, default=2)
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        print("NOT MEASURED: the race needs Debian's packages wrk and nginx")
        return
    prepare()
    fill(asked.articles, tag_on_all=False)
    print(f"{asked.articles:,} articles, {CONNECTIONS} connections, {WORKERS} workers")
    race(addresses()["article"], asked.rounds, asked.seconds)


if __name__ == "__main__":
    main()
