import gzip
import threading

import brotli
import pytest

from calculators.common import page_keys
from tests.yibao_site.page_cache.applications import Application, ask, cached


def test_a_cached_page_is_rendered_once_and_answered_often():
    cache = cached(Application())

    assert [ask(cache)["body"] for _ in range(3)] == [b"page 1"] * 3


def test_an_invalidated_page_is_rendered_on_the_next_request():
    cache = cached(Application())
    ask(cache)
    cache.store.drop(["article:1"])

    assert ask(cache)["body"] == b"page 2"


def test_a_cached_page_expires():
    cache = cached(Application(), seconds=-1)
    ask(cache)

    assert ask(cache)["body"] == b"page 2"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"method": "POST"},
        {"path": "/admin/"},
        {"path": "/api/v1/values/"},
        {"QUERY_STRING": "eligible=3000"},
        {"QUERY_STRING": "page=2&x=1"},
    ],
)
def test_private_and_typed_requests_are_never_cached(environ):
    cache = cached(Application())
    ask(cache, **environ)

    assert cache.store.pages == {}


@pytest.mark.parametrize("query", ["", "page=2", "before=17", "areas=all", "areas=all&page=2", "area=110000&before=17"])
def test_each_page_of_a_list_is_cached(query):
    cache = cached(Application(reads=(page_keys.PAGE_NUMBER, page_keys.AREA_FILTER, page_keys.PLACE_FILTER)))

    assert [ask(cache, QUERY_STRING=query)["body"] for _ in range(2)] == [b"page 1"] * 2


@pytest.mark.parametrize("query", ["page=2", "before=17", "areas=all", "areas=all&page=2", "area=110000"])
@pytest.mark.parametrize(
    "read",
    [(), (page_keys.PAGE_NUMBER,), (page_keys.AREA_FILTER,), (page_keys.PLACE_FILTER,)],
    ids=["none", "page", "areas", "area"],
)
def test_a_page_is_cached_by_a_query_only_if_it_reads_it(query, read):
    cache = cached(Application(reads=read))
    ask(cache, QUERY_STRING=query)
    is_read = ("page" not in query and "before" not in query) or page_keys.PAGE_NUMBER in read
    is_read = is_read and ("areas" not in query or page_keys.AREA_FILTER in read)
    is_read = is_read and ("area=" not in query or page_keys.PLACE_FILTER in read)

    assert bool(cache.store.pages) is is_read


LONG = "长" * 1000


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/atom+xml"])
def test_uncached_responses_are_compressed_too(kind):
    cache = cached(Application(kind=kind, filling=LONG))
    answer = ask(cache, QUERY_STRING="eligible=3000", HTTP_ACCEPT_ENCODING="gzip, br")

    assert brotli.decompress(answer["body"]).decode() == f"page 1{LONG}"
    assert answer["headers"]["Content-Encoding"] == "br"
    assert answer["headers"]["Content-Length"] == str(len(answer["body"]))
    assert answer["headers"]["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize(
    ("environ", "given"),
    [
        ({}, {}),
        ({"HTTP_ACCEPT_ENCODING": "gzip"}, {}),
        ({"HTTP_ACCEPT_ENCODING": "br"}, {"filling": ""}),
        ({"HTTP_ACCEPT_ENCODING": "br"}, {"kind": "image/png"}),
        ({"HTTP_ACCEPT_ENCODING": "br"}, {"headers": [("Content-Encoding", "gzip")]}),
        ({"HTTP_ACCEPT_ENCODING": "br", "path": "/admin/"}, {}),
    ],
    ids=["not asked for", "not understood", "short", "a picture", "compressed already", "in the office"],
)
def test_what_cannot_or_need_not_be_compressed_is_answered_unchanged(environ, given):
    given = {"filling": LONG} | given
    answer = ask(cached(Application(**given)), QUERY_STRING="eligible=3000", **environ)

    assert answer["body"] == f"page 1{given['filling']}".encode()


@pytest.mark.parametrize(
    "headers", [[("Set-Cookie", "a=b")], [("Cache-Control", "private")], [("Cache-Control", "no-store")]]
)
def test_a_private_response_is_never_cached(headers):
    cache = cached(Application(headers))
    ask(cache)

    assert cache.store.pages == {}


def test_an_error_is_never_cached():
    cache = cached(Application(status="404 Not Found"))

    assert ask(cache)["status"] == "404 Not Found"
    assert cache.store.pages == {}


def test_each_host_has_its_own_cached_pages():
    cache = cached(Application())

    assert ask(cache, HTTP_HOST="a")["body"] != ask(cache, HTTP_HOST="b")["body"]


@pytest.mark.parametrize(
    ("accepted", "decode"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_the_body_comes_compressed_as_the_browser_likes_it(accepted, decode):
    cache = cached(Application())
    answer = ask(cache, HTTP_ACCEPT_ENCODING=accepted)

    assert decode(answer["body"]) == b"page 1"
    assert int(answer["headers"]["Content-Length"]) == len(answer["body"])


def test_a_browser_with_the_same_etag_gets_304():
    cache = cached(Application())
    etag = ask(cache)["headers"]["ETag"]
    again = ask(cache, HTTP_IF_NONE_MATCH=etag)

    assert (again["status"], again["body"]) == ("304 Not Modified", b"")


def test_head_has_the_headers_and_no_body():
    cache = cached(Application())
    ask(cache)
    answer = ask(cache, method="HEAD")

    assert (answer["body"], answer["headers"]["Content-Length"]) == (b"", "6")


def test_the_cache_tag_header_lists_the_keys_of_the_page():
    assert ask(cached(Application()))["headers"]["Cache-Tag"] == "article:1"


def test_many_readers_of_a_missing_page_wait_for_one_rendering():
    application = Application(slow=0.2)
    cache = cached(application)
    readers = [threading.Thread(target=ask, args=(cache,)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert application.rendered == 1


def test_a_failed_rendering_leaves_nobody_waiting():
    def broken(environ, start_response):
        raise RuntimeError

    cache = cached(broken)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(cache)
