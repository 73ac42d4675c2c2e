"""Two texts side by side: paragraphs matched first, then words, so that one changed number is one mark."""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import fields
from articles.text import SIGNS, cut, spelt

MIN_PARAGRAPH_LIKENESS = 0.3  # below this two paragraphs are one deleted and one added
# Comparing takes the square of these: beyond, paragraphs are judged by their characters, and what differs is one mark.
MAX_PARAGRAPHS_AHEAD, MAX_COMPARED_CHARACTERS, MAX_COMPARED_UNITS = 12, 2000, 2000
BLOCKS = {"p", "h2", "h3", "li", "tr", "blockquote", "figcaption", "table", "ul", "ol", "figure"}
OPENING = {"h2": "## ", "h3": "### ", "li": "• ", "strong": "**", "em": "*", "td": " | ", "th": " | ", "hr": "———"}
CELLS, ROWS = {"td", "th"}, {"tr", "table"}
QUOTES = {"tip": "【提示】", "warning": "【注意】"}
BEGUN = {"•", "【引用】", *QUOTES.values()}  # a paragraph the editor puts into these goes on with their line
CELL_SIGN = "| "  # before each cell of a row, as `lines` spells it
CLOSING = {"strong": "**", "em": "*"}
_UNIT = re.compile(r"〔[^〔〕]*〕|[\u3400-\u9fff]+|\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class DiffRow:
    """One paragraph, before and after; an empty side was not there. `cells` are those of a row of a table, in pairs."""

    before: SafeString
    after: SafeString
    changed: bool
    cells: tuple[tuple[SafeString, SafeString], ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Rows one after another that are shown, or that are folded because nothing near them changed."""

    rows: list[DiffRow]
    is_folded: bool


@dataclass(frozen=True)
class Part:
    label: str
    rows: list[DiffRow]

    @property
    def stretches(self) -> list[Stretch]:
        """The rows with those folded that are not beside a change; a fold of one row would save nothing."""
        near = {place + step for place, row in enumerate(self.rows) if row.changed for step in (-1, 0, 1)}
        near |= {place + 1 for place in near if place + 2 in near}
        found: list[Stretch] = []
        for place, row in enumerate(self.rows):
            is_folded = place not in near
            if not found or found[-1].is_folded != is_folded:
                found.append(Stretch([], is_folded))
            found[-1].rows.append(row)
        return found


class _Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lines = [""]
        self.links = []
        self.raised = []
        self.is_in_cell = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._begin_line(tag)
        self.is_in_cell = tag in CELLS or (self.is_in_cell and tag not in ROWS)
        self.lines[-1] += OPENING.get(tag, "")
        if tag in SIGNS:
            self.raised.append(len(self.lines[-1]))
        if tag == "blockquote":
            self.lines[-1] += QUOTES.get(attrs.get("class"), "【引用】")
        elif tag == "a":
            self.lines[-1] += "["
            self.links.append(attrs.get("href") or "")
        elif tag == "img":
            self.lines[-1] += f"![{attrs.get('alt', '')}]({attrs.get('src', '')})"

    def handle_endtag(self, tag):
        self.lines[-1] += CLOSING.get(tag, "")
        if tag in SIGNS:
            self._spell(tag, self.raised.pop())
        if tag == "a" and self.links:
            self.lines[-1] += f"]({self.links.pop()})"
        self.is_in_cell = self.is_in_cell and tag not in CELLS
        self._begin_line(tag)

    def _begin_line(self, tag):
        """A cell is part of its row's line, with all the paragraphs the editor puts into it."""
        if tag in BLOCKS and self.is_in_cell and tag not in ROWS:
            self.lines[-1] += " "
        elif tag in BLOCKS and not (tag == "p" and self.lines[-1].strip() in BEGUN):
            self.lines.append("")

    def handle_data(self, data):
        self.lines[-1] += data if data.strip() or self.lines[-1].strip() not in BEGUN else ""

    def _spell(self, tag, place):
        words = self.lines[-1][place:]
        self.lines[-1] = self.lines[-1][:place] + (spelt(tag, words) if words.strip() else words)


def lines(html: str) -> list[str]:
    """The paragraphs of a body with their headings, lists, links and pictures spelt out."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    spaced = (" ".join(line.split()) for line in parser.lines)
    return [line for line in spaced if line.strip("•#*|〔〕 ")]


def units(text: str) -> list[str]:
    """The words, numbers, references and signs of a text; joined they are the text."""
    found = []
    for unit in _UNIT.findall(text):
        found += cut(unit) if "\u3400" <= unit[0] <= "\u9fff" else [unit]
    return found


def parts(before: dict, after: dict) -> list[Part]:
    """Every part of two contents that differs, body last."""
    names = _Names([before, after])
    changed = [field for field in fields.FIELDS if not field.same(field.of(before), field.of(after))]
    return [Part(field.label, rows(names.lines(field, before), names.lines(field, after))) for field in changed]


def in_words(content: dict) -> list[tuple[str, list[str]]]:
    """What a content says beside its body: the label of each field that says something, and its lines."""
    names = _Names([content])
    said = ((field.label, names.lines(field, content)) for field in fields.FIELDS if not field.is_html)
    return [(label, found) for label, found in said if found]


def rows(before: list[str], after: list[str]) -> list[DiffRow]:
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [_same(line) for line in before[a:b]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def _same(line):
    text = format_html("{}", line)
    cells = tuple((each, each) for each in (format_html("{}", cell) for cell in _cells(line)))
    return DiffRow(text, text, changed=False, cells=cells)


def _cells(line):
    """The cells of a row of a table; of anything else none."""
    return [cell.strip() for cell in line.split(CELL_SIGN)[1:]] if line.startswith(CELL_SIGN) else []


def _gone(line):
    cells = tuple((_mark("del", cell), SafeString()) for cell in _cells(line))
    return DiffRow(_mark("del", line), SafeString(), changed=True, cells=cells)


def _come(line):
    cells = tuple((SafeString(), _mark("ins", cell)) for cell in _cells(line))
    return DiffRow(SafeString(), _mark("ins", line), changed=True, cells=cells)


def _replaced(before, after):
    """Each new paragraph beside the old one it came from, in order."""
    found, rest = [], list(before)
    for line in after:
        index = next((index for index, old in enumerate(rest[:MAX_PARAGRAPHS_AHEAD]) if _alike(old, line)), None)
        if index is None:
            found.append(_come(line))
            continue
        found += [_gone(old) for old in rest[:index]]
        found.append(_words(rest[index], line))
        rest = rest[index + 1 :]
    return found + [_gone(old) for old in rest]


def _alike(one, other):
    """Cheap upper bounds of the ratio first."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) <= MIN_PARAGRAPH_LIKENESS:
        return False
    return max(len(one), len(other)) > MAX_COMPARED_CHARACTERS or matcher.ratio() > MIN_PARAGRAPH_LIKENESS


def _words(before, after):
    cells = ()
    if _cells(before) and _cells(after):
        cells = tuple(_marked(one, other) for one, other in zip_longest(_cells(before), _cells(after), fillvalue=""))
    return DiffRow(*_marked(before, after), changed=True, cells=cells)


def _marked(before, after):
    """Two lines with the words marked that are only in one of them."""
    old, new = units(before), units(after)
    left, right = [], []
    for kind, a, b, c, d in _changes(old, new):
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        left.append(format_html("{}", gone) if kind == "equal" else _mark("del", gone))
        right.append(format_html("{}", come) if kind == "equal" else _mark("ins", come))
    return _join(left), _join(right)


def _changes(old, new):
    """Opcodes of difflib; of very long lists the equal ends, and all between them as one change."""
    if max(len(old), len(new)) <= MAX_COMPARED_UNITS:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    head = _common_start(old, new)
    tail = _common_start(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    middle = ("replace", head, ends[0], head, ends[1])
    return [("equal", 0, head, 0, head), middle, ("equal", ends[0], len(old), ends[1], len(new))]


def _common_start(one, other):
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _mark(tag, text):
    return format_html("<{0}>{1}</{0}>", SafeString(tag), text) if text else SafeString()


def _join(pieces):
    return format_html_join("", "{}", ((piece,) for piece in pieces))


class _Names:
    """Spells out the ids of some contents: one query a kind, however many contents."""

    def __init__(self, several):
        keys = defaultdict(set)
        for field in fields.FIELDS:
            keys[field.model] |= {key for content in several for key in field.ids(field.of(content))}
        self.found = {model: model.objects.in_bulk(keys[model]) for model in keys if model}

    def lines(self, field, content):
        value = field.of(content)
        return lines(value) if field.is_html else field.lines(value, self.found.get(field.model, {}))
