"""Mixins of the office's forms: nothing typed is lost, nothing is saved twice or over somebody else's save."""

from calculators.admin_forms.autosave import AutosaveMixin
from calculators.admin_forms.collision_page import CollisionMixin

__all__ = ["AutosaveMixin", "CollisionMixin", "OfficeForm"]


class OfficeForm(AutosaveMixin, CollisionMixin):
    """The first base of a ModelAdmin, before whatever else takes part in its change form."""
