"""Plain text of what the sanitiser writes: the quick reading says what the parser says, or leaves it to the parser."""

from hypothesis import example, given, settings, strategies as st

from articles.import_export.demo import demo_texts
from articles.import_export.markdown import parse
from articles.text.plain import _parsed, _read_plainly, plain_text

PIECES = [
    "<p>",
    "</p>",
    "<br>",
    "<br/>",
    "<td>",
    "</td>",
    "<sup>",
    "2",
    "</sup>",
    "<sub>",
    "</sub>",
    "起付线",
    " a\n",
    "\n",
]
PIECES += [
    "&lt;",
    "&amp;amp;",
    "&#20013;",
    "&",
    "&lt",
    "<b>",
    "</b>",
    '<a href="/x?a=1&amp;b=2">',
    "</a>",
    "<",
    ">",
    "<!-- -->",
]
PIECES += [
    "<script>",
    "</script>",
    "<template>",
    "</template>",
    "<P>",
    '<img alt="a>b">',
    "<textarea>",
    "</textarea>",
    "</i",
]
HTML = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=600)
@given(HTML)
@example("<p>a&amp</p>b")
def test_the_quick_reading_says_what_the_parser_says_or_nothing(html):
    quick = _read_plainly(html)

    assert quick is None or quick.text() == _parsed(html).text() == plain_text(html)


def test_the_shipped_articles_are_read_quickly():
    bodies = [parse(text).body for _, text in demo_texts()]

    assert [body for body in bodies if _read_plainly(body) is None] == []
