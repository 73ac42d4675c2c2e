"""Place names in titles: a title about a place belongs to it, whatever area it is filed under (柳州医保中心电话)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from articles.similarity.profile import Profile

MAX_ANSWERS = 64  # answers kept for articles at home in the same places


@dataclass(frozen=True)
class Places:
    """The numbers of the places that a title names, and whether it tells how to reach an office there."""

    names: frozenset[int]
    contact: bool


def named_in(profile: Profile) -> Places:
    return Places(frozenset(profile.places.ids.tolist()), profile.contact)


class PlacesInTitles:
    """The articles whose titles name places, by their keys; never changed once made."""

    def __init__(self, named: Mapping[int, Places]):
        self._named = named
        self._contact = [key for key, places in named.items() if places.contact]
        self._by_name = {}
        self._answers = {}
        for key, places in named.items():
            for name in places.names:
                self._by_name.setdefault(name, []).append(key)

    def changed(self, profiles: Mapping[int, Profile], gone: Collection[int] = ()) -> Self:
        kept = {key: places for key, places in self._named.items() if key not in profiles and key not in gone}
        found = {key: named_in(profile) for key, profile in profiles.items()}
        return type(self)(kept | {key: places for key, places in found.items() if places.names})

    def elsewhere(self, home: frozenset[int], others: frozenset[int]) -> np.ndarray:
        """The keys of what stays away from an article at home in the places `home`.

        That is what names none of these but one of `others`, and telephone numbers of any place at all.
        """
        if (home, others) not in self._answers:
            away = [*self._contact, *self._naming(others)]
            if len(self._answers) >= MAX_ANSWERS:
                self._answers.clear()
            self._answers[home, others] = np.setdiff1d(np.array(away, np.int64), self._naming(home))
        return self._answers[home, others]

    def _naming(self, names):
        return [key for name in names for key in self._by_name.get(name, ())]
