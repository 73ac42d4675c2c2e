"""Profiles as sparse matrices: a row a text, a column a term, weighted so that a dot product is a cosine."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from articles.similarity.profile import Terms


class Vocabulary:
    """The terms that at least `least` of `rows` have, ascending, each with the weight of its rarity."""

    def __init__(self, rows: Sequence[np.ndarray], least: int = 1):
        """`rows` are the numbers of the terms of each text."""
        ids, found_in = np.unique(_joined(rows, np.uint32), return_counts=True)
        known = found_in >= least
        self.ids = ids[known]
        self.weights = np.log((len(rows) + 1) / (found_in[known] + 0.5)).astype(np.float32)

    def counts(self, rows: Sequence[Terms]) -> sparse.csr_array:
        """How often each known term occurs in each of `rows`; unknown terms are left out."""
        ids = _joined([terms.ids for terms in rows], np.uint32)
        counts = _joined([terms.counts for terms in rows], np.float32)
        columns = np.searchsorted(self.ids, ids).astype(np.int32)
        known = np.append(self.ids, 0)[columns] == ids
        before = np.concatenate([[0], np.cumsum(known)])
        starts = before[np.cumsum([0, *(len(terms.ids) for terms in rows)])].astype(np.int32)
        return sparse.csr_array((counts[known], columns[known], starts), shape=(len(rows), len(self.ids)))

    def cosines(self, rows: Sequence[Terms]) -> sparse.csr_array:
        """Rows of length one, by the logarithm of the count and the rarity of the term."""
        matrix = self.counts(rows)
        matrix.data = (1 + np.log(matrix.data)) * self.weights[matrix.indices]
        lengths = np.sqrt(matrix.power(2).sum(axis=1))
        matrix.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(matrix.indptr)).astype(np.float32)
        return matrix

    def masses(self, rows: Sequence[Terms]) -> sparse.csr_array:
        """The root of each term's weight: a dot product is the weight that two rows share."""
        matrix = self.counts(rows)
        matrix.data = np.sqrt(self.weights[matrix.indices])
        return matrix


def without_slight(matrix: sparse.csr_array, least: float) -> sparse.csr_array:
    """Only the values of at least `least`."""
    kept = np.flatnonzero(matrix.data >= least)
    starts = np.searchsorted(kept, matrix.indptr).astype(matrix.indptr.dtype)
    return sparse.csr_array((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)


def heaviest(row: sparse.csr_array, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The columns and values of the `most` heaviest terms of a one-row matrix."""
    if row.nnz <= most:
        return row.indices, row.data
    best = np.argpartition(row.data, -most)[-most:]
    return row.indices[best], row.data[best]


def _joined(parts: Sequence[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype), *parts]).astype(dtype, copy=False)
