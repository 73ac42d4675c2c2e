"""Features of a pair of texts: a row of numbers, all from 0 up, each saying one way in which they meet."""

from dataclasses import dataclass

import numpy as np

from articles.similarity.matrices import SparseRows


@dataclass(frozen=True)
class TextRows:
    """A row a text in each."""

    text: SparseRows
    title: SparseRows
    tags: SparseRows
    kinds: SparseRows
    topic: SparseRows
    meaning: np.ndarray


# text           words of title and body in common
# title_in_text  the asker's title in the other's text
# text_in_title  the asker's text in the other's title
# tags           tags in common, rare ones counting more
# question       the titles ask the same kind of question about the same topic
# company        words in common with the texts nearest to the asker
# meaning        the titles say the same in other words, by a sentence model
FEATURES = ("text", "title_in_text", "text_in_title", "tags", "question", "company", "meaning")

# Vectors of two titles on different matters are this near.
FAR_COSINE = 0.85
# The nearest texts, whose words are asked for a second time.
COMPANIONS = 5


def features(query: TextRows, others: TextRows, weights: np.ndarray | None = None) -> np.ndarray:
    """One row of FEATURES for each of `others` beside the one text in `query`; zeros in a column that weighs nothing."""
    measured = np.zeros((len(others.meaning), len(FEATURES)), np.float32)
    said, title = query.text.dense(), query.title.dense()
    text = others.text.dot(said)
    measure = {
        "text": lambda: text,
        "title_in_text": lambda: others.text.dot(title),
        "text_in_title": lambda: others.title.dot(said),
        "tags": lambda: others.tags.dot(query.tags.dense()),
        "question": lambda: _same_question(query, others),
        "company": lambda: _company(text, others.text),
        "meaning": lambda: _meaning(query.meaning[0], others.meaning),
    }
    for column, name in enumerate(FEATURES):
        if name == "text" or weights is None or weights[column]:
            measured[:, column] = measure[name]()
    return measured


def _same_question(query: TextRows, others: TextRows) -> np.ndarray:
    """The kind of question counts only as far as the topic agrees: 能不能报销 is not 能不能退休.

    The topic is compared letter by letter, where 喂奶 and 母乳喂养 have something in common.
    """
    kinds = others.kinds.dot(query.kinds.dense())
    same: np.ndarray = kinds * _shared_part(query.topic, others.topic)
    return same


def _meaning(query: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How far the vectors come nearer than those of any two titles do; 0 where one is missing."""
    nearer: np.ndarray = np.maximum(others @ query - FAR_COSINE, 0) / (1 - FAR_COSINE)
    return nearer


def _shared_part(query: SparseRows, others: SparseRows) -> np.ndarray:
    """The weight of the terms both have, as a part of the weight of the terms either has."""
    shared = others.dot(query.dense())
    either = query.squares().sum() + others.squares() - shared
    part: np.ndarray = shared / np.maximum(either, 1e-9)
    return part


def _company(likeness: np.ndarray, texts: SparseRows) -> np.ndarray:
    """Likeness to the query's nearest texts; a text's likeness to itself does not count."""
    nearest = np.argsort(-likeness, kind="stable")[:COMPANIONS]
    near = texts.take(nearest)
    shares = np.repeat(likeness[nearest], np.diff(near.starts))
    company = texts.dot(np.bincount(near.terms, near.weights * shares, minlength=texts.width))
    company[nearest] -= likeness[nearest]
    return company
