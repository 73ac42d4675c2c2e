"""Worked examples as lines of plain text, cached in the process: each is a whole calculation."""

from collections.abc import Iterable
from datetime import date

from articles.figures.grammar import REFERENCE, find, is_example
from articles.figures.rendering import plain
from calculators.common import page_keys
from calculators.process_cache import RowCache

MAX_CACHED_LINES = 500
Line = tuple[str, frozenset[page_keys.PageKey]]


def with_example_lines(texts: Iterable[str], on: date) -> list[str]:
    """The texts with their examples as they come out on that day; as they are where nothing may be cached."""
    texts = list(texts)
    if not page_keys.may_cache():
        return texts
    names = [(text, on) for text in find("".join(texts)) if is_example(text)]
    lines = {text: line for (text, _), (line, _) in _lines.get_many(names, _read).items()}
    return [REFERENCE.sub(lambda match: lines.get(match[1], match[0]), text) for text in texts]


def _read(names):
    return {(text, on): _line(text, on) for text, on in names}


def _line(text: str, on: date) -> Line:
    with page_keys.collecting() as keys:
        line = plain(f"〔{text}〕", on)
    return line, frozenset(keys)


_lines: RowCache[tuple[str, date], Line] = RowCache(
    lambda name, line: {*line[1], page_keys.ALL_AREAS}, MAX_CACHED_LINES
)
