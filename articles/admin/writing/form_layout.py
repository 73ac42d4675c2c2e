"""Layout of the article form: the text on the left, settings on the right in sections that open where they hold errors."""

from dataclasses import dataclass

from django.contrib.admin.helpers import Fieldset, InlineAdminFormSet

from calculators.admin_forms.help_links import help_link

ROWS = {"相关阅读": "related_choices", "来源": "sources", "更正": "corrections"}
HELP = {"相关阅读": "related", "来源": "sources", "更正": "publish"}
ALWAYS_OPEN = {"栏目、标签、地区"}


@dataclass(frozen=True)
class Section:
    """Some settings under one heading; `count` is how many entries they hold, where that can be counted."""

    name: str
    fieldset: Fieldset | None
    rows: InlineAdminFormSet | None
    is_open: bool
    count: int
    help: str = ""


def sections(adminform, inlines) -> list[Section]:
    """One for each named fieldset of the form, with the rows that belong to it."""
    by_prefix = {inline.formset.prefix: inline for inline in inlines}
    named = [fieldset for fieldset in adminform if fieldset.name]
    return [_section(fieldset, by_prefix.get(ROWS.get(fieldset.name))) for fieldset in named]


def _section(fieldset, rows):
    """Its heading is the section's: the fieldset below shows none."""
    name, fieldset.name = fieldset.name, None
    has_errors = any(field in fieldset.form.errors for field in fieldset.fields) or _rows_have_errors(rows)
    count = _count(fieldset, rows)
    return Section(
        name,
        fieldset if fieldset.fields else None,
        rows,
        name in ALWAYS_OPEN or has_errors,
        count,
        help_link(HELP[name]) if name in HELP else "",
    )


def _rows_have_errors(rows):
    return rows is not None and (any(rows.formset.errors) or bool(rows.formset.non_form_errors()))


def _count(fieldset, rows):
    if rows is not None:
        return len(rows.formset.forms)
    values = (fieldset.form[name].value() for name in fieldset.fields if name in fieldset.form.fields)
    return sum(len(value) for value in values if isinstance(value, list | tuple))
