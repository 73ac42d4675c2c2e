"""Characters that XML or a database cannot carry: found in a text, taken out of it, and told to whoever brought it. No Django.

Control characters come from PDF, from Word's Shift+Enter and from tables of other programs; noncharacters and lone surrogates
from broken ones. Those that end a line become a line break, the others go.
"""

import re
from collections.abc import Iterator

LINE_ENDS = re.compile("\r?[\x0b\x0c\x85\u2028\u2029]")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
UNCARRIED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_NONCHARACTERS}]")
AROUND = 8  # characters told on either side of what was taken out


def clean(text: str, line_break: str = "") -> str:
    """The text as XML, JSON and every database can carry it. `clean(clean(text))` is `clean(text)`.

    What ended a line elsewhere becomes a line break where the text has others, else a space.
    """
    line_break = line_break or ("\n" if "\n" in text else " ")
    return UNCARRIED.sub("", LINE_ENDS.sub(line_break, text))


def clean_within(value):
    """The same for every text in lists, dicts and tuples, keys included; anything else stays as it is."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_within(key): clean_within(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean_within(one) for one in value)
    return value


def removed(text: str) -> str:
    """A Chinese sentence that tells what `clean` takes out and where; empty where it is nothing."""
    found = [*LINE_ENDS.finditer(text), *UNCARRIED.finditer(text)]
    if not found:
        return ""
    first = min(match.start() for match in found)
    around = " ".join(clean(text[max(0, first - AROUND) : first + AROUND]).split())
    where = f"在“{around}”附近" if around else ""
    return f"有 {len(found)} 个看不见的控制字符（多半从 PDF 或 Word 带来）{where}，已去掉，请看一眼那里的字。"


def texts_within(value) -> Iterator[str]:
    """Every text in lists, dicts and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in texts_within(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in texts_within(one))
