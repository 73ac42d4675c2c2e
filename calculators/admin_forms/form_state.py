"""State of a form: the texts its fields hold as a browser posts them, of a stored object and of a posted form.

A state maps (prefix, key of the row, field) to texts; prefix and key are empty for the fields of the object itself.
"""

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

WORDS = {True: "是", False: "否"}


def fields_of(form):
    """The fields of a form that a person fills in; one of several boxes has no single text."""
    return {
        name: field
        for name, field in form.fields.items()
        if not field.widget.is_hidden and not isinstance(_bare(field.widget), forms.MultiWidget | forms.FileInput)
    }


def stored_texts(form, name):
    """What the browser would post for a field nobody has touched."""
    return _normal(_stored(_bare(form.fields[name].widget), form[name].value()))


def _stored(widget, value):
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    written = widget.format_value(value)
    return written if isinstance(written, list | tuple) else [written]


def posted_texts(field, post, html_name):
    value = field.widget.value_from_datadict(post, {}, html_name)
    if isinstance(_bare(field.widget), forms.CheckboxInput):
        return ["on"] if value else []
    return _normal(value if isinstance(value, list | tuple) else [value])


def _bare(widget):
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _normal(values):
    texts = (str("" if value is None else value).replace("\r\n", "\n").strip() for value in values)
    return [text for text in texts if text]


def in_words(field, texts):
    """Texts as a person reads them: names for ids, words for codes."""
    if isinstance(field, forms.ModelChoiceField):
        keys = [text for text in texts if text.isdecimal()]
        return "、".join(str(found) for found in field.queryset.filter(pk__in=keys))
    if isinstance(field, forms.BooleanField):
        return WORDS[bool(texts)]
    words = _choice_words(field)
    return "、".join(words.get(text, text) for text in texts)


def _choice_words(field):
    """The words of a field's choices, those within groups too."""
    words = {}
    for code, word in getattr(field.widget, "choices", ()):
        words |= (
            {str(inner): str(name) for inner, name in word}
            if isinstance(word, list | tuple)
            else {str(code): str(word)}
        )
    return words


def state_of(form, formsets) -> dict[tuple[str, str, str], list[str]]:
    """The state of a stored object: of its own fields, and of each stored row of its formsets."""
    state = {("", "", name): stored_texts(form, name) for name in fields_of(form)}
    for formset in formsets:
        for row in formset.initial_forms:
            key = str(row.instance.pk)
            state |= {(formset.prefix, key, name): stored_texts(row, name) for name in row_fields(formset)}
    return state


def row_fields(formset):
    """The fields of one row but those by which Django tells which row it is and whether it goes."""
    own = {formset.model._meta.pk.name, formset.fk.name, "DELETE", "ORDER"}
    return {name: field for name, field in fields_of(formset.empty_form).items() if name not in own}
