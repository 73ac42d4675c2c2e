"""Choices of the article form without the stock admin's pencil, plus and cross: what is chosen is kept on pages of its own."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper


class PlainChoicesMixin:
    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            for what in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{what}_related", False)
        return field
