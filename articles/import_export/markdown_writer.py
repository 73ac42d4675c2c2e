"""Markdown of a body, block by block. A block that Markdown would not bring back as it is stays HTML, which Markdown allows."""

import re
from html.parser import HTMLParser

from articles.fields.kinds import bare
from articles.import_export.markdown import REFERENCE, to_html

VOID = {"br", "hr", "img"}
MARKS = {"strong": "**", "em": "*"}
_SIGNS = re.compile(r"([\\`*_\[\]<>|~])|^(\s*)([#+-]|\d+[.)])(?=\s|$)", re.MULTILINE)


class _Element:
    def __init__(self, tag, attributes, written=""):
        self.tag, self.attributes, self.written, self.children = tag, attributes, written, []

    def html(self):
        inner = "".join(child if isinstance(child, str) else child.html() for child in self.children)
        return self.written + inner + ("" if self.tag in VOID or not self.tag else f"</{self.tag}>")


class _Reader(HTMLParser):
    """Sanitised HTML as a tree; text stays as it is written, with its entities."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.open = [_Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = _Element(tag, dict(attrs), self.get_starttag_text())
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)

    def handle_entityref(self, name):
        self.open[-1].children.append(f"&{name};")

    def handle_charref(self, name):
        self.open[-1].children.append(f"&#{name};")


class _NoMarkdown(Exception):
    """What has no form in Markdown."""


def body_to_markdown(html: str) -> str:
    """A body as Markdown; `to_html` of it is the body again."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = [child for child in reader.open[0].children if not isinstance(child, str) or child.strip()]
    written = "\n\n".join(_written(block) for block in blocks)
    return written if _comes_back(written, html) else html


def _written(block):
    html = block if isinstance(block, str) else block.html()
    html = re.sub(r"\n\s*\n", "\n", html)
    try:
        markdown = _block(block)
    except _NoMarkdown:
        return html
    return markdown if _comes_back(markdown, html) else html


def _comes_back(markdown, html):
    return bare(to_html(markdown).html) == bare(html)


def _block(element):
    if isinstance(element, str) or element.attributes.keys() - {"start", "data-type"}:
        raise _NoMarkdown
    writers = {"p": _inline, "h2": _heading, "h3": _heading, "ul": _list, "ol": _list, "blockquote": _quote}
    writers |= {"table": _table, "hr": lambda _: "---"}
    if element.tag not in writers:
        raise _NoMarkdown
    return writers[element.tag](element)


def _heading(element):
    return f"{'#' * int(element.tag[1])} {_inline(element)}"


def _quote(element):
    return _indented("\n\n".join(map(_block, _elements(element))), "> ", "> ")


def _list(element):
    number = int(element.attributes.get("start", "1"))
    items = []
    for place, item in enumerate(_elements(element)):
        sign = "- " if element.tag == "ul" else f"{number + place}. "
        parts = "\n\n".join(map(_block, _elements(item))) if _has_blocks(item) else _inline(item)
        items.append(_indented(parts.replace("\n\n", "\n", 1) if "\n\n- " in parts else parts, sign, " " * len(sign)))
    return "\n".join(items)


def _table(element):
    rows = [
        row for part in _elements(element) for row in (_elements(part) if part.tag in {"thead", "tbody"} else [part])
    ]
    cells = [[_cell(cell) for cell in _elements(row)] for row in rows]
    if not rows or any(cell.tag != "th" for cell in _elements(rows[0])):
        raise _NoMarkdown
    head, *others = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([head, "|" + "---|" * len(cells[0]), *others])


def _cell(cell):
    if cell.attributes:
        raise _NoMarkdown
    blocks = _elements(cell) if _has_blocks(cell) else [cell]
    if len(blocks) != 1 or blocks[0].tag not in {"p", "td", "th"}:
        raise _NoMarkdown
    return _inline(blocks[0])


def _elements(element):
    return [child for child in element.children if not isinstance(child, str)]


def _has_blocks(element):
    return any(child.tag in {"p", "ul", "ol", "blockquote", "table", "figure"} for child in _elements(element))


def _inline(element):
    return "".join(_text(child) if isinstance(child, str) else _mark(child) for child in element.children)


def _mark(element):
    if element.tag in MARKS:
        return f"{MARKS[element.tag]}{_inline(element)}{MARKS[element.tag]}"
    if element.tag == "a" and element.attributes.keys() == {"href"}:
        return f"[{_inline(element)}](<{element.attributes['href']}>)"
    return "\\\n" if element.tag == "br" else element.html()


def _text(text):
    """Letter for letter: signs that mean something in Markdown are escaped, those inside a reference are not."""
    pieces, end = [], 0
    for match in REFERENCE.finditer(text):
        pieces += [_escaped(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, _escaped(text[end:])])


def _escaped(text):
    return _SIGNS.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def _indented(text, first, others):
    return first + f"\n{others}".join(text.split("\n"))
