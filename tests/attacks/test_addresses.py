"""Addresses that lead where they should not: inside our network, to other sites, out of a folder."""

import re
import socket

import pytest

from calculators.sources.fetch import AddressRefused, FetchFailed, fetch, may_connect as real_rule
from tests.attacks.hostile_text import ELSEWHERE, INSIDE, NAMES_OF_INSIDE, OUTSIDE
from tests.calculators.web_server import moved, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_connection(monkeypatch):
    """Whoever gets as far as connecting fails the test."""

    def connect(*args, **kwargs):
        raise AssertionError(f"connected to {args}")

    monkeypatch.setattr(socket, "create_connection", connect)


@pytest.mark.parametrize("host", INSIDE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_way_of_writing_an_inner_address_is_connected_to(no_connection, scheme, host):
    with pytest.raises((AddressRefused, FetchFailed)):
        fetch(f"{scheme}://{host}/latest/meta-data/")


@pytest.mark.parametrize("address", NAMES_OF_INSIDE)
def test_a_name_that_resolves_to_an_inner_address_is_refused(no_connection, monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(AddressRefused):
        fetch("http://www.nhsa.example/")


@pytest.mark.parametrize("host", [host for host in INSIDE if host not in {"localhost.", "①②⑦.⓪.⓪.①"}])
def test_no_redirect_leads_inside(monkeypatch, host, tried):
    """The first server is one of the tests' own; every later connection would be seen."""
    real, connected = socket.create_connection, []

    def connect(address, *args, **kwargs):
        connected.append(address)
        return real(("127.0.0.1", site.server_port), *args, **kwargs)

    with serving(law=moved(f"http://{host}:80/")) as site:
        port = site.server_port
        monkeypatch.setattr("calculators.sources.fetch.may_connect", only_first(port))
        monkeypatch.setattr("calculators.sources.fetch.ALLOWED_PORTS", {"http": 80, "https": 443, "test": port})
        monkeypatch.setattr(socket, "create_connection", connect)
        with pytest.raises((AddressRefused, FetchFailed)):
            fetch(site.url("law"))

    assert len(connected) == 1


def only_first(port):
    asked = []

    def may_connect(address, loopback):
        asked.append(address)
        return len(asked) == 1 or real_rule(address, loopback)

    return may_connect


def test_the_count_of_inner_addresses(tried):
    tried(
        "SSRF：来源监测",
        f"{len(INSIDE)} 种写法 × http、https、重定向，{len(NAMES_OF_INSIDE)} 个解析到内网的域名",
        "没有一个被连上",
    )
    assert len(INSIDE) > 40


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_sends_a_visitor_to_another_site(client, admin_user, target, tried):
    client.cookies.clear()
    answers = [
        client.post("/choice/", {"area": "110000", "back": target}),
        client.post("/feedback/", {"about": target, "vote": "yes"}),
        client.get("/feedback/thanks/", {"about": target}),
        client.post(
            f"/admin/login/?next={target.strip()}", {"username": "admin", "password": "password", "next": target}
        ),
        client.post("/admin/logout/", {"next": target}),
        client.get(f"/{target}"),
        client.get(target) if target.startswith("/") else client.get("/", {"next": target}),
    ]
    for answer in answers:
        location = answer.get("Location", "/")

        assert re.fullmatch(r"/(?![/\\])[^\r\n]*", location), location
        assert 'href="' + target not in answer.content.decode()
    tried("跳转到别的网站", f"{len(ELSEWHERE)} 种写法 × 7 处", "没有一处跳出本站")


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_out_of_its_folder(client, settings, tmp_path, path, tried):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media/pictures").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("the key")
    (tmp_path / "media/secret.txt").write_text("the key")
    for folder in ("/media/", "/static/", "/preview/", "/", "/api/v1/", "/feeds/tags/"):
        answer = client.get(folder + path)

        assert answer.status_code in {301, 400, 404, 410}
        assert b"the key" not in answer.content
        assert b"root:" not in answer.content
    tried("路径穿越", f"{len(OUTSIDE)} 种写法 × 6 处", "没有一处读到外面的文件")
