"""The sanitiser: HTML of any kind as HTML of our elements, and what was lost on the way.

Text comes in with markup whose plain removal would change what it says: 10<sup>4</sup> would be 104, and a struck-out
amount would join the one that follows. So it goes through three steps: a generous pass that closes every element, `rewriting`,
and the strict pass that decides what is stored.
"""

import re
from dataclasses import dataclass, field

import nh3
from django_prose_editor.config import allowlist_from_extensions

from articles.rich_text.addresses import is_own_picture, link_address
from articles.rich_text.allowed_elements import CALLOUTS, EXTENSIONS
from articles.rich_text.marks import INLINE
from articles.rich_text.removals import Removals
from articles.rich_text.rewriting import CONTAINERS, LEAVES, VOID, WRAPPERS, rewrite
from calculators.common import characters

UNREADABLE = {"script", "style", "title", "template", "svg", "math", "canvas", "select", "datalist"}
EMBEDDED = {"iframe", "video", "audio", "object"}
KINDS = {
    "math": r"<math\b",
    "svg": r"<svg\b",
    "embedded": r"<(?:iframe|video|audio|object|embed)\b",
    "controls": r"<(?:input|select|textarea|button)\b",
    "scripts": r"<script\b",
}
MAX_PASSES = 5  # a second changes one text in a hundred random ones
MAX_DEPTH = 300  # the parser takes time in the square of it
_ELEMENT = re.compile(r"<(/?)(?!(?:br|hr|img|p|li|td|th|tr|dt|dd|col|input|meta|link|wbr|source)\b)[a-zA-Z]")
_TRAILING_BLANK = re.compile(r"(?:\s*<p>(?:\s|&nbsp;|<br>)*</p>)+\s*\Z")
_TAG = re.compile(r"<[a-zA-Z/!?]")
_BLOCK_END = r"</(?:p|h2|h3|ul|ol|table|blockquote|figure)>|<hr>|<blockquote[^>]*>"
_LOOSE_TEXT = re.compile(rf"(?:\A|{_BLOCK_END})\s*(?:[^<\s]|<(?:a|strong|em|sup|sub)\b)|</li>\s*<[uo]l\b")


@dataclass(frozen=True)
class Cleaned:
    """`notes` tell an editor in Chinese sentences what is not in `html` any more."""

    html: str
    notes: list[str] = field(default_factory=list)


def _strict_attribute(tag, name, value):
    if (tag, name) == ("img", "src"):
        return value if is_own_picture(value) else None
    if name == "title" and not value.strip():
        return None
    return link_address(value) if (tag, name) == ("a", "href") else value


def _strict_cleaner():
    allowed = allowlist_from_extensions(EXTENSIONS)
    allowed["attributes"]["blockquote"].discard("class")
    allowed["attributes"]["figure"].discard("class")
    allowed["allowed_classes"] = {"blockquote": set(CALLOUTS)}
    return nh3.Cleaner(**allowed, attribute_filter=_strict_attribute)


def _generous_cleaner():
    allowed = allowlist_from_extensions(EXTENSIONS)
    tags = allowed["tags"] | CONTAINERS | LEAVES | INLINE | VOID | WRAPPERS | {"ruby", "rt", "rp", "caption"}
    attributes = allowed["attributes"] | {"*": {"style", "hidden"}, "a": {"href", "rel", "title", "name", "id"}}
    return nh3.Cleaner(
        tags=tags,
        attributes=attributes,
        url_schemes=allowed["url_schemes"],
        link_rel=None,
        clean_content_tags=UNREADABLE | EMBEDDED,
    )


_strict = _strict_cleaner().clean
_generous = _generous_cleaner().clean


def clean(html: str, *, line_breaks: bool = False) -> Cleaned:
    """HTML of the elements of EXTENSIONS only, its pictures from our own library; empty where nothing but blank lines is left.

    A text without any tag is plain text: each of its lines is a paragraph. `line_breaks`: what stands outside paragraphs
    is cut at its line breaks too, as WordPress does.
    """
    cleaned = _once(html, line_breaks)
    stored = cleaned.html
    for _ in range(MAX_PASSES):
        again = _once(stored, line_breaks=False).html
        if again == stored:
            break
        stored = again
    return Cleaned(stored, cleaned.notes)


def _once(html, line_breaks):
    """One pass. What it takes out may leave beside each other what the next joins, or makes a tag of."""
    cleaned = _in_our_elements(characters.clean(html), line_breaks)
    return Cleaned(_without_blank_end(characters.clean(cleaned.html)), cleaned.notes)


def _in_our_elements(html, line_breaks):
    if _depth(html) > MAX_DEPTH:
        return Cleaned(sanitise(re.sub(r"<[^>]*>?", "\n", html)), ["元素套得太深，只留下了文字。"])
    if not _TAG.search(html):
        html = "".join(f"<p>{line.strip()}</p>" for line in html.splitlines() if line.strip())
    if _strict(html) == html and not _LOOSE_TEXT.search(html):
        return Cleaned(_without_blank_end(html))
    removals = Removals()
    _count(html, removals)
    rewritten = rewrite(_generous(html), removals, line_breaks=line_breaks)
    return Cleaned(_without_blank_end(_strict(rewritten)), list(removals.sentences()))


def sanitise(html: str) -> str:
    """The HTML of `clean`. `sanitise(sanitise(html))` is `sanitise(html)`."""
    return clean(html).html


def _depth(html):
    """How deep elements are nested, those that need no end tag left aside."""
    depth = deepest = 0
    for element in _ELEMENT.finditer(html):
        depth += -1 if element[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _without_blank_end(html):
    return _TRAILING_BLANK.sub("", html) if html.strip() else ""


def _count(html, removals):
    """What the generous pass takes out whole is counted before."""
    visible = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    for kind, pattern in KINDS.items():
        removals.counts[kind] += len(re.findall(pattern, visible, re.IGNORECASE))
    removals.counts["pictures"] += removals.counts.pop("svg")
