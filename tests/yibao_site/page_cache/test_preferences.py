"""Preferences in the page cache: what a visitor chose decides which page of an address comes, and nobody gets another's."""

import pytest

from calculators.common import page_keys
from tests.yibao_site.page_cache.applications import Application, ask, cached


class Chosen(Application):
    """A page that shows the choice in its cookies."""

    def __call__(self, environ, start_response):
        body = super().__call__(environ, start_response)
        page_keys.depends_on(page_keys.VISITOR_CHOICE)
        return [environ.get("HTTP_COOKIE", "").encode() + b" " + b"".join(body)]


def test_each_choice_has_a_cached_page_of_its_own():
    cache = cached(Chosen())
    pages = ["", "choice=110000", "choice=310000.retired", ""]

    assert [ask(cache, HTTP_COOKIE=cookie)["body"] for cookie in pages] == [
        b" page 1",
        b"choice=110000 page 2",
        b"choice=310000.retired page 3",
        b" page 1",
    ]


def test_a_page_cached_for_a_choice_is_not_answered_to_visitors_without_one():
    cache = cached(Chosen())
    ask(cache, HTTP_COOKIE="choice=110000")

    assert ask(cache)["body"] == b" page 2"


def test_a_page_that_depends_on_no_choice_is_cached_once():
    cache = cached(Application())

    assert [ask(cache, HTTP_COOKIE=cookie)["body"] for cookie in ("choice=110000", "", "choice=310000")] == [
        b"page 1"
    ] * 3


@pytest.mark.parametrize(
    "cookies", ["choice=110000; choice=310000", "choice=310000; choice=110000", "x=choice=310000; choice=110000"]
)
def test_the_application_sees_the_choice_under_which_its_page_is_cached_and_no_other_cookie(cookies):
    cache = cached(Chosen())
    told = ask(cache, HTTP_COOKIE=f"{cookies}; theme=dark")["body"].split()[0].decode()

    assert ask(cache, HTTP_COOKIE=told)["body"].startswith(told.encode())
    assert [address.split("?")[1].strip() for address in cache.store.pages] == [told.removeprefix("choice=")]


def test_what_is_no_choice_is_none():
    cache = cached(Chosen())

    assert ask(cache, HTTP_COOKIE="choice=<script>")["body"] == b" page 1"
    assert len(cache.store.pages) == 1


def test_a_change_drops_the_cached_page_of_every_choice():
    cache = cached(Chosen())
    for cookie in ("", "choice=110000"):
        ask(cache, HTTP_COOKIE=cookie)
    cache.store.drop(["article:1"])

    assert cache.store.pages == {}


def test_large_text_has_a_cached_page_of_its_own_whatever_else_the_page_depends_on():
    cache = cached(Application())
    cookies = ["", "text=large", "choice=110000; text=large", "text=huge", "a=text=large", "text=large"]

    assert [ask(cache, HTTP_COOKIE=cookie)["body"] for cookie in cookies] == [
        b"page 1",
        b"page 2",
        b"page 2",
        b"page 1",
        b"page 1",
        b"page 2",
    ]


def test_large_text_and_a_choice_are_both_told_to_the_application():
    cache = cached(Chosen())
    bodies = [
        ask(cache, HTTP_COOKIE=cookie)["body"]
        for cookie in ("x=1; text=large; choice=110000", "choice=110000", "text=large")
    ]

    assert bodies == [b"choice=110000; text=large page 1", b"choice=110000 page 2", b"text=large page 3"]
