"""HTML to plain text, and the first sentences of it."""

import re
from html.parser import HTMLParser

from articles.text.raised import SIGNS, spelt

INLINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "img", "ins", "kbd"}
INLINE |= {"mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u"}
CELLS = {"td", "th"}
UNSEEN = {"script", "style", "template"}

_CJK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
# A source line broken between two Chinese characters stands for no space.
_SOFT_BREAK = re.compile(rf"(?<=[{_CJK}])\s*\n\s*(?=[{_CJK}])")
_SENTENCE_END = re.compile(r"[。！？!?；][”’」』）)]*")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.,%+\-^_²³¹⁰-₎]+$")


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [""]
        self.unseen = 0
        self.raised: list[
            tuple[int, int]
        ] = []  # where the open <sup> and <sub> begin: the number of their block, and the place in it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SIGNS:
            self.raised.append((len(self.blocks), len(self.blocks[-1])))
        elif tag in CELLS:
            self.blocks[-1] += " "
        elif tag in UNSEEN:
            self.unseen += 1
        elif tag not in INLINE:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in SIGNS:
            self._spell(tag)
        elif tag not in INLINE | CELLS:
            self.blocks.append("")

    def _spell(self, tag: str) -> None:
        block, place = self.raised.pop() if self.raised else (0, 0)
        words = self.blocks[-1][place:]
        if block == len(self.blocks) and words.strip():
            self.blocks[-1] = self.blocks[-1][:place] + spelt(tag, words)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.blocks[-1] += data


def plain_text(html: str) -> str:
    """The text a reader sees: one line a block, entities decoded, no markup."""
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    lines = (" ".join(_SOFT_BREAK.sub("", b).split()) for b in parser.blocks)
    return "\n".join(line for line in lines if line)


def excerpt(html_or_text: str, length: int = 90) -> str:
    """At most `length` characters: whole sentences where they fill half of it.

    Otherwise cut with …, never inside a number or a Latin word: half of 1,800 元
    would be another amount.
    """
    text = " ".join(plain_text(html_or_text).split("\n"))
    if len(text) <= length:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text[: length + 1])]
    whole = max((end for end in ends if end <= length), default=0)
    if whole >= length / 2:
        return text[:whole]
    return _cut(text, length - 1) + "…"


def _cut(text: str, length: int) -> str:
    head = text[:length]
    if _UNBREAKABLE.match(text[length]) and (tail := _UNBREAKABLE.search(head)):
        # One unbroken run from the start has no better place to be cut.
        head = head[: tail.start()] or head
    return head.rstrip(" ，、：；（“《〔")
