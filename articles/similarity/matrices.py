"""Profiles as sparse rows in plain arrays: a row a text, terms in 32 bits and weights in 16, so that a dot product is a cosine.

A row of one text is a query: its weights are exact. Many rows are packed (`PackedRows`), with the postings of their heavy terms.
Arrays are never changed once made, so processes that fork share them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from articles.similarity.profile import Terms

FOLDED = 1024
POSTINGS_AT_ONCE = 1_000_000
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
        where = np.arange(starts[-1])
        where += np.repeat(firsts - starts[:-1], lengths)
        return type(self)(starts, self.terms.take(where), self.weights.take(where), self.width)

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
        return self._sums(column.take(self.terms) * self.weights)

    def squares(self) -> np.ndarray:
        """Of each row the sum of its squares."""
        return self._sums(self.weights * self.weights)

    def owners(self) -> np.ndarray:
        """Of each term the row."""
        return np.repeat(np.arange(len(self), dtype=np.uint32), np.diff(self.starts))

    def _sums(self, products: np.ndarray) -> np.ndarray:
        firsts = self.starts[:-1]
        is_filled = self.starts[1:] > firsts
        if is_filled.all():
            return np.add.reduceat(products, firsts) if len(self) else products
        sums = np.zeros(len(self), np.float32)
        filled = np.flatnonzero(is_filled)
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
        begins, ends = self.starts[terms].tolist(), self.starts[terms + 1].tolist()
        size, done = sum(ends) - sum(begins), 0
        # As bincount wants them, so that it copies neither.
        rows, shared = np.empty(size, np.intp), np.empty(size, np.float64)
        for begin, end, weight in zip(begins, ends, weights.tolist(), strict=True):
            part = slice(done, done + end - begin)
            rows[part] = self.rows[begin:end]
            np.multiply(self.weights[begin:end], weight, out=shared[part])
            done = part.stop
        return np.bincount(rows, shared, minlength=count)


class PackedRows:
    """Many rows, packed. They come in parts, and arrays grow where they are, so that none is in memory twice."""

    def __init__(self) -> None:
        self._starts = np.zeros(1, np.int64)
        self._terms, self._weights = np.empty(0, np.uint32), np.empty(0, np.uint16)
        self.packed = SparseRows(self._starts, self._terms, self._weights, 0)

    def add(self, part: SparseRows) -> None:
        """These rows, packed, below those that are here. Whoever took rows before must have let go of them."""
        rows, size = len(self.packed), len(self._terms)
        del self.packed
        for array, more in (
            (self._starts, len(part)),
            (self._terms, len(part.terms)),
            (self._weights, len(part.terms)),
        ):
            array.resize(len(array) + more, refcheck=False)
        self._starts[rows + 1 :] = part.starts[1:] + size
        self._terms[size:], self._weights[size:] = part.terms, part.weights
        self.packed = SparseRows(self._starts, self._terms, self._weights, part.width)

    def take(self, places: np.ndarray) -> SparseRows:
        return self.packed.take(places).unpacked()

    def postings(self, least: float) -> Postings:
        """Of terms that weigh at least so much in a text, put together some columns at a time, which bounds the memory."""
        is_heavy = self.packed.weights >= least / UNIT
        found_in = np.bincount(self.packed.terms[is_heavy], minlength=self.packed.width)
        starts = np.concatenate([[0], np.cumsum(found_in)])
        rows, weights = np.empty(starts[-1], np.uint32), np.empty(starts[-1], np.uint16)
        bounds = np.searchsorted(starts, np.arange(POSTINGS_AT_ONCE, starts[-1], POSTINGS_AT_ONCE))
        for first, end in pairwise([0, *bounds.tolist(), self.packed.width]):
            where = np.flatnonzero(is_heavy & (self.packed.terms >= first) & (self.packed.terms < end))
            where = where[np.argsort(self.packed.terms[where], kind="stable")]
            part = slice(starts[first], starts[end])
            rows[part] = np.searchsorted(self.packed.starts, where, side="right") - 1
            weights[part] = self.packed.weights[where]
        return Postings(starts, rows, weights)


class TermFrequencies:
    """In how many texts each term occurs, gathered from some of them at a time."""

    def __init__(self) -> None:
        self.texts = 0
        self.ids, self.found_in = np.empty(0, np.uint32), np.empty(0, np.int64)

    def add(self, rows: Sequence[np.ndarray]) -> None:
        """`rows` are the numbers of the terms of each text."""
        self.texts += len(rows)
        some, found_in = np.unique(_joined(rows, np.uint32), return_counts=True)
        ids, places = np.unique(np.concatenate([self.ids, some]), return_inverse=True)
        both = np.concatenate([self.found_in, found_in])
        self.ids, self.found_in = ids, np.bincount(places, both, minlength=len(ids)).astype(np.int64)


class Vocabulary:
    """The terms that at least `least` of the texts have, ascending, each with the weight of its rarity."""

    def __init__(self, frequencies: TermFrequencies, least: int = 1):
        known = frequencies.found_in >= least
        self.ids = frequencies.ids[known]
        self.weights = np.log((frequencies.texts + 1) / (frequencies.found_in[known] + 0.5)).astype(np.float32)

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
