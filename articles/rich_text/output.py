"""The output of a rewriting: blocks in containers, and in each paragraph the marks of its words, opened and closed in it."""

import re
from html import escape

LISTS = {"ul", "ol"}
BARE_TEXT_HOLDERS = {"li", "td", "th", "figcaption", *LISTS, "table", "tbody", "thead", "tr"}
_NAME = re.compile(r"<(\w+)")


class HtmlOutput:
    def __init__(self):
        self.pieces = []
        self.leaf = None  # the paragraph or heading that is being written; "" is bare text in a cell or list item
        self.is_named_leaf = False  # an element of its own, not a paragraph that loose text was given
        self.holders = []  # the open elements that hold blocks
        self.marks = []  # opening tags that hold for the words to come
        self._written = []

    @property
    def holder(self):
        return self.holders[-1] if self.holders else None

    @property
    def is_heading(self):
        return self.leaf in {"h2", "h3"}

    @property
    def holds_loose_text(self):
        """Whether text here is given a paragraph, or stands in one that it was given."""
        return not self.is_named_leaf and self.holder not in BARE_TEXT_HOLDERS

    def append(self, piece) -> int:
        """Write a tag of its own; returns its place."""
        self.pieces.append(piece)
        return len(self.pieces) - 1

    def open_leaf(self, name):
        self.close_leaf()
        self.leaf, self.is_named_leaf = name, True
        self.append(f"<{name}>")

    def close_leaf(self):
        self._write_marks([])
        if self.leaf:
            self.append(f"</{self.leaf}>")
        self.leaf, self.is_named_leaf = None, False

    def text(self, data):
        if self.leaf is None:
            self.leaf = "" if self.holder in BARE_TEXT_HOLDERS else "p"
            self.append(f"<{self.leaf}>" if self.leaf else "")
        self._write_marks(self.marks)
        self.append(escape(data, quote=False))

    def line_break(self):
        if self.leaf is not None or self.holder in BARE_TEXT_HOLDERS:
            self._write_marks(self.marks)
            self.append("<br>")

    def blank_line(self):
        if self.pieces[-1:] != ["\n"]:
            self.append("\n")

    def drop_blank_end(self):
        while self.pieces and not self.pieces[-1].strip():
            self.pieces.pop()

    def _write_marks(self, marks):
        wanted = [mark for mark in marks if not (mark == "<strong>" and self.is_heading)]
        same = 0
        while self._written[same : same + 1] and self._written[same : same + 1] == wanted[same : same + 1]:
            same += 1
        self.pieces += [f"</{_NAME.match(mark)[1]}>" for mark in reversed(self._written[same:])]
        self.pieces += wanted[same:]
        self._written = wanted


def tag(name: str, attributes: dict[str, str | None]) -> str:
    """An opening tag; what the strict pass would take out anyway is left out."""
    kept = {key: value for key, value in attributes.items() if key not in {"style", "hidden", "name", "id"}}
    written = "".join(f' {key}="{escape(value)}"' if value else f" {key}" for key, value in kept.items())
    return f"<{name}{written}>"
