"""Removals of the sanitiser: counts of what was taken out of a text, and the sentences that tell an editor so."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.rich_text import marks

SENTENCES = {
    "struck": "去掉了 {} 处划掉的文字：{}。",
    "unseen": "去掉了 {} 处不显示的文字：{}。",
    "pictures": "去掉了 {} 张不在图片库里的图片：请先传到图片库，再插入正文。",
    "math": "去掉了 {} 个公式：请用文字写，如 10⁴、a ÷ b。",
    "embedded": "去掉了 {} 处视频、音频或内嵌网页。",
    "controls": "去掉了 {} 个按钮或输入框。",
    "scripts": "去掉了 {} 段脚本。",
    "links": "去掉了 {} 个打不开的链接，文字还在。",
    "dress": "去掉了 {} 处下划线、底色之类的样式，文字还在。",
}
SHOWN_WORDS = 3
MAX_QUOTED_LENGTH = 30


@dataclass
class Removals:
    """How many of each kind, and the words where there were any."""

    counts: Counter = field(default_factory=Counter)
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def sentences(self) -> Iterator[str]:
        for kind, sentence in SENTENCES.items():
            if count := self.counts[kind]:
                yield sentence.format(count, _quoted(self.words[kind]))


class LeftOut:
    """An element that is left out with all its words: struck out, not shown, or for browsers without ruby.

    `depth`: how many elements are open from there; nothing is left out where it is 0.
    """

    def __init__(self, removals: Removals):
        self.removals = removals
        self.depth, self.words, self.kind = 0, "", ""

    def takes(self, name: str, attributes: dict[str, str | None]) -> bool:
        """Whether the element that begins here is left out."""
        if not self.depth:
            self.kind, self.words = _kind(name, attributes), ""
        return bool(self.kind)

    def end(self) -> None:
        self.depth -= 1
        words = " ".join(self.words.split())
        if not self.depth and words and self.kind != "fallback":
            self.removals.counts[self.kind] += 1
            self.removals.words[self.kind].append(words)


def _kind(name, attributes):
    style = marks.style_of(attributes)
    if marks.is_struck(name, style):
        return "struck"
    if marks.is_unseen(attributes, style):
        return "unseen"
    return "fallback" if name == "rp" else ""


def _quoted(words):
    shown = "、".join(
        f"“{one[:MAX_QUOTED_LENGTH]}{'…' * (len(one) > MAX_QUOTED_LENGTH)}”" for one in words[:SHOWN_WORDS]
    )
    return shown + "等" * (len(words) > SHOWN_WORDS)
