"""Footnotes in Markdown: [^1] is a raised [1] in the text, and what [^1]: says is a paragraph at the end."""

import re

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]*\n)?(?: {2,}|\t).*)*)\n?", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_FENCE = re.compile(r"(^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\2[ \t]*$|\Z))", re.MULTILINE | re.DOTALL)


def spelt_out(markdown: str) -> str:
    """The text with its footnotes numbered as they are met. A mark that nothing explains stays as it is."""
    notes: dict[str, str] = {}
    places: dict[str, int] = {}  # by label, from 1

    def define(match):
        notes[match[1]] = " ".join(match[2].split())
        return ""

    def number(match):
        label = match[1]
        if label not in notes:
            return match[0]
        return rf"<sup>\[{places.setdefault(label, len(places) + 1)}\]</sup>"

    text = _outside_code(markdown, lambda part: _DEFINITION.sub(define, part))
    text = _outside_code(text, lambda part: _MARK.sub(number, part))
    for label in notes:
        places.setdefault(label, len(places) + 1)
    written = [rf"\[{place}\] {_MARK.sub(number, notes[label])}" for label, place in places.items()]
    return "\n\n".join([text.rstrip("\n"), *written]) if written else text


def _outside_code(markdown, change):
    """Every third and second piece of the split are a block of code and its fence."""
    pieces = _FENCE.split(markdown)
    return "".join(change(piece) if place % 3 == 0 else piece * (place % 3 == 1) for place, piece in enumerate(pieces))
