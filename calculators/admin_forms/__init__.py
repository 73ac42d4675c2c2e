"""What the forms of the office share: nothing typed is lost, and nothing is saved twice."""

from calculators.admin_forms.autosave import AutosaveMixin

__all__ = ["AutosaveMixin", "OfficeForm"]


class OfficeForm(AutosaveMixin):
    """The first base of a ModelAdmin, before whatever else takes part in its change form."""
