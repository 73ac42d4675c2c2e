"""Each measure on rows written out by hand: a column a term, all terms of weight one."""

import numpy as np
import pytest

from articles.similarity.features import FEATURES, TextRows, features
from articles.similarity.matrices import SparseRows

NOTHING = [[0, 0, 0]]


def rows(**given):
    count = max((len(row) for row in given.values()), default=1)
    names = ("text", "title", "tags", "kinds", "topic")
    terms = {name: sparse(np.array(given.get(name, NOTHING * count), np.float32)) for name in names}
    return TextRows(**terms, meaning=np.array(given.get("meaning", [[0.0, 0.0]] * count), np.float32))


def sparse(table):
    owners, terms = np.nonzero(table)
    return SparseRows(np.searchsorted(owners, np.arange(len(table) + 1)), terms, table[owners, terms], table.shape[1])


def measure(name, query, others):
    return features(query, others)[:, FEATURES.index(name)].tolist()


@pytest.mark.parametrize(
    ("name", "asker_has", "other_has"),
    [("text", "text", "text"), ("title_in_text", "title", "text"), ("text_in_title", "text", "title"), ("tags",) * 3],
)
def test_a_measure_is_one_for_the_same_words_and_zero_for_others(name, asker_has, other_has):
    query = rows(**{asker_has: [[1, 0, 0]]})
    others = rows(**{other_has: [[1, 0, 0], [0, 1, 0]]})

    assert measure(name, query, others) == [1, 0]


def test_the_same_kind_of_question_about_another_topic_counts_for_nothing():
    query = rows(kinds=[[1, 0, 0]], topic=[[1, 1, 0]])
    others = rows(kinds=[[1, 0, 0]] * 3, topic=[[1, 1, 0], [1, 0, 1], [0, 0, 1]])

    assert measure("question", query, others) == pytest.approx([1, 1 / 3, 0])


def test_titles_that_mean_the_same_are_one_and_those_as_near_as_any_two_are_zero():
    query = rows(meaning=[[1, 0]])
    others = rows(meaning=[[1, 0], [0.925, 0.38], [0.85, 0.527], [0, 1], [0, 0]])

    assert measure("meaning", query, others) == pytest.approx([1, 0.5, 0, 0, 0], abs=1e-5)


def test_without_vectors_meaning_counts_for_nothing():
    assert measure("meaning", rows(meaning=[[]]), rows(meaning=[[], []])) == [0, 0]


def test_another_question_about_the_same_topic_counts_for_nothing():
    query = rows(kinds=[[1, 0, 0]], topic=[[1, 1, 0]])

    assert measure("question", query, rows(kinds=[[0, 1, 0]], topic=[[1, 1, 0]])) == [0]


def test_a_text_known_only_to_the_nearest_text_has_company():
    query = rows(text=[[1, 0, 0]])
    others = rows(text=[[0.8, 0.6, 0], [0, 1, 0], [0, 0, 1]])

    near, friend_of_near, stranger = measure("company", query, others)

    assert near == pytest.approx(0, abs=1e-6)
    assert friend_of_near == pytest.approx(0.8 * 0.6)
    assert stranger == 0
