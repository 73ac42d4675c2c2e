"""The fields of an article: one row each, in the order in which two versions are compared.

A field in FIELDS is stored in versions, autosaved, compared, merged, restored, previewed, exported and imported. To
add one: a column in articles/models/article.py with its migration, a row here, its place in the fieldsets of
articles/admin/article.py, and a template that shows it. `articles.fields.checks` insists that form and table agree.
An app of one's own adds a field without any of this: `register(RelatedColumn(…))`, see articles/fields/related_column.py.
"""

from django.core.exceptions import ImproperlyConfigured

from articles.fields.columns import Column
from articles.fields.kinds import Address, Computed, Field, Html, Text
from articles.fields.related_column import RelatedColumn
from articles.fields.relations import ForeignKeyField, Several, Tags
from articles.fields.rows import Choices, Sources
from articles.models import Category
from calculators.models import Calculator, PoolingArea

__all__ = [
    "DIRECT_FIELDS",
    "FIELDS",
    "Column",
    "Field",
    "RelatedColumn",
    "by_name",
    "file_fields",
    "inline_prefixes",
    "register",
    "registered_fields",
]

FIELDS: list[Field] = [
    Text("title", "标题"),
    Address("slug", "网址名"),
    Computed("summary", "摘要"),
    ForeignKeyField("category", "栏目", Category, "name", needed=True),
    ForeignKeyField("area", "地区", PoolingArea, "code"),
    Tags("tags", "标签"),
    Several("calculators", "计算器", Calculator, "code", needed=False),
    Sources("sources", "来源"),
    Choices("choices", "相关阅读的人工选择"),
    Html("body", "正文"),
]
# On the form, but no part of the text: stored in the article's row as soon as the form is saved.
DIRECT_FIELDS = ["unpublish_at"]


def register(field: Field) -> None:
    """Add a field of another app, from its AppConfig.ready. It stands before the body, in a section 更多 of the form."""
    taken = {each.name: each for each in FIELDS}
    if taken.get(field.name, field) != field or field.form_field() is None:
        raise ImproperlyConfigured(f"The article field “{field.name}” is taken, or has no form field of its own.")
    if field not in FIELDS:
        FIELDS.insert(len(FIELDS) - 1, field)


def registered_fields() -> list[Field]:
    """The fields of other apps."""
    return [field for field in FIELDS if field.form_field() is not None]


def by_name(name: str) -> Field:
    return next(field for field in FIELDS if field.name == name)


def file_fields() -> list[Field]:
    """The fields that stand in exported files."""
    return [field for field in FIELDS if field.in_files]


def inline_prefixes() -> tuple[str, ...]:
    """The prefixes of the inline forms whose rows belong to the text."""
    return tuple(f"{field.prefix}-" for field in FIELDS if hasattr(field, "prefix"))
