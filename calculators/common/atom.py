"""Atom feeds that stay well-formed whatever an old row holds."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed

from calculators.common.characters import clean_within


class AtomFeed(Atom1Feed):
    """Django's writer refuses the whole feed for one control character and passes on characters that no XML may hold."""

    def __init__(self, **told: Any):
        super().__init__(**clean_within(told))

    def add_item(self, *parts: Any, **told: Any) -> None:
        super().add_item(*clean_within(parts), **clean_within(told))
