"""Real caches in front of a real server and worker: a publish is seen behind them within a second, a choice by nobody else."""

import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from articles.models import Article
from tests.cluster.services import free_port, running
from tests.reliability.site_processes import DJANGO, ROOT, wait_until
from yibao_site.processes.server import server_command

pytestmark = pytest.mark.django_db

EDGE = ROOT / "yibao_site/edge"
PURGE_MODULE = Path("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so")
USE = """
import http.client, json, os, sys, time
from django.db import transaction
from articles.models import Article

front, article = int(os.environ["FRONT"]), Article.objects.get(slug=os.environ["SLUG"])
path = article.get_absolute_url()


def get(**headers):
    connection = http.client.HTTPConnection("127.0.0.1", front, timeout=10)
    connection.request("GET", path, headers={"Host": "localhost"} | headers)
    answer = connection.getresponse()
    return answer.read().decode(), dict(answer.getheaders()), answer.status


first, second = get(), get()
chosen = [get(Cookie="choice=310000")[0] for _ in range(2)]
large, plain = get(Cookie="text=large")[0], get()[0]
article.title = "改过的标题"
article.save()
saved = time.monotonic()
while "改过的标题" not in get()[0]:
    assert time.monotonic() < saved + 30
    time.sleep(0.02)
seconds = time.monotonic() - saved
article.status = "archived"
article.save()
gone = time.monotonic()
while get()[2] == 200:
    assert time.monotonic() < gone + 30
    time.sleep(0.02)
json.dump({
    "seconds": seconds,
    "seconds until gone": time.monotonic() - gone,
    "cache control": second[1].get("Cache-Control"),
    "shanghai": ["上海" in page for page in (*chosen, plain)],
    "large": ['class="large"' in page for page in (large, plain)],
    "same": first[0] == second[0],
}, sys.stdout)
"""


def varnish(folder, front, server):
    text = (EDGE / "varnish.vcl").read_text(encoding="utf-8").replace('"8000"', f'"{server}"')
    (folder / "site.vcl").write_text(text, encoding="utf-8")
    place = ["-n", folder / "varnish", "-f", folder / "site.vcl", "-s", "malloc,32m"]
    return ["varnishd", "-F", "-j", "none", "-a", f"127.0.0.1:{front}", *place], f"varnish+http://127.0.0.1:{front}"


def nginx(folder, front, server):
    text = (EDGE / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{front};").replace(":8000", f":{server}")
    text = text.replace("/var/cache/nginx/pages", str(folder / "pages"))
    paths = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"load_module {PURGE_MODULE}; user root; pid {folder}/pid; daemon off; error_log {folder}/log;"
    whole = f"{head}\nevents {{}}\nhttp {{ access_log off; {paths}\n{text}\n}}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return ["nginx", "-c", folder / "nginx.conf"], f"purge+http://127.0.0.1:{front}"


CACHES = [
    pytest.param(varnish, marks=pytest.mark.skipif(not shutil.which("varnishd"), reason="no varnishd here")),
    pytest.param(nginx, marks=pytest.mark.skipif(not PURGE_MODULE.exists(), reason="no ngx_cache_purge here")),
]


@pytest.mark.parametrize("cache", CACHES)
def test_a_publish_is_seen_behind_a_real_cache_within_a_second(site, cache, tmp_path, tried):
    front, server = free_port(), free_port()
    command, address = cache(tmp_path, front, server)
    with site.here():
        slug = Article.objects.published().filter(category__holds_pages=False).order_by("pk").first().slug
    site.variables |= {"EDGE_MAX_AGE": "3600", "EDGE_CACHES": address, "FRONT": str(front), "SLUG": slug}
    with ExitStack() as stack:
        site.start(*server_command("127.0.0.1", server)[1:])
        site.start("-m", "django", "worker")
        stack.enter_context(running(command, front, log=tmp_path / "front.log"))
        wait_until(lambda: site.run("-c", ANSWERS).returncode == 0, 60)
        done = site.run("-c", DJANGO + USE)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)

    assert seen["seconds"] < 1
    assert seen["seconds until gone"] < 1
    assert seen["cache control"] == "public, no-cache"
    assert seen["shanghai"] == [True, True, False]
    assert seen["large"] == [True, False]
    tried(f"发布以后多久在 {cache.__name__} 后面看得到", "1 次", f"{seen['seconds']:.2f} 秒")


ANSWERS = """
import os, sys, urllib.request
request = urllib.request.Request(f"http://127.0.0.1:{os.environ['FRONT']}/healthz", headers={"Host": "localhost"})
sys.exit(urllib.request.urlopen(request).status != 200)
"""
