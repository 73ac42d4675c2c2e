"""Profiles as sparse rows in plain arrays: a row a text, terms in 32 bits and weights in 16, so that a dot product is a cosine.

A row of one text is a query: its weights are exact. Many rows are packed (`PackedRows`), with the postings of their heavy terms.
Arrays are never changed once made, so processes that fork share them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from articles.similarity.profile import Terms

FOLDED = 1024
# Of a stored weight; the root of the largest rarity of ten million texts is 4.
UNIT = np.float32(4 / np.iinfo(np.uint16).max)


@dataclass(frozen=True)
class SparseRows:
    """Row i has `terms[starts[i]:starts[i + 1]]`, ascending columns below `width`, with their `weights`."""

    starts: np.ndarray
    terms: np.ndarray
    weights: np.ndarray
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        """One below the other."""
        before = np.cumsum([0, *(len(part.terms) for part in parts)])
        starts = [np.zeros(1, np.int64), *(part.starts[1:] + size for part, size in zip(parts, before, strict=False))]
        terms = np.concatenate([part.terms for part in parts])
        weights = np.concatenate([part.weights for part in parts])
        return cls(np.concatenate(starts), terms, weights, parts[0].width)

    def take(self, places: np.ndarray) -> Self:
        """These rows, with their weights as they are kept."""
        firsts, lengths = self.starts[places], self.starts[places + 1] - self.starts[places]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        where = np.repeat(firsts - starts[:-1], lengths) + np.arange(starts[-1])
        return type(self)(starts, self.terms[where], self.weights[where], self.width)

    def packed(self) -> Self:
        """The same with weights as whole numbers of 16 bits, in UNITs."""
        return type(self)(self.starts, self.terms, np.rint(self.weights / UNIT).astype(np.uint16), self.width)

    def unpacked(self) -> Self:
        return type(self)(self.starts, self.terms, self.weights * UNIT, self.width)

    def dense(self) -> np.ndarray:
        """The one row of a query, a number a column."""
        row = np.zeros(self.width, np.float32)
        row[self.terms] = self.weights
        return row

    def dot(self, column: np.ndarray) -> np.ndarray:
        """Of each row what it has in common with `column`."""
        return self._sums(column[self.terms] * self.weights)

    def squares(self) -> np.ndarray:
        """Of each row the sum of its squares."""
        return self._sums(self.weights * self.weights)

    def owners(self) -> np.ndarray:
        """Of each term the row."""
        return np.repeat(np.arange(len(self), dtype=np.uint32), np.diff(self.starts))

    def _sums(self, products: np.ndarray) -> np.ndarray:
        sums = np.zeros(len(self), np.float32)
        filled = np.flatnonzero(self.starts[1:] > self.starts[:-1])
        if len(filled):
            sums[filled] = np.add.reduceat(products, self.starts[filled])
        return sums


@dataclass(frozen=True)
class Postings:
    """Of each column the rows that have it, heavily enough to be found by it, and how much."""

    starts: np.ndarray
    rows: np.ndarray
    weights: np.ndarray

    def met(self, terms: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
        """Of each of `count` rows what it has in common with these terms."""
        spans = [slice(self.starts[term], self.starts[term + 1]) for term in terms.tolist()]
        rows = np.concatenate([np.empty(0, np.uint32), *(self.rows[span] for span in spans)])
        shared = [self.weights[span] * weight for span, weight in zip(spans, weights, strict=True)]
        return np.bincount(rows, np.concatenate([np.empty(0, np.float32), *shared]), minlength=count)


class PackedRows:
    """Many rows, packed."""

    def __init__(self, packed: SparseRows):
        self.packed = packed

    def take(self, places: np.ndarray) -> SparseRows:
        return self.packed.take(places).unpacked()

    def postings(self, least: float) -> Postings:
        """Of terms that weigh at least so much in a text."""
        heavy = np.flatnonzero(self.packed.weights >= least / UNIT)
        terms, rows = self.packed.terms[heavy], self.packed.owners()[heavy]
        order = np.argsort(terms, kind="stable").astype(np.uint32)
        starts = np.searchsorted(terms, np.arange(self.packed.width + 1), sorter=order)
        return Postings(starts, rows[order], self.packed.weights[heavy][order])


class Vocabulary:
    """The terms that at least `least` of `rows` have, ascending, each with the weight of its rarity."""

    def __init__(self, rows: Sequence[np.ndarray], least: int = 1):
        """`rows` are the numbers of the terms of each text."""
        ids, found_in = np.unique(_joined(rows, np.uint32), return_counts=True)
        known = found_in >= least
        self.ids = ids[known]
        self.weights = np.log((len(rows) + 1) / (found_in[known] + 0.5)).astype(np.float32)

    def counts(self, rows: Sequence[Terms]) -> SparseRows:
        """How often each known term occurs in each of `rows`; unknown terms are left out."""
        ids = _joined([terms.ids for terms in rows], np.uint32)
        counts = _joined([terms.counts for terms in rows], np.float32)
        columns = np.searchsorted(self.ids, ids).astype(np.uint32)
        known = np.append(self.ids, 0)[columns] == ids
        before = np.concatenate([[0], np.cumsum(known)])
        starts = before[np.cumsum([0, *(len(terms.ids) for terms in rows)])]
        return SparseRows(starts, columns[known], counts[known], len(self.ids))

    def cosines(self, rows: Sequence[Terms]) -> SparseRows:
        """Rows of length one, by the logarithm of the count and the rarity of the term."""
        found = self.counts(rows)
        weights = (1 + np.log(found.weights)) * self.weights[found.terms]
        weighed = SparseRows(found.starts, found.terms, weights, found.width)
        lengths = np.maximum(np.sqrt(weighed.squares()), np.float32(1e-9))
        return SparseRows(found.starts, found.terms, weights / np.repeat(lengths, np.diff(found.starts)), found.width)

    def masses(self, rows: Sequence[Terms]) -> SparseRows:
        """The root of each term's weight: a dot product is the weight that two rows share."""
        found = self.counts(rows)
        return SparseRows(found.starts, found.terms, np.sqrt(self.weights[found.terms]), found.width)


def alike_rows(rows: SparseRows, least: float) -> np.ndarray:
    """Of each pair of rows whether they have at least so much in common.

    Columns are folded into few first: what pairs have in common there is never less, and most have too little of it.
    """
    count = len(rows)
    owners = rows.owners()
    folded = np.bincount(
        owners.astype(np.int64) * FOLDED + rows.terms % np.uint32(FOLDED), rows.weights, minlength=count * FOLDED
    )
    folded = folded.reshape(count, FOLDED).astype(np.float32)
    alike: np.ndarray = folded @ folded.T >= least
    column = np.zeros(rows.width, np.float32)
    for i in np.flatnonzero(alike.sum(axis=1) > 1):
        own = slice(rows.starts[i], rows.starts[i + 1])
        column[rows.terms[own]] = rows.weights[own]
        alike[i] = rows.dot(column) >= least
        column[rows.terms[own]] = 0
    return alike


def heaviest(query: SparseRows, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The columns and weights of the `most` heaviest terms of a query."""
    if len(query.terms) <= most:
        return query.terms, query.weights
    best = np.argpartition(query.weights, -most)[-most:]
    return query.terms[best], query.weights[best]


def _joined(parts: Sequence[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype), *parts]).astype(dtype, copy=False)
