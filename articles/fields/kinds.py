"""Kinds of article fields: how the value of one is read, written, compared and stored, each kind once.

A value is what stands under the field's name in the JSON of a version: texts, numbers, ids, lists of these.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from articles.rich_text import sanitise

DELETED = "（已删除）"  # what stands in a comparison for an object that is gone


def number(text) -> int | None:
    """The id or place that was posted; what is not a number is none."""
    return int(text) if text and str(text).isdecimal() else None


def is_key(value) -> bool:
    """Whether this is an id as JSON holds it."""
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True)
class Field:
    """One field of an article's content under `name`, called `label` in the office and in tables.

    `is_html`: compared paragraph by paragraph. `is_list`: a cell of a table names several, with 、 between.
    `in_files`: exported and imported, in front matter under `name`. `model`: what its ids are of.
    """

    name: str
    label: str
    is_html: ClassVar[bool] = False
    is_list: ClassVar[bool] = False
    in_files: ClassVar[bool] = True
    model: ClassVar[type | None] = None

    def of(self, content: dict) -> Any:
        """The value in a content; the default where the version is older than the field."""
        return content[self.name] if self.name in content else self.default()

    def default(self) -> Any:
        return ""

    def is_readable(self, value) -> bool:
        """Whether what stands in a stored content has the shape that the field reads."""
        return isinstance(value, str)

    def stored(self, article) -> Any:
        """The value of the stored article."""
        return getattr(article, self.name)

    def posted(self, post) -> Any:
        """The value in a posted form, as far as it can be read."""
        return post.get(self.name, "").strip()

    def to_post(self, value) -> dict[str, list[str]]:
        """The other way round: what a form would post for this value."""
        return {self.name: [value]}

    def form_field(self):
        """The form field of what is no column of the article; the model form makes all others."""
        return None

    def initial(self, value) -> dict[str, Any]:
        """The value as initial values of the form; rows of an inline form have none here."""
        return {self.name: value}

    def same(self, one, other) -> bool:
        return one == other

    def ids(self, value) -> list[int]:
        """The keys of the objects of `model` that the value names."""
        return []

    def lines(self, value, found) -> list[str]:
        """The value in words, to be compared; `found` are the objects of `model` by key."""
        return [value] if value else []

    def show(self, article, value) -> None:
        """Give the article in memory this value; nothing is stored."""
        setattr(article, self.name, value)

    def put(self, article, value) -> None:
        """Store what does not stand in the article's own row."""

    def cell(self, article) -> str:
        """The value of the stored article as it is exported; `related` is what that reads."""
        return getattr(article, self.name)

    def related(self) -> tuple[list, list]:
        """Names for select_related and lookups for prefetch_related."""
        return [], []

    def imported(self, reader) -> Any:
        """The value in front matter; `reader` collects what is wrong with it."""
        return reader.text(self.name)

    def merged(self, before, imported) -> Any:
        """The value after an import into an article that is there."""
        return imported

    def is_named(self, reader) -> bool:
        """Whether an import says something about the field."""
        return True


class Text(Field):
    """A line of text in a column of the article."""


class Computed(Text):
    """A text that is computed where it is left empty; an import that leaves it empty leaves it as it is."""

    def merged(self, before, imported):
        return imported or before


class Address(Text):
    """The slug: it tells an import which article is meant, and is never changed by one."""

    def merged(self, before, imported):
        return before


class Html(Field):
    """The body."""

    is_html = True

    def posted(self, post):
        return sanitise(post.get(self.name, ""))

    def same(self, one, other):
        return bare(one) == bare(other)

    def imported(self, reader):
        return reader.body


def bare(html: str) -> str:
    """HTML without what only an editor's spacing adds."""
    html = re.sub(r">\s+<", "><", html.strip())
    html = re.sub(r"<(li|td|th)([^>]*)><p>(.*?)</p>(?=</\1>|<[uo]l)", r"<\1\2>\3", html)
    html = re.sub(r"</?t(?:head|body)>", "", html)
    return re.sub(r"(?<=[^\x00-\xff])\s*\n\s*", "", html)
