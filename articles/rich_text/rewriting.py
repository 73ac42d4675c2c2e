"""HTML of any kind rewritten in the elements of our own: each paragraph a paragraph, each mark one that readers see.

The input is what `sanitiser` lets through in its first pass, so every element is closed. Nothing here makes it safe: the
second pass of `sanitiser` does. One pass from left to right, its time in proportion to the text however deep it is nested.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from articles.rich_text import marks
from articles.rich_text.addresses import is_own_picture, link_address
from articles.rich_text.figure_elements import FigureElements
from articles.rich_text.output import LISTS, HtmlOutput, tag
from articles.rich_text.removals import LeftOut, Removals

LEAVES = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
WRAPPERS = {"div", "section", "article", "header", "footer", "main", "aside", "nav", "center", "address", "hgroup"}
WRAPPERS |= {"details", "summary", "dl", "dt", "dd", "fieldset", "form", "legend", "pre"}
CONTAINERS = LISTS | {"li", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "figcaption"}
VOID = {"br", "hr", "img"}
AROUND_WORDS = {"rt": ("（", "）"), "q": ("“", "”")}
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")


def rewrite(html: str, removals: Removals, *, line_breaks: bool = False) -> str:
    """`line_breaks`: outside paragraphs a blank line ends one and a line break is one, as in WordPress."""
    rewriter = _Rewriter(removals, line_breaks=line_breaks, has_h1="<h1" in html)
    rewriter.feed(html)
    rewriter.close()
    rewriter.output.close_leaf()
    return "".join(rewriter.output.pieces)


@dataclass
class _Element:
    """An open element and how it ends."""

    tag: str
    end: str = ""
    marks: int = 0
    place: int = 0  # where it stands in the output
    is_leaf: bool = False


class _Rewriter(HTMLParser):
    def __init__(self, removals, *, line_breaks, has_h1):
        super().__init__(convert_charrefs=True)
        self.removals, self.line_breaks, self.has_h1 = removals, line_breaks, has_h1
        self.output, self.outer_outputs = HtmlOutput(), []
        self.elements: list[_Element] = []
        self.figures = FigureElements()
        self.tables: list[int] = []  # where a caption goes
        self.preformatted = 0
        self.left_out = LeftOut(removals)

    def handle_starttag(self, name, attrs):
        attributes = dict(attrs)
        if name in VOID:
            if not self.left_out.depth:
                getattr(self, f"_{name}")(attributes)
        elif self.left_out.takes(name, attributes):
            self.left_out.depth += 1
        else:
            self.elements.append(_Element(name, place=len(self.output.pieces)))
            self._opening(name)(self.elements[-1], attributes)

    def handle_endtag(self, name):
        if name in VOID:
            return
        if self.left_out.depth:
            self.left_out.end()
        elif self.elements:
            element = self.elements.pop()
            self._closing(element.tag)(element)

    def handle_data(self, data):
        breaks = self.preformatted or (self.line_breaks and self.output.holds_loose_text)
        if self.left_out.depth:
            self.left_out.words += data
        elif self.output.leaf is None and not data.strip():
            if "\n" in data and not breaks:
                self.output.blank_line()
        elif breaks:
            self._lines(data)
        else:
            self._text(data)

    def _opening(self, name):
        kinds = ((LEAVES, self._open_leaf), (CONTAINERS, self._open_container), (WRAPPERS, self._open_wrapper))
        special = {"figure": self._open_figure, "caption": self._open_caption}
        return special.get(name) or next((opening for names, opening in kinds if name in names), self._open_inline)

    def _closing(self, name):
        kinds = ((LEAVES, self._close_leaf), (CONTAINERS, self._close_container), (WRAPPERS, self._close_wrapper))
        special = {"figure": self._close_figure, "caption": self._close_caption}
        return special.get(name) or next((closing for names, closing in kinds if name in names), self._close_inline)

    # Blocks

    def _open_leaf(self, element, attributes):
        if self.output.is_heading:
            self._space()
            return
        self.figures.see("p", self.output)
        self.output.open_leaf(self._level(element.tag))
        element.is_leaf = True

    def _close_leaf(self, element):
        if element.is_leaf or not self.output.is_heading:
            self.output.close_leaf()

    def _level(self, name):
        """h1 to h6 as the two levels there are: h2 stands below the title of the page."""
        if name == "p":
            return "p"
        return "h2" if name == "h1" or (name == "h2" and not self.has_h1) else "h3"

    def _open_wrapper(self, element, attributes):
        if self.output.holder in LISTS:
            element.tag = "li"
            self._open_container(element, {})
            return
        self.preformatted += element.tag == "pre"
        self._break_block()
        self.output.holders.append(element.tag)

    def _close_wrapper(self, element):
        self._break_block()
        self.output.holders.pop()
        self.preformatted -= element.tag == "pre"

    def _break_block(self):
        self._space() if self.output.is_heading else self.output.close_leaf()

    def _space(self):
        """Blocks in a heading are one line of it."""
        if self.output.pieces[-1] not in {"<h2>", "<h3>", " "}:
            self.output.append(" ")

    def _open_container(self, element, attributes):
        self.output.close_leaf()
        name = "tbody" if element.tag == "tfoot" else element.tag
        opening, element.end = tag(name, attributes), f"</{name}>"
        if name in LISTS and self.output.holder in LISTS:
            opening, element.end = self._within_an_item(opening, element.end)
        if name == "table":
            self.tables.append(self.output.append(""))
        self.figures.see(name, self.output)
        self.output.append(opening)
        self.output.holders.append(name)

    def _close_container(self, element):
        self.output.close_leaf()
        self.output.holders.pop()
        if element.tag == "table":
            self.tables.pop()
        if element.tag == "figcaption":
            self.figures.see("figcaption", self.output)
        self.output.append(element.end)

    def _within_an_item(self, opening, end):
        """A list that stands directly in a list belongs to the item before it."""
        self.output.drop_blank_end()
        if self.output.pieces[-1] == "</li>":
            self.output.pieces.pop()
            return opening, f"{end}</li>"
        return f"<li>{opening}", f"{end}</li>"

    def _open_caption(self, element, attributes):
        """The caption of a table becomes a paragraph before it."""
        self.output.close_leaf()
        self.outer_outputs.append(self.output)
        self.output = HtmlOutput()

    def _close_caption(self, element):
        self.output.close_leaf()
        caption, self.output = self.output, self.outer_outputs.pop()
        self.output.pieces[self.tables[-1]] += "".join(caption.pieces)

    def _open_figure(self, element, attributes):
        self.output.close_leaf()
        self.figures.open(self.output)

    def _close_figure(self, element):
        self.output.close_leaf()
        self.figures.close(self.output)

    # Words

    def _open_inline(self, element, attributes):
        found = [f"<{mark}>" for mark in marks.marks_of(element.tag, marks.style_of(attributes))]
        if element.tag == "a":
            found += self._link(attributes)
        elif element.tag in AROUND_WORDS:
            before, element.end = AROUND_WORDS[element.tag]
            self._text(before)
        self.removals.counts["dress"] += element.tag in marks.DRESS
        found = [mark for mark in found if mark not in self.output.marks]
        self.output.marks += found
        element.marks = len(found)

    def _close_inline(self, element):
        if element.end:
            self._text(element.end)
        if element.marks:
            del self.output.marks[-element.marks :]

    def _link(self, attributes):
        address = link_address(attributes.get("href") or "")
        if address:
            return [tag("a", attributes | {"href": address})]
        self.removals.counts["links"] += not ("name" in attributes or "id" in attributes)
        return []

    def _text(self, data):
        if self.output.leaf is None:
            self.figures.see("text", self.output)
        self.output.text(data)

    def _lines(self, data):
        for number, paragraph in enumerate(_BLANK_LINE.split(data)):
            if number:
                self.output.close_leaf()
            lines = paragraph.split("\n") if self.output.leaf else paragraph.strip("\n").split("\n")
            for place, line in enumerate(lines):
                if place and self.output.leaf:
                    self.output.line_break()
                if line.strip() or (self.output.leaf and line):
                    self._text(line)

    # Elements without content

    def _br(self, attributes):
        self.output.line_break()

    def _hr(self, attributes):
        self.figures.see("hr", self.output)
        self.output.close_leaf()
        self.output.append("<hr>")

    def _img(self, attributes):
        if not is_own_picture(attributes.get("src") or ""):
            self.removals.counts["pictures"] += 1
            return
        self.figures.see("img", self.output)
        self.output.append(tag("img", attributes))
