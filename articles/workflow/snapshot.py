"""Snapshot of an article as one plain dict: the form in which it is versioned, compared, restored and autosaved.

Its keys are the names of `articles.fields.__init__`: title, slug, summary, body (sanitised HTML), category and area (ids or
None), tags (names in order), calculators (ids), sources [{document, clause}], choices [{other, kind, order}] … An
empty slug or summary means the computed one. Ids of what has been deleted since are left out when a content is put
on an article.

A version stores a content with the number of its format. `content_of` is the way back: a field that a version of an
older release does not have has its default; what a later release stored in a way this one cannot read stays as it
stands in the article, and `unread_parts` says so. A new field is no new format: only a field whose value changes its
shape raises FORMAT, and its kind in `articles.fields` then reads both.
"""

from django.http import QueryDict

from articles import fields
from articles.models import ArticleSource
from articles.signals import collected

FORMAT, FORMAT_KEY = 1, "format"


def take(article) -> dict:
    """The content of the stored article."""
    return {field.name: field.stored(article) for field in fields.FIELDS}


def stamped(content) -> dict:
    """A content as a version stores it."""
    return content | {FORMAT_KEY: FORMAT}


def content_of(version, article) -> dict:
    """The content of a version with every field of today, of the stored article where there is no version."""
    if version is None:
        return take(article)
    unread = _unread(version.content)
    return {
        field.name: field.stored(article) if field in unread else field.of(version.content) for field in fields.FIELDS
    }


def unread_parts(version) -> str:
    """What of a version this release cannot read, in one sentence for editors; empty where it reads all of it."""
    unread = _unread(version.content) if version else []
    if not unread and not (version and _is_later(version.content)):
        return ""
    labels = "、".join(field.label for field in unread)
    whose = f"{version}是由更新的程序保存的" if _is_later(version.content) else f"{version}存得不完整"
    kept = f"，其中{labels}读不出，下面是文章现在的" if unread else "，能认出的都在下面，认不出的不显示"
    return f"{whose}{kept}。原样还在历史里。"


def _unread(content):
    return [field for field in fields.FIELDS if not _is_readable(field, content)]


def _is_readable(field, content):
    """A field that an older version lacks is read as its default; one that a later version lacks may stand elsewhere."""
    return field.is_readable(content[field.name]) if field.name in content else not _is_later(content)


def _is_later(content):
    number = content.get(FORMAT_KEY, 1)
    return not isinstance(number, int) or number > FORMAT


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
