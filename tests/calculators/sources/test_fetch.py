import gzip
import http.client
import socket
import threading
import time
from contextlib import suppress
from functools import partial

import pytest

from calculators.sources.fetch import AddressRefused, FetchFailed, _hang_up, fetch, may_connect
from tests.calculators.web_server import moved, page, serving

fetch_local = partial(fetch, loopback=True)


def test_a_page_is_fetched():
    with serving(law=page("条文")) as site:
        fetched = fetch_local(site.url("law?id=1"))

    assert (fetched.status, fetched.body.decode(), fetched.moved_to) == (200, "条文", "")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "http:///nohost",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
    ],
)
def test_nothing_inside_is_ever_reached(url):
    with pytest.raises(AddressRefused):
        fetch(url)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
        ("255.255.255.255", False),
    ],
)
def test_only_public_addresses_may_be_connected_to(address, may):
    assert may_connect(address, loopback=False) == may


def test_loopback_is_for_tests_and_nothing_else_inside():
    assert may_connect("127.0.0.1", loopback=True)
    assert not may_connect("10.0.0.1", loopback=True)


def test_a_name_with_one_address_inside_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(AddressRefused, match="内部网络"):
        fetch("http://example.org/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that resolves to something else the second time gains nothing."""
    asked = []
    real = socket.getaddrinfo

    def resolve(host, *args, **kwargs):
        asked.append(host)
        return real("127.0.0.1", *args, **kwargs)

    with serving(law=page("条文")) as site:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        fetch_local(f"http://law.example:{site.server_port}/law")

    assert [host for host in asked if host != "127.0.0.1"] == ["law.example"]


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/"])
def test_a_redirect_inside_is_refused(target):
    with serving(law=moved(target)) as site, pytest.raises(AddressRefused):
        fetch_local(site.url("law"))


@pytest.mark.parametrize(("status", "tells"), [(301, True), (308, True), (302, False), (307, False)])
def test_only_a_permanent_redirect_says_that_the_page_moved(status, tells):
    with serving(old=moved("/new", status), new=page("条文")) as site:
        fetched = fetch_local(site.url("old"))

        assert fetched.body.decode() == "条文"
        assert fetched.moved_to == (site.url("new") if tells else "")


def test_a_circle_of_redirects_ends():
    with serving(a=moved("/b"), b=moved("/a")) as site, pytest.raises(FetchFailed, match="转了"):
        fetch_local(site.url("a"))


def test_no_more_than_the_bound_is_read(monkeypatch):
    monkeypatch.setattr("calculators.sources.fetch.MAX_PAGE_BYTES", 1000)
    with serving(law=page("x" * 5000)) as site:
        assert len(fetch_local(site.url("law")).body) == 1000


def test_a_compressed_page_does_not_unpack_beyond_the_bound(monkeypatch):
    monkeypatch.setattr("calculators.sources.fetch.MAX_PAGE_BYTES", 100_000)
    bomb = gzip.compress(b"0" * 1_000_000)
    with serving(law=(200, {"Content-Encoding": "gzip"}, bomb)) as site:
        assert len(fetch_local(site.url("law")).body) == 100_000


def test_a_server_that_dribbles_is_hung_up_on(monkeypatch):
    monkeypatch.setattr("calculators.sources.fetch.FETCH_TIMEOUT_SECONDS", 0.5)

    hung_up = threading.Event()

    def dribble(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for _ in range(100):  # without end, as far as the timeout is concerned
                time.sleep(0.05)
                handler.wfile.write(b"X-A: 1\r\n")
            return
        hung_up.set()

    with serving(law=dribble) as site, pytest.raises(FetchFailed):
        fetch_local(site.url("law"))

    assert hung_up.wait(10)


def test_half_a_page_is_no_page():
    with serving(law=(200, {"Content-Length": 100}, b"half")) as site, pytest.raises(FetchFailed, match="没有传完"):
        fetch_local(site.url("law"))


def test_nobody_at_the_door_is_unreachable():
    with serving() as site:
        gone = site.url("law")
    with pytest.raises(FetchFailed):
        fetch_local(gone)


def test_a_connection_that_was_never_opened_is_hung_up_without_a_word():
    _hang_up(http.client.HTTPConnection("127.0.0.1"))


def test_a_fault_in_hanging_up_is_not_swallowed():
    with pytest.raises(AttributeError):
        _hang_up(None)
