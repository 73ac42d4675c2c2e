"""Marks of an element, by its name or its style: bold, raised, lowered, struck out, hidden."""

import re

STRUCK = {"del", "s", "strike"}
NAMED_MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sup": "sup", "sub": "sub"}
DRESS = {"u", "ins", "mark", "code", "kbd", "samp", "tt", "big", "small"}
INLINE = STRUCK | NAMED_MARKS.keys() | DRESS | {"a", "span", "font", "label", "abbr", "cite", "var", "dfn", "time", "q"}
_STYLED_MARKS = {
    "strong": re.compile(r"font-weight:(bold|[6-9]00)"),
    "em": re.compile(r"font-style:(italic|oblique)"),
    "sup": re.compile(r"vertical-align:super"),
    "sub": re.compile(r"vertical-align:sub(?!\w)"),
}
_LIGHT = re.compile(r"font-weight:(normal|[1-5]00)")
_UNSEEN = re.compile(r"display:none|mso-hide:all")


def style_of(attributes: dict[str, str | None]) -> str:
    return re.sub(r"\s+", "", attributes.get("style") or "").lower()


def marks_of(tag: str, style: str) -> list[str]:
    """The elements of ours that stand for this inline element. A style says more than a name: <b> may be light."""
    if tag not in INLINE:
        return []
    named = NAMED_MARKS.get(tag)
    if named == "strong" and _LIGHT.search(style):
        named = None
    styled = [mark for mark, pattern in _STYLED_MARKS.items() if pattern.search(style)]
    return list(dict.fromkeys([*([named] if named else []), *styled]))


def is_struck(tag: str, style: str) -> bool:
    return tag in STRUCK or re.search(r"text-decoration(-line)?:[^;]*line-through", style) is not None


def is_unseen(attributes: dict[str, str | None], style: str) -> bool:
    return "hidden" in attributes or _UNSEEN.search(style) is not None
