"""Tables in prose: each scrolls in a frame of its own, with a caption, and says its cautions below it, by marks in its cells."""

import re
from html import unescape

from django.utils.html import escape, strip_tags

_PART = re.compile(r"<h[2-4][^>]*>(?P<heading>.*?)</h[2-4]>|(?P<table><table\b[^>]*>.*?</table>)", re.DOTALL)
_OPENING = re.compile(r"<table\b[^>]*>")
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_HEADS = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_CAUTION = re.compile(r'<small class="figure-caution">（(.*?)）</small>', re.DOTALL)
FRAME = '<div class="table-frame" role="region" tabindex="0" aria-label="{}">{}{}</div>'
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def framed(html: str) -> str:
    """The text with every table in its frame; one without a caption is called as the heading above it."""
    heading = ""

    def part(match):
        nonlocal heading
        if match["table"] is None:
            heading = _words(match["heading"])
            return match[0]
        return _framed(match["table"], heading)

    return _PART.sub(part, html) if "<table" in html else html


def _framed(table, heading):
    own = _CAPTION.search(table)
    name = _words(own[1]) if own else heading or "、".join(filter(None, map(_words, _HEADS.findall(table)))) or "表"
    if not own:
        caption = f'<caption class="unseen">{escape(name)}</caption>'
        table = _OPENING.sub(lambda opening: opening[0] + caption, table, count=1)
    table, cautions = _marked(table)
    return FRAME.format(escape(name), table, _below(cautions))


def _marked(table):
    """Marks in place of words that must stand beside figures, and the words by their marks."""
    marks: dict[str, str] = {}

    def mark(match):
        sign = marks.setdefault(match[1], MARKS[min(len(marks), len(MARKS) - 1)])
        return f'<small class="figure-caution" title="{match[1]}">{sign}</small>'

    return _CAUTION.sub(mark, table), marks


def _below(cautions):
    words = "　".join(f"{mark} {words}" for words, mark in cautions.items())
    return f'<p class="table-cautions">{words}</p>' if words else ""


def _words(html):
    """Plain words of markup."""
    return " ".join(unescape(strip_tags(_CAUTION.sub("", html))).split())
