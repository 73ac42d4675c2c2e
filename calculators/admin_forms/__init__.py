"""Mixins of the office's forms: nothing typed is lost, nothing is saved twice or over somebody else's save."""

from calculators.admin_forms.autosave import AutosaveMixin
from calculators.admin_forms.collision_page import CollisionMixin
from calculators.admin_forms.deletion import DeletionMixin
from calculators.admin_forms.help_links import HelpLinksMixin
from calculators.admin_forms.list_form import ListFormMixin
from calculators.admin_forms.view_only import ViewOnlyMixin

__all__ = ["AutosaveMixin", "CollisionMixin", "DeletionMixin", "HelpLinksMixin", "ListFormMixin", "OfficeForm"]


class OfficeForm(HelpLinksMixin, ViewOnlyMixin, AutosaveMixin, CollisionMixin, DeletionMixin, ListFormMixin):
    """The first base of a ModelAdmin, before whatever else takes part in its change form."""

    def kept_again(self, request, posted, obj):
        return posted | self.opened_with_again(request, posted, obj)
