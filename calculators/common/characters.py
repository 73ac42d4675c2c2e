"""Characters that XML or a database cannot carry, or nobody can see: found in a text, taken out of it, and told. No Django.

Control characters come from PDF, from Word's Shift+Enter and from tables of other programs; noncharacters and lone surrogates
from broken ones; zero-width spaces, soft hyphens and signs of direction from web pages, and a word with one inside is not found.
What ends a line becomes a line break, the others go. Joiners and variation selectors stay: emoji and rare characters need them.
"""

import re
from collections.abc import Iterator
from typing import Any

LINE_ENDS = re.compile("\r?[\x0b\x0c\x85\u2028\u2029]")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNSEEN = "\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
TAKEN_OUT = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}{_UNSEEN}]")
SURROUNDING_CHARACTERS = 8  # characters told on either side of what was taken out


def is_storable(text: str) -> bool:
    """Whether a row can hold the text at all: PostgreSQL refuses NUL, also in a question for a row."""
    return "\x00" not in text


def clean(text: str, line_break: str = "") -> str:
    """The text as XML, JSON and every database can carry it, and as it is seen. `clean(clean(text))` is `clean(text)`.

    What ended a line elsewhere becomes a line break where the text has others, else a space.
    """
    line_break = line_break or ("\n" if "\n" in text else " ")
    return TAKEN_OUT.sub("", LINE_ENDS.sub(line_break, text))


def clean_within(value: Any) -> Any:
    """The same for every text in lists, dicts and tuples, keys included; anything else stays as it is. No type changes."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_within(key): clean_within(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean_within(one) for one in value)
    return value


def removed(text: str) -> str:
    """A Chinese sentence that tells what `clean` takes out and where; empty where it is nothing."""
    found = [*LINE_ENDS.finditer(text), *TAKEN_OUT.finditer(text)]
    if not found:
        return ""
    first = min(match.start() for match in found)
    around = " ".join(clean(text[max(0, first - SURROUNDING_CHARACTERS) : first + SURROUNDING_CHARACTERS]).split())
    where = f"在“{around}”附近" if around else ""
    return f"有 {len(found)} 个看不见的字符（多半从 PDF、Word 或网页带来）{where}，已去掉，请看一眼那里的字。"


def texts_within(value: object) -> Iterator[str]:
    """Every text in lists, dicts and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in texts_within(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in texts_within(one))
