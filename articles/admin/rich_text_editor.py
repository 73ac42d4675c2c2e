"""The rich-text editor under a strict Content-Security-Policy, with a Chinese menu."""

from django.contrib import messages
from django_prose_editor.fields import ProseEditorFormField
from js_asset import Media

from articles.rich_text import clean


class EditorMixin:
    """The editor's import map is an inline script: it carries the request's nonce."""

    editor_js = ["articles/editor_words.js"]
    editor_css = {"all": ["articles/office.css"]}

    def save_form(self, request, form, change):
        tell_removals(request, form)
        return super().save_form(request, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            tell_removals(request, row)
        super().save_formset(request, form, formset, change)

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)


def tell_removals(request, form) -> None:
    """Say what of the rich text that was posted is not stored."""
    for name, field in form.fields.items():
        if isinstance(field, ProseEditorFormField):
            for note in clean(form.data.get(form.add_prefix(name), "")).notes:
                messages.warning(request, f"{field.label}：{note}")
