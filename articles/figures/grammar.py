"""Grammar of references in prose: where one stands in HTML, its parts between ·, and the day among them."""

import re
from datetime import date

# The year in a document's number, 国办发〔2021〕14号, is none.
REFERENCE = re.compile(r"〔(?!\d{4}〕)([^〔〕<>]+)〕")
# A reference that is a paragraph of its own, a tag, or a reference inside a text: groups 1, 2 and 3.
REFERENCE_OR_TAG = re.compile(rf"<p>\s*{REFERENCE.pattern}\s*</p>|(<[^>]*>)|{REFERENCE.pattern}")
DESCRIPTION = re.compile(r'(?<= alt=")[^"]*|(?<= title=")[^"]*')
ADDRESS = re.compile(r' (?:href|src)="([^"]*)"')
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TABLE, EXAMPLE = "表", "算例"
YES_NO = {"是": True, "否": False}


class UnreadableReference(ValueError):
    """A reference that names no parameter, area or condition; the message is a Chinese sentence."""


def find(html: str) -> list[str]:
    """The references in a text, each once, in order."""
    return list(dict.fromkeys(REFERENCE.findall(html)))


def find_in_addresses(html: str) -> list[str]:
    """Those in the addresses of links and pictures, where no figure can stand."""
    return find("\n".join(ADDRESS.findall(html)))


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split("·")]


def is_example(text: str) -> bool:
    return split(text)[0] == EXAMPLE


def take_day(parts: list[str], text: str) -> tuple[date | None, list[str]]:
    """The day among the parts of a reference, and the other parts."""
    days = [part for part in parts if DAY.fullmatch(part)]
    return (_read_day(days[0], text) if days else None), [part for part in parts if part not in days]


def _read_day(day, text):
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UnreadableReference(f"〔{text}〕：没有 {day} 这一天。") from None
