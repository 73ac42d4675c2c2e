"""Plain text of HTML: what a reader sees of it, a line a block."""

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
