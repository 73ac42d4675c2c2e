"""Sparse rows against plain tables of numbers: the same sums, whatever is empty, packed within a thousandth."""

import numpy as np
import pytest

from articles.similarity.matrices import PackedRows, SparseRows, TermFrequencies, alike_rows

WIDTH = 3000


def table(seed, count):
    """Rows of up to 40 terms; some have none."""
    chance = np.random.default_rng(seed)
    rows = np.zeros((count, WIDTH), np.float32)
    for row in rows:
        row[chance.integers(0, WIDTH, chance.integers(0, 40))] = chance.random()
    rows[[0, count // 2, -1]] = 0
    return rows


def sparse(rows):
    owners, terms = np.nonzero(rows)
    starts = np.searchsorted(owners, np.arange(len(rows) + 1))
    return SparseRows(starts, terms.astype(np.uint32), rows[owners, terms], rows.shape[1])


@pytest.mark.parametrize("seed", range(3))
def test_rows_taken_stacked_and_met_are_those_of_the_table(seed):
    rows, others = table(seed, 30), table(seed + 10, 20)
    column = np.random.default_rng(seed).random(WIDTH).astype(np.float32)
    both = SparseRows.stacked([sparse(rows[:0]), sparse(rows), sparse(rows[:0]), sparse(others)])
    places = np.array([2, 0, 49, 29, 30])

    assert both.dot(column) == pytest.approx(np.vstack([rows, others]) @ column, rel=1e-4)
    assert both.take(places).dot(column) == pytest.approx(np.vstack([rows, others])[places] @ column, rel=1e-4)
    assert both.squares() == pytest.approx((np.vstack([rows, others]) ** 2).sum(axis=1), rel=1e-4)


def test_stored_rows_and_their_postings_are_those_of_the_table(monkeypatch):
    monkeypatch.setattr("articles.similarity.matrices.POSTINGS_AT_ONCE", 40)
    rows, stored = table(1, 30), PackedRows()
    for part in (rows[:0], rows[:11], rows[11:]):
        stored.add(sparse(part).packed())
    terms, weights = np.flatnonzero(rows[3])[:5], np.array([1, 2, 3, 4, 5], np.float32)
    heavy = np.where(rows >= 0.5, rows, 0)

    assert stored.take(np.array([3, 0, 7])).squares() == pytest.approx((rows[[3, 0, 7]] ** 2).sum(axis=1), rel=1e-3)
    assert stored.postings(0.5).met(terms, weights, 30) * 4 / 65535 == pytest.approx(
        heavy[:, terms] @ weights, rel=1e-3
    )


def test_frequencies_of_terms_gathered_in_parts_are_those_of_all():
    texts = [np.flatnonzero(row).astype(np.uint32) for row in table(3, 30)]
    gathered = TermFrequencies()
    for part in (texts[:7], [], texts[7:]):
        gathered.add(part)
    ids, found_in = np.unique(np.concatenate(texts), return_counts=True)

    assert gathered.texts == 30
    assert gathered.ids.tolist() == ids.tolist()
    assert gathered.found_in.tolist() == found_in.tolist()


def test_rows_are_alike_that_are_so_unfolded():
    rows = table(2, 40)
    rows[4, 1000:] = 0
    rows[5], rows[6] = rows[4], rows[4] * 0.95
    rows[8] = np.roll(rows[4], 1024)  # the same once it is folded, and nothing in common
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    rows[6] *= 0.95
    alike = alike_rows(sparse(rows), 0.9)

    assert (alike == (rows @ rows.T >= 0.9)).all()
    assert alike[4, 6]
    assert alike[5, 6]
    assert not alike[4, 8]
