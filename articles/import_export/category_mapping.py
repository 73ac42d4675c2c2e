"""栏目 that an imported file names and the site does not have: each becomes one of ours, or is made, as the importer chooses."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from articles.models import Category
from calculators.common.names import canonical_name, identity

NEW_CATEGORY = "new"


class CategoryMapping:
    """`chosen` says what becomes of a name: the key of a category, or NEW_CATEGORY. `unknown` are the names without a choice."""

    def __init__(self, chosen: Mapping[str, str] | None = None, *, may_add: bool = False):
        self._chosen = {name: choice for name, choice in (chosen or {}).items() if choice}
        self._may_add = may_add
        self._made: dict[str, Category] = {}
        self.unknown: dict[str, None] = {}

    def find(self, name: str) -> Category | None:
        """The category of this name, or the one that was chosen for it; else the name is remembered as unknown."""
        found = self._of_that_name(name) or self._made.get(name) or self._chosen_for(name)
        if found is None and self._chosen.get(name) != NEW_CATEGORY:
            self.unknown[name] = None
        return found

    def make(self, name: str) -> list[str]:
        """Store the category where that was chosen and there is none yet; sentences where it cannot be."""
        if self._chosen.get(name) != NEW_CATEGORY or name in self._made or self._of_that_name(name):
            return []
        if not self._may_add:
            return [f"你没有新建栏目的权限：“{name}”。"]
        category = Category(name=canonical_name(name))
        try:
            category.full_clean()
        except ValidationError as error:
            return [f"不能新建栏目“{name}”：{' '.join(error.messages)}"]
        category.save()
        self._made[name] = category
        return []

    def _chosen_for(self, name):
        key = self._chosen.get(name, "")
        return Category.objects.filter(pk=key).first() if key.isdecimal() else None

    @staticmethod
    def _of_that_name(name):
        """However it is cased and spaced."""
        if not name:
            return None
        found = Category.objects.filter(name=name).first()
        return found or next((one for one in Category.objects.all() if identity(one.name) == identity(name)), None)
