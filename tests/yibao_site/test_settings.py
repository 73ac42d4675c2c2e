"""What the site is in production, whatever page is asked."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {"DJANGO_SETTINGS_MODULE": "yibao_site.settings", "HTTPS": "on", "ALLOWED_HOSTS": "yibao.example.org"}
PAGES = ["/", "/articles/", "/calculators/", "/search/?q=医保", "/admin/login/", "/healthz", "/no-such-page/"]

pytestmark = pytest.mark.django_db


def test_djangos_own_check_has_nothing_to_say_of_production(tmp_path):
    environment = os.environ | PRODUCTION | {"DATA_DIR": str(tmp_path), "TRUSTED_PROXIES": "10.0.0.0/8"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_bears_the_same_protection(client, path):
    answer = client.get(path)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_secure_site_says_so_and_sends_everyone_there(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000

    assert client.get("/?q=1")["Location"] == "https://testserver/?q=1"
    assert "max-age=31536000" in client.get("/", secure=True)["Strict-Transport-Security"]


def test_no_cookie_is_read_by_a_script_or_sent_along_from_elsewhere(client, admin_user):
    client.post("/admin/login/", {"username": "admin", "password": "password"})

    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == client.cookies["csrftoken"]["samesite"] == "Lax"


def test_only_the_named_hosts_are_answered(client, settings):
    settings.ALLOWED_HOSTS = ["yibao.example.org"]

    assert client.get("/robots.txt", headers={"host": "yibao.example.org"}).status_code == 200
    for host in ["evil.example", "yibao.example.org.evil.example", "yibao.example.org:80@evil.example", "a b"]:
        assert client.get("/robots.txt", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/sitemap.xml"])
@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded", "X-Original-URL"])
def test_no_other_header_names_the_host(client, path, header):
    answer = client.get(path, headers={header: "host=evil.example"})

    assert b"evil.example" not in answer.content
    assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_leads_nowhere_else(client, admin_user, target):
    answer = client.post(f"/admin/login/?next={target}", {"username": "admin", "password": "password", "next": target})

    assert "evil" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")


@pytest.mark.parametrize(
    "path", ["/static/..%2f..%2fvar/secret.txt", "/static/../manage.py", "/media/../secret.txt", "/..%2fmanage.py"]
)
def test_no_path_leads_out_of_its_folder(client, path):
    assert client.get(path).status_code == 404


def test_every_setting_from_the_environment_is_described():
    text = (ROOT / "yibao_site/settings.py").read_text(encoding="utf-8")
    described, code = text.split('"""', 2)[1:]
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))

    assert {name for name in read if not re.search(rf"\b{name}\b", described)} == set()
