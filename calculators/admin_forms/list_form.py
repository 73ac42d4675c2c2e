"""Lists that are edited in place: a row nobody touched is not saved back over what another person saved meanwhile."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS


class ListRowForm(forms.ModelForm):
    """A row of a list. What the model finds wrong with a field that the list does not show is told above the row's boxes."""

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            for name in set(errors.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(errors.error_dict.pop(name))
        super()._update_errors(errors)


class ListFormMixin:
    def get_ordering(self, request):
        """The model's order said aloud: a queryset that counts rows forgets it, and choosers page through what is left."""
        return super().get_ordering(request) or self.model._meta.ordering

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **{"form": ListRowForm, **kwargs})

    def get_changelist_formset(self, request, **kwargs):
        """Each box carries what it showed: changed is what a person changed, not what differs from the stored row by now."""

        def box(field, **options):
            made = self.formfield_for_dbfield(field, request=request, **options)
            if made is not None:
                made.show_hidden_initial = True
            return made

        return super().get_changelist_formset(request, formfield_callback=box, **kwargs)
