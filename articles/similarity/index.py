"""All profiles together, and the list of those nearest to any one of them.

An index never changes: a change makes another one that shares texts and statistics with the first, so that a
reader in another thread is never disturbed. Words that nobody used when the statistics were made count
for nothing until an index is built anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from articles.similarity.features import FEATURES, TextRows, features
from articles.similarity.matrices import SparseRows, TermFrequencies, Vocabulary, alike_rows, heaviest
from articles.similarity.profile import Profile
from articles.similarity.texts import IndexedTexts, ProfileEncoder, in_blocks, packed, together
from articles.similarity.weights import weights_for

# How many texts each way of looking brings in to be compared closely.
RECALLED = {"text": 150, "title": 150, "topic": 150}
RECALLED_BY_MEANING = 150
# Looking by the rarest words alone costs a fraction and misses next to nothing.
LOOKED_UP = 24
# So few texts are all compared closely.
FEW_ARTICLES = 500
SAMPLE_SIZE, MIN_SAMPLED = 4096, 8  # scores looked at to see how high the best are
# The same text again, never listed beside itself.
SAME_TEXT_LIKENESS = 0.98
# Texts this alike say the same; a list shows so many of them.
NEAR_DUPLICATE_LIKENESS, NEAR_DUPLICATES_SHOWN = 0.9, 2


@dataclass(frozen=True)
class Match:
    """The `key` of a text; its `score`, comparable within one list only; how alike the words are, 0 to 1."""

    key: int
    score: float
    likeness: float


class ProfileSource(Protocol):
    """Profiles by their keys that are read each time they are gone through."""

    def __len__(self) -> int: ...

    def items(self) -> Iterable[tuple[int, Profile]]: ...


class Index:
    def __init__(self, profiles: "Mapping[int, Profile] | ProfileSource"):
        """`profiles` are gone through twice, a block at a time, so those of a database need not be all in memory.

        What the second time finds makes the index: somebody may have written in between.
        """
        frequencies = {name: TermFrequencies() for name in ("text", "tags", "kinds", "topic")}
        dimensions = 0
        for block in in_blocks(profile for _, profile in profiles.items()):
            for name, counted in frequencies.items():
                counted.add([getattr(profile, name).ids for profile in block])
            dimensions = max(dimensions, *(0 if profile.meaning is None else len(profile.meaning) for profile in block))
        # A word that only one text has joins nothing. Of few texts it is kept: it may be all that tells them apart.
        least = {"text": 2 if len(profiles) > FEW_ARTICLES else 1}
        known = {name: Vocabulary(counted, least.get(name, 1)) for name, counted in frequencies.items()}
        self._encoder = ProfileEncoder(known, dimensions)
        keys: list[int] = []
        self._base = IndexedTexts(self._encoder.blocks(_noting(profiles.items(), keys)))
        self._added = IndexedTexts(self._encoder.blocks([]))
        self._fill(np.array(keys, np.int64), np.ones(len(keys), bool))

    def __len__(self) -> int:
        return len(self._sorted)

    def changed(self, profiles: Mapping[int, Profile], without: Iterable[int] = ()) -> Self:
        """This index with `profiles` put in, in place of those of the same keys, and `without` left out.

        What it was built of is shared: only what was put in since is put together anew.
        """
        alive = self._alive.copy()
        alive[self._places([*profiles, *without])] = False
        size = len(self._base)
        kept = np.flatnonzero(alive[size:])
        index = object.__new__(type(self))
        index._encoder, index._base = self._encoder, self._base
        index._added = IndexedTexts([packed(self._added.take(kept)), *self._encoder.blocks(profiles.values())])
        keys = [self.keys[:size], self.keys[size:][kept], np.array(list(profiles), np.int64)]
        index._fill(np.concatenate(keys), np.append(alive[:size], np.ones(len(kept) + len(profiles), bool)))
        return index

    def nearest(self, profile: Profile, most: int = 10, without: Iterable[int] = ()) -> list[Match]:
        """The `most` best matches for `profile`, best first, leaving out the keys in `without`."""
        weights = weights_for(profile)
        query = self._encoder.query(profile, has_meaning=bool(weights[FEATURES.index("meaning")]))
        open_to = self._alive.copy()
        open_to[self._places(without)] = False
        found = self._recalled(query, open_to)
        rows = self._taken(found)
        measures = features(query, rows, weights)
        likeness = measures[:, 0]
        scores = np.where((likeness > 0) & (likeness < SAME_TEXT_LIKENESS), measures @ weights, -1)
        best = np.argsort(-scores, kind="stable")
        best = _varied(rows.text, best[scores[best] >= 0], most)
        return [Match(int(self.keys[found[i]]), float(scores[i]), float(likeness[i])) for i in best]

    def _fill(self, keys: np.ndarray, alive: np.ndarray) -> None:
        """The keys of the texts built upon and of those added; those that are not `alive` went, or were replaced."""
        self.keys, self._alive = keys, alive
        there = np.flatnonzero(alive)
        self._order = there[np.argsort(keys[there])]
        self._sorted = keys[self._order]

    def _places(self, keys: Iterable[int] | np.ndarray) -> np.ndarray:
        """Where the texts with these keys stand; nothing for keys that are not here."""
        wanted = np.asarray(keys if isinstance(keys, np.ndarray) else list(keys), np.int64)
        if not len(self._sorted):
            return np.empty(0, np.int64)
        near = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        places: np.ndarray = self._order[near[self._sorted[near] == wanted]]
        return places

    def _taken(self, places: np.ndarray) -> TextRows:
        """The texts at these places, ascending."""
        size = len(self._base)
        own, added = places[places < size], places[places >= size] - size
        return together([self._base.take(own), self._added.take(added)]) if len(added) else self._base.take(own)

    def _recalled(self, query: TextRows, open_to: np.ndarray) -> np.ndarray:
        """The places of texts worth comparing closely, ascending, of those `open_to` the query."""
        if len(self) <= FEW_ARTICLES:
            return np.flatnonzero(open_to)
        found = [best_places(self._met(name, query), most, open_to) for name, most in RECALLED.items()]
        if query.meaning.any():
            met = np.concatenate([texts.meaning @ query.meaning[0] for texts in (self._base, self._added)])
            found.append(best_places(met, RECALLED_BY_MEANING, open_to))
        return np.unique(np.concatenate(found))

    def _met(self, name: str, query: TextRows) -> np.ndarray:
        terms, weights = heaviest(getattr(query, name), LOOKED_UP)
        met = [
            texts.postings[name].met(terms, weights, len(texts)) for texts in (self._base, self._added) if len(texts)
        ]
        return met[0] if len(met) == 1 else np.concatenate(met)


def _noting(items: Iterable[tuple[int, Profile]], keys: list[int]) -> Iterator[Profile]:
    """The profiles, while their keys are added to `keys`."""
    for key, profile in items:
        keys.append(key)
        yield profile


def best_places(scores: np.ndarray, most: int, open_to: np.ndarray) -> np.ndarray:
    """The places of the `most` highest scores above 0 among those `open_to` the query.

    A sample says how high they are, so that few of many are looked at; where too few of these are open, all are.
    """
    apart = len(scores) // SAMPLE_SIZE
    sampled = 2 * most // max(apart, 1) + MIN_SAMPLED  # of the sample: of all they are about twice as many as wanted
    sample = scores[::apart][scores[::apart] > 0] if apart > 1 else scores[:0]
    least = np.partition(sample, -sampled)[-sampled] if len(sample) > sampled else 0
    met = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores)
    met = met[open_to[met]]
    if least > 0 and len(met) < most:
        met = np.flatnonzero((scores > 0) & open_to)
    found = -scores[met]
    return met if len(met) <= most else met[np.argpartition(found, most)[:most]]


def _varied(texts: SparseRows, best: np.ndarray, most: int) -> np.ndarray:
    """The first of `best` that leave no text said more than NEAR_DUPLICATES_SHOWN times; of few alike a short look is enough."""
    for looked_at in (best[: most + most // 2], best[: 3 * most]):
        kept: np.ndarray = looked_at[_unlike(texts.take(looked_at))][:most]
        if len(kept) == most:
            break
    return kept


def _unlike(texts: SparseRows) -> np.ndarray:
    alike = alike_rows(texts, NEAR_DUPLICATE_LIKENESS)
    kept = np.ones(len(texts), bool)
    for i in np.flatnonzero(alike.sum(axis=1) > NEAR_DUPLICATES_SHOWN):
        kept[i] = alike[i, :i][kept[:i]].sum() < NEAR_DUPLICATES_SHOWN
    return kept
