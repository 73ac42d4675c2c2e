"""A form that is shown with what was posted, and not saved: its text is restored, or somebody else saved meanwhile."""

from django.core.exceptions import ValidationError


class RefusalMixin:
    """Where `request.refusal` is a sentence, the form of this request is not valid and says it."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (RefusedForm, form), {"refusal": refusal}) if refusal else form


class RefusedForm:
    refusal = ""

    def clean(self):
        super().clean()
        raise ValidationError(self.refusal)
