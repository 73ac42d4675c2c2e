"""Snapshot of an article as one plain dict: the form in which it is versioned, compared, restored and autosaved.

Its keys are the names of `articles.fields.__init__`: title, slug, summary, body (sanitised HTML), category and area (ids or
None), tags (names in order), calculators (ids), sources [{document, clause}], choices [{other, kind, order}] … An
empty slug or summary means the computed one. Ids of what has been deleted since are left out when a content is put
on an article; a field that a version does not have yet has its default.
"""

from django.http import QueryDict

from articles import fields
from articles.models import ArticleSource
from articles.signals import collected


def take(article) -> dict:
    """The content of the stored article."""
    return {field.name: field.stored(article) for field in fields.FIELDS}


def blank() -> dict:
    """The content of an empty form."""
    return from_post(QueryDict())


def from_post(post) -> dict:
    """The content in a posted form, as far as it can be read."""
    return {field.name: field.posted(post) for field in fields.FIELDS}


def to_post(content) -> dict[str, list[str]]:
    """The other way round: the fields a form would post for this content."""
    posted = {}
    for field in fields.FIELDS:
        posted |= field.to_post(field.of(content))
    return posted


def initial(content) -> dict:
    """A content as a form's initial values."""
    given = {}
    for field in fields.FIELDS:
        given |= field.initial(field.of(content))
    return given


def same_part(name, one, other) -> bool:
    """Whether two contents say the same in one field; how the editor spaces its HTML is no difference."""
    field = fields.by_name(name)
    return field.same(field.of(one), field.of(other))


def same(one, other) -> bool:
    return all(same_part(field.name, one, other) for field in fields.FIELDS)


@collected()
def put(content, article) -> None:
    """Store this content in the article, its tags, calculators, sources and related choices."""
    show_in(article, content)
    article.save()
    for field in fields.FIELDS:
        field.put(article, field.of(content))


def show_in(article, content) -> None:
    """Give the article in memory the texts, category, area and other columns of this content; nothing is stored."""
    for field in fields.FIELDS:
        field.show(article, field.of(content))


def sources_of(article, content) -> list[ArticleSource]:
    """The sources of this content, unsaved."""
    field = fields.by_name("sources")
    return field.rows(article, field.of(content))
