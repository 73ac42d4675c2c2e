"""Excerpts: the first sentences of a text, as summaries and lists show them."""

import re

from articles.text.plain import plain_text

MAX_EXCERPT_CHARACTERS = 90
_HEADING = re.compile(r"<(h[1-6])\b[^>]*>.*?</\1>", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?；][”’」』）)]*")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.,%+\-^_²³¹⁰-₎]+$")


def excerpt(html_or_text: str, length: int = MAX_EXCERPT_CHARACTERS) -> str:
    """At most `length` characters: whole sentences where they fill half of it.

    Otherwise cut with …, never inside a number or a Latin word: half of 1,800 元
    would be another amount. A heading is no sentence: it stands here only where there is nothing else.
    """
    text = _one_line(_HEADING.sub("", html_or_text)) or _one_line(html_or_text)
    if len(text) <= length:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text[: length + 1])]
    whole = max((end for end in ends if end <= length), default=0)
    if whole >= length / 2:
        return text[:whole]
    return _cut(text, length - 1) + "…"


def _one_line(html_or_text: str) -> str:
    return " ".join(plain_text(html_or_text).split("\n"))


def _cut(text: str, length: int) -> str:
    head = text[:length]
    if _UNBREAKABLE.match(text[length]) and (tail := _UNBREAKABLE.search(head)):
        # One unbroken run from the start has no better place to be cut.
        head = head[: tail.start()] or head
    return head.rstrip(" ，、：；（“《〔")
