"""System checks: a field on the article form that the table of fields does not know would not be stored."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.checks import Error, register

from articles import fields
from articles.fields.columns import OTHERWISE_POSTED
from articles.models import Article

TABLE = "articles/fields.py"


@register
def check_article_fields(**kwargs) -> list[Error]:
    return [*_not_in_the_table(), *_not_on_the_form(), *_of_the_wrong_kind()]


def _form_fields():
    """The fields of the article form that an editor can change, and those of the rows below it."""
    article_admin = admin.site.get_model_admin(Article)
    shown = set(flatten_fieldsets(article_admin.get_fieldsets(None))) - set(article_admin.readonly_fields)
    inlines = {part for inline in article_admin.inlines if (part := getattr(inline, "part", ""))}
    return shown | inlines


def _not_in_the_table():
    known = {field.name for field in fields.FIELDS} | set(fields.DIRECT_FIELDS)
    for name in sorted(_form_fields() - known):
        hint = f"Add a row to FIELDS in {TABLE}."
        yield Error(f"The field “{name}” of the article form is not stored.", hint=hint, id="articles.E002")


def _not_on_the_form():
    """Read from a form without it, a field would be emptied by every save."""
    for name in sorted({field.name for field in fields.FIELDS} - _form_fields()):
        hint = "Add it to the fieldsets of articles/admin/article.py, or to an inline as its part."
        yield Error(f"The field “{name}” is not on the article form.", hint=hint, id="articles.E003")


def _of_the_wrong_kind():
    for field in fields.FIELDS:
        if isinstance(field, fields.Column) and isinstance(field.column, OTHERWISE_POSTED):
            hint = f"Give it a kind of its own beside those in {TABLE}."
            yield Error(f"The field “{field.name}” cannot be a Column.", hint=hint, id="articles.E004")
