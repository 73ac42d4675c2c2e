"""All profiles together, and the list of those nearest to any one of them.

An index never changes: a change makes another one that shares the statistics of the first, so that a
reader in another thread is never disturbed. Words that nobody used when the statistics were made count
for nothing until an index is built anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np
from scipy import sparse

from articles.similarity.features import FEATURES, Rows, features
from articles.similarity.matrices import Vocabulary, heaviest, without_slight
from articles.similarity.profile import Profile
from articles.similarity.weights import weights_for

# How many texts each way of looking brings in to be compared closely.
RECALLED = {"text": 150, "title": 150, "topic": 150}
RECALLED_BY_MEANING = 150
# Looking by the rarest words alone costs a fraction and misses next to nothing.
LOOKED_UP = 24
BLOCK = 5000
# So few texts are all compared closely.
FEW_ARTICLES = 500
# A word that makes up so little of a text does not bring it in.
SLIGHT_WEIGHT = 0.06
# The same text again, never listed beside itself.
SAME_TEXT_LIKENESS = 0.98
# Texts this alike say the same; a list shows so many of them.
NEAR_DUPLICATE_LIKENESS, NEAR_DUPLICATES_SHOWN = 0.9, 2


def stacked(blocks: list[Rows]) -> Rows:
    """One below the other; `blocks` are used up, so that nothing is in memory twice."""
    return {name: _below([rows.pop(name) for rows in blocks]) for name in list(blocks[0])}


def _below(parts: Sequence[sparse.csr_array | np.ndarray]) -> sparse.csr_array | np.ndarray:
    return np.vstack(parts) if isinstance(parts[0], np.ndarray) else sparse.vstack(parts, "csr")


@dataclass(frozen=True)
class Match:
    """The `key` of a text; its `score`, comparable within one list only; how alike the words are, 0 to 1."""

    key: int
    score: float
    likeness: float


class Index:
    def __init__(self, profiles: Mapping[int, Profile]):
        """`profiles` may be StoredProfiles: they are gone through twice, and never all in memory."""
        terms: dict[str, list[np.ndarray]] = {"text": [], "tags": [], "kinds": [], "topic": []}
        self._dimensions = 0
        for profile in profiles.values():
            for name, ids in terms.items():
                ids.append(getattr(profile, name).ids)
            self._dimensions = max(self._dimensions, 0 if profile.meaning is None else len(profile.meaning))
        # A word that only one text has joins nothing. Of few texts it is kept: it may be all that tells them apart.
        least = {"text": 2 if len(profiles) > FEW_ARTICLES else 1}
        known = {name: Vocabulary(ids, least.get(name, 1)) for name, ids in terms.items()}
        self._vocabularies = known | {"title": known["text"]}
        self._fill(np.array(list(profiles), np.int64), self._encoded(profiles.values()))

    def __len__(self) -> int:
        return len(self.keys)

    def changed(self, profiles: Mapping[int, Profile], without: Iterable[int] = ()) -> Self:
        """This index with `profiles` put in, in place of those of the same keys, and `without` left out."""
        kept = np.flatnonzero(~np.isin(self.keys, [*profiles, *without]))
        keys = np.concatenate([self.keys[kept], np.array(list(profiles), np.int64)])
        added = self._encoded(profiles.values())
        index = object.__new__(type(self))
        index._vocabularies, index._dimensions = self._vocabularies, self._dimensions
        index._fill(keys, stacked([{name: rows[kept] for name, rows in self._rows.items()}, added]))
        return index

    def nearest(self, profile: Profile, most: int = 10, without: Iterable[int] = ()) -> list[Match]:
        """The `most` best matches for `profile`, best first, leaving out the keys in `without`."""
        query = self._encoded([profile])
        weights = weights_for(profile)
        if not weights[FEATURES.index("meaning")]:
            query["meaning"] = np.zeros_like(query["meaning"])
        found = self._recalled(query, np.isin(self.keys, np.fromiter(without, np.int64)))
        measures = features(query, {name: rows[found] for name, rows in self._rows.items()})
        likeness = measures[:, 0]
        scores = np.where((likeness > 0) & (likeness < SAME_TEXT_LIKENESS), measures @ weights, -1)
        best = np.argsort(-scores, kind="stable")
        best = self._varied(found, best[scores[best] >= 0], most)
        return [Match(int(self.keys[found[i]]), float(scores[i]), float(measures[i, 0])) for i in best]

    def _fill(self, keys: np.ndarray, rows: Rows) -> None:
        self.keys, self._rows = keys, rows
        self._columns = {name: without_slight(rows[name], SLIGHT_WEIGHT).tocsc() for name in RECALLED}

    def _encoded(self, profiles: Iterable[Profile]) -> Rows:
        """The rows of `profiles`, made in blocks to bound the memory that making them takes."""
        coming = iter(profiles)
        blocks = [self._block(list(islice(coming, BLOCK)))]
        while block := list(islice(coming, BLOCK)):
            blocks.append(self._block(block))
        return stacked(blocks) if len(blocks) > 1 else blocks[0]

    def _block(self, profiles: Sequence[Profile]) -> Rows:
        known = self._vocabularies
        terms = {name: [getattr(profile, name) for profile in profiles] for name in known}
        weigh = {name: known[name].masses if name == "topic" else known[name].cosines for name in known}
        return {name: weigh[name](terms[name]) for name in known} | {"meaning": self._meanings(profiles)}

    def _meanings(self, profiles: Sequence[Profile]) -> np.ndarray:
        """A row a text; nothing but zeros where there is no vector, no columns where no text had one."""
        rows = np.zeros((len(profiles), self._dimensions), np.float32)
        for row, profile in zip(rows, profiles, strict=True):
            if profile.meaning is not None and self._dimensions:
                row[:] = profile.meaning
        return rows

    def _recalled(self, query: Rows, barred: np.ndarray) -> np.ndarray:
        """The places of texts worth comparing closely, ascending; those `barred` make room for others."""
        if len(self.keys) <= FEW_ARTICLES:
            return np.flatnonzero(~barred)
        found = [self._best(self._met(name, query[name]), most, barred) for name, most in RECALLED.items()]
        if query["meaning"].any():
            found.append(self._best(self._rows["meaning"] @ query["meaning"][0], RECALLED_BY_MEANING, barred))
        return np.unique(np.concatenate(found))

    def _met(self, name: str, query: sparse.csr_array) -> np.ndarray:
        terms, weights = heaviest(query, LOOKED_UP)
        met: np.ndarray = self._columns[name][:, terms] @ weights
        return met

    @staticmethod
    def _best(scores: np.ndarray, most: int, barred: np.ndarray) -> np.ndarray:
        scores[barred] = 0
        met = np.flatnonzero(scores)
        return met if len(met) <= most else met[np.argpartition(-scores[met], most)[:most]]

    def _varied(self, found: np.ndarray, best: np.ndarray, most: int) -> np.ndarray:
        """The first of `best` that leave no text said more than NEAR_DUPLICATES_SHOWN times; of few alike a short look is enough."""
        for looked_at in (best[: most + most // 2], best[: 3 * most]):
            kept: np.ndarray = looked_at[self._unlike(found[looked_at])][:most]
            if len(kept) == most:
                break
        return kept

    def _unlike(self, places: np.ndarray) -> np.ndarray:
        texts = self._rows["text"][places]
        alike = (texts @ texts.T).toarray() >= NEAR_DUPLICATE_LIKENESS
        kept = np.zeros(len(places), bool)
        for i in range(len(places)):
            kept[i] = alike[i, kept].sum() < NEAR_DUPLICATES_SHOWN
        return kept
