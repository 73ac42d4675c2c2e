"""The public articles in the memory of one process: an index that follows the stored profiles.

Whoever asks for it gets it as the database stands now: stored digests are compared with those in memory
and what differs is read. So it does not matter which process made a change, nor in which order they came.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from django.utils import timezone

from articles.models import Article, ArticleProfile
from articles.related.places import PlacesInTitles, named_in
from articles.related.rules import Areas
from articles.related.topic_filter import is_in_field
from articles.similarity.index import Index, Match
from articles.similarity.profile import PROFILE_VERSION, Profile
from calculators.models import PoolingArea
from calculators.models.area import NATION_CODE

PROFILES_AT_ONCE = 500
# So few articles are indexed anew at every change; of more, when a twentieth has changed since.
FEW_ARTICLES, CHANGED_PART = 500, 0.05


class StoredProfiles:
    """Profiles as the database has them, read some at a time, anew each time they are gone through."""

    def __init__(self, keys: Sequence[int]):
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    def items(self) -> Iterator[tuple[int, Profile]]:
        """Without those that are gone since."""
        for start in range(0, len(self._keys), PROFILES_AT_ONCE):
            some = self._keys[start : start + PROFILES_AT_ONCE]
            rows = ArticleProfile.objects.filter(pk__in=some, profile__isnull=False)
            for pk, stored in rows.values_list("pk", "profile"):
                yield pk, Profile.from_bytes(bytes(stored))


@dataclass
class Standing:
    """Never changed once made.

    `filed` has the area of each article, `outside` those not of the field, `placed` those whose titles name places.
    """

    index: Index
    digests: Mapping[int, int]
    filed: Mapping[int, int | None]
    outside: frozenset[int]
    placed: PlacesInTitles
    areas: Areas
    changes: int = 0
    _barred: dict = field(default_factory=dict)

    def area(self, pk: int | None) -> int | None:
        """The area with this id; None for the nation, as for no area."""
        return pk if pk in self.areas.parents else None

    def nearest(self, profile: Profile, area: int | None, most: int, without: Collection[int] = ()) -> list[Match]:
        """What may be listed beside an article with this profile and area, best first."""
        fitting = self.areas.fitting(area)
        home = named_in(profile).names | self.areas.named(fitting or ())
        others = frozenset() if fitting is None else self.areas.named(self.areas.parents) - home
        elsewhere = self.placed.elsewhere(home, others)
        barred = [self._barred_for(area, is_in_field(profile)), elsewhere, np.array(list(without), np.int64)]
        return self.index.nearest(profile, most, np.concatenate(barred))

    def _barred_for(self, area, of_field):
        """The keys of what never stands beside an article of this area, of the field or not."""
        if (area, of_field) not in self._barred:
            fitting = self.areas.fitting(area)
            barred = [
                key
                for key, place in self.filed.items()
                if (of_field and key in self.outside) or not (fitting is None or place is None or place in fitting)
            ]
            self._barred[area, of_field] = np.array(barred, np.int64)
        return self._barred[area, of_field]


_lock = Lock()
_kept: Standing | None = None


def standing() -> Standing:
    """All public articles as they stand now."""
    global _kept
    with _lock:
        _kept = _followed(_kept)
        return _kept


def kept() -> Standing:
    """The same as it was last asked for, without asking the database whether it still is so."""
    return _kept or standing()


def areas_now() -> Areas:
    """Every local area; the nation stands for all and is left out."""
    rows = PoolingArea.objects.local().values_list("pk", "parent", "parent__code", "short_name")
    parents = {pk: None if code == NATION_CODE else parent for pk, parent, code, _ in rows}
    return Areas(parents, {pk: name for pk, _, _, name in rows})


def _followed(known):
    areas, digests, filed = areas_now(), {}, {}
    for pk, digest, area in _stored().values_list("pk", "digest", "article__area"):
        digests[pk] = digest
        filed[pk] = area if area in areas.parents else None
    before = known.digests if known else {}
    changed = [pk for pk, digest in digests.items() if before.get(pk) != digest]
    gone = before.keys() - digests.keys()
    changes = (known.changes if known else 0) + len(changed) + len(gone)
    if known and not changed and not gone:
        return Standing(known.index, digests, filed, known.outside, known.placed, areas, changes=known.changes)
    if known is None or len(digests) < FEW_ARTICLES or changes > CHANGED_PART * len(digests):
        known = None  # its memory is needed for the next one
        return _made_anew(digests, filed, areas)
    profiles = dict(StoredProfiles(changed).items())
    outside = known.outside - gone - profiles.keys() | _outside(profiles)
    placed = known.placed.changed(profiles, gone)
    return Standing(known.index.changed(profiles, gone), digests, filed, outside, placed, areas, changes=changes)


def _made_anew(digests, filed, areas):
    global _kept
    _kept = None
    profiles = StoredProfiles(list(digests))
    outside, named = set(), {}
    for pk, profile in profiles.items():
        if not is_in_field(profile):
            outside.add(pk)
        if (places := named_in(profile)).names:
            named[pk] = places
    return Standing(Index(profiles), digests, filed, frozenset(outside), PlacesInTitles(named), areas)


def _stored():
    public = Article.public_at(timezone.now(), prefix="article__")
    return ArticleProfile.objects.filter(public, version=PROFILE_VERSION, profile__isnull=False)


def _outside(profiles):
    return frozenset(pk for pk, profile in profiles.items() if not is_in_field(profile))
