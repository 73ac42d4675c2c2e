"""HTTP as nobody should send it: methods no page takes, encodings that are refused, page numbers where there are none."""

import gzip

import brotli
import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.attacks.test_headers import ask, cache  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "BREW"])
@pytest.mark.parametrize("path", ["/", "/articles/", "/search/?q=a", "/admin/", "/admin/login/", "/healthz"])
def test_a_method_that_no_page_takes_gets_no_page(client, method, path):
    answer = client.generic(method, path)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    assert "这里只能用" in answer.content.decode()
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br;q=0.1", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0", None),
        ("abrx, xgzip", None),
        ("gzip;q=0", None),
        ("BR", "br"),
        ("", None),
    ],
)
@pytest.mark.parametrize("query", ["", "unknown=1"], ids=["kept", "not kept"])
def test_only_an_encoding_that_is_accepted_is_sent(cache, accepted, encoding, query):  # noqa: F811
    if query and encoding == "gzip":
        encoding = None  # what is not kept is compressed with brotli alone
    said, environ = {}, {"HTTP_ACCEPT_ENCODING": accepted}
    environ = RequestFactory().get("/articles/").environ | {"HTTP_HOST": "testserver", "QUERY_STRING": query} | environ
    body = b"".join(cache(environ, lambda status, headers, exc_info=None: said.update(headers)))

    assert said.get("Content-Encoding") == encoding
    assert b"</html>" in {None: bytes, "br": brotli.decompress, "gzip": gzip.decompress}[encoding](body)


def test_a_page_number_is_kept_only_where_there_are_pages(cache):  # noqa: F811
    for path in ["/", "/about/", "/glossary/", "/calculators/", "/articles/a/", "/areas/"]:
        for query in ("page=1", "page=7", "before=3"):
            ask(cache, path, query=query)
    kept = set(cache.store.pages)

    assert not [address for address in kept if "page=" in address or "before=" in address]


def test_a_page_of_a_list_is_kept(cache):  # noqa: F811
    ask(cache, "/articles/", query="page=1")
    ask(cache, "/articles/", query="areas=all&page=1")
    ask(cache, "/", query="areas=all")
    ask(cache, "/about/", query="areas=all")

    assert [address.partition("testserver")[2] for address in cache.store.pages] == [
        "/articles/?page=1",
        "/articles/?areas=all&page=1",
        "/?areas=all",
    ]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_a_login_that_is_asked_to_go_elsewhere_goes_to_the_office(client, staff, elsewhere):
    staff("编辑")
    form = {"username": "staff", "password": "a-long-password", "next": elsewhere}

    assert client.post(f"{reverse('admin:login')}?next={elsewhere}", form)["Location"] == "/admin/"
