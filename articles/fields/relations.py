"""Fields that relate the article to other objects: one of them, several, or tags by their names."""

from dataclasses import dataclass
from typing import ClassVar

from articles.fields.kinds import DELETED, Field, is_key, number
from articles.models import canonical
from articles.text import split_tags


@dataclass(frozen=True)
class ForeignKeyField(Field):
    """A foreign key, held as its id; `key` is the attribute by which files name the object."""

    to: type
    key: str
    needed: bool = False

    @property
    def model(self):
        return self.to

    def default(self):
        return None

    def is_readable(self, value):
        return value is None or is_key(value)

    def stored(self, article):
        return getattr(article, f"{self.name}_id")

    def posted(self, post):
        return number(post.get(self.name))

    def to_post(self, value):
        return {self.name: [str(value or "")]}

    def ids(self, value):
        return [value] if value else []

    def lines(self, value, found):
        return [str(found.get(value, DELETED))] if value else []

    def show(self, article, value):
        if value == self.stored(article):
            return  # it is there, for what an article refers to is protected
        found = self.to.objects.filter(pk=value).first()
        if found or not self.needed:
            setattr(article, self.name, found)

    def cell(self, article):
        found = getattr(article, self.name)
        return getattr(found, self.key) if found else ""

    def related(self):
        return [self.name], []

    def imported(self, reader):
        found = reader.one(self.to, self.key, self.name)
        return found.pk if found else None


@dataclass(frozen=True)
class Several(Field):
    """A many-to-many relation, held as ids; `spoken` is how a problem calls one of them."""

    to: type
    key: str
    needed: bool = True
    is_list: ClassVar[bool] = True

    @property
    def model(self):
        return self.to

    def default(self):
        return []

    def is_readable(self, value):
        return isinstance(value, list) and all(map(is_key, value))

    def stored(self, article):
        return sorted(getattr(article, self.name).values_list("pk", flat=True))

    def posted(self, post):
        return sorted(filter(None, map(number, post.getlist(self.name))))

    def to_post(self, value):
        return {self.name: [str(pk) for pk in value]}

    def ids(self, value):
        return value

    def lines(self, value, found):
        return [str(found.get(pk, DELETED)) for pk in value]

    def show(self, article, value):
        """Relations are stored, not held in memory."""

    def put(self, article, value):
        getattr(article, self.name).set(self.to.objects.filter(pk__in=value))

    def cell(self, article):
        return "、".join(getattr(found, self.key) for found in getattr(article, self.name).all())

    def related(self):
        return [], [self.name]

    def imported(self, reader):
        return sorted(
            found.pk for found in reader.several(self.to, self.key, self.name, self.label, needed=self.needed)
        )


class Tags(Field):
    """Tags, held as names in order."""

    is_list = True

    def default(self):
        return []

    def is_readable(self, value):
        return isinstance(value, list) and all(isinstance(name, str) for name in value)

    def stored(self, article):
        return split_tags(article.tags_text)

    def posted(self, post):
        return split_tags(post.get(self.name, ""))

    def to_post(self, value):
        return {self.name: ["、".join(value)]}

    def initial(self, value):
        return {self.name: "、".join(value)}

    def lines(self, value, found):
        return value

    def show(self, article, value):
        """Relations are stored, not held in memory."""

    def put(self, article, value):
        """Where they stand so already, in the row and beside it, taggit need not ask for each of them."""
        names = canonical(value)
        if not names == self.stored(article) == list(article.tags.names()):
            article.tags.set(names)

    def cell(self, article):
        return article.tags_text

    def imported(self, reader):
        return reader.tags()
