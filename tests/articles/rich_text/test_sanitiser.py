"""The sanitiser by itself: what it writes is stable and harmless, whatever is nested in what, and takes no longer than the text."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from articles.rich_text import clean, sanitise
from tests.articles.test_rich_text import ATTACKS, is_harmless

TAGS = "p div section h1 h2 h4 ul ol li table tr td th caption figure figcaption blockquote b em sup del a span ruby rt rp pre"
TAGS = [*TAGS.split(), "dl", "dt", "q", "math", "title", "template"]
PIECES = st.one_of(
    st.sampled_from(TAGS).map("<{}>".format),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(
        ["<br>", "<hr>", '<img src="/media/a.webp" alt="x">', '<a href="www.a.cn">', "1,800", "\n\n", "&lt;"]
    ),
    st.sampled_from(['<span style="vertical-align:super">', '<b style="font-weight:normal">', "<p hidden>"]),
    st.sampled_from(list(ATTACKS.values())),
    st.text(max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_any_html_is_sanitised_harmless_and_for_good(html, line_breaks):
    once = clean(html, line_breaks=line_breaks).html

    assert is_harmless(once)
    assert (clean(once).html, clean(once).notes) == (once, [])


MARKS = {
    "Google's light b": ('<b style="font-weight:normal"><p>甲</p></b>', "<p>甲</p>"),
    "bold by style": ('<p><span style="font-weight: 700">甲</span></p>', "<p><strong>甲</strong></p>"),
    "raised by style": ('<p>10<span style="vertical-align:super">4</span></p>', "<p>10<sup>4</sup></p>"),
    "struck by style": ('<p><span style="text-decoration:line-through">1</span>2</p>', "<p>2</p>"),
    "b and i": ("<p><b>甲</b><i>乙</i></p>", "<p><strong>甲</strong><em>乙</em></p>"),
    "marks around blocks": ("<b><p>甲</p><p>乙</p></b>", "<p><strong>甲</strong></p><p><strong>乙</strong></p>"),
    "a cell raised by style": ('<table><tr><td style="vertical-align:super">1</td></tr></table>', None),
    "quotation": ("<p><q>甲</q></p>", "<p>“甲”</p>"),
    "ruby by the character": ("<p><ruby>医<rt>yī</rt>保<rt>bǎo</rt></ruby></p>", "<p>医（yī）保（bǎo）</p>"),
    "a list in a list": ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
    "a table's figure": ("<figure><table><tr><td>1</td></tr></table><figcaption>注</figcaption></figure>", None),
    "a page's title": ("<html><head><title>甲</title></head><body><p>乙</p></body></html>", "<p>乙</p>"),
}
MARKS["a cell raised by style"] = (
    MARKS["a cell raised by style"][0],
    "<table><tbody><tr><td>1</td></tr></tbody></table>",
)
MARKS["a table's figure"] = (MARKS["a table's figure"][0], "<table><tbody><tr><td>1</td></tr></tbody></table><p>注</p>")


@pytest.mark.parametrize(("html", "stored"), MARKS.values(), ids=MARKS)
def test_marks_and_blocks_are_written_in_our_elements(html, stored):
    assert sanitise(html) == stored


@pytest.mark.parametrize(
    "opening", ["<div>", "<ul><li>", "<figure>", "<table><caption>", "<b>", "<s>", "<ruby><rt>", "<pre>\n"]
)
def test_elements_nested_without_end_take_no_longer_than_the_text(opening):
    begin = time.process_time()
    cleaned = clean(f"{opening}甲" * 20_000, line_breaks=True)

    assert time.process_time() - begin < 3
    assert "甲" in cleaned.html
    assert "套得太深" in cleaned.notes[0]


def test_lists_in_lists_that_an_editor_would_write_are_not_too_deep():
    html = "<ul><li>甲" * 20 + "</li></ul>" * 20

    assert clean(html) == clean(sanitise(html))
    assert clean(html).notes == []
