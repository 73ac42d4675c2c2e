"""Features of a pair of texts: a row of numbers, all from 0 up, each saying one way in which they meet."""

import numpy as np
from scipy import sparse

Rows = dict[str, sparse.csr_array | np.ndarray]

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


def features(query: Rows, others: Rows) -> np.ndarray:
    """One row of FEATURES for each of `others` beside the one text in `query`."""
    text = _dot(query["text"], others["text"])
    columns = (
        text,
        _dot(query["title"], others["text"]),
        _dot(query["text"], others["title"]),
        _dot(query["tags"], others["tags"]),
        _same_question(query, others),
        _company(text, others["text"]),
        _meaning(query["meaning"][0], others["meaning"]),
    )
    return np.stack(columns, axis=1)


def _dot(query: sparse.csr_array, others: sparse.csr_array) -> np.ndarray:
    wanted = np.zeros(others.shape[1], np.float32)
    wanted[query.indices] = query.data
    met: np.ndarray = others @ wanted
    return met


def _same_question(query: Rows, others: Rows) -> np.ndarray:
    """The kind of question counts only as far as the topic agrees: 能不能报销 is not 能不能退休.

    The topic is compared letter by letter, where 喂奶 and 母乳喂养 have something in common.
    """
    same: np.ndarray = _dot(query["kinds"], others["kinds"]) * _shared_part(query["topic"], others["topic"])
    return same


def _meaning(query: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How far the vectors come nearer than those of any two titles do; 0 where one is missing."""
    nearer: np.ndarray = np.maximum(others @ query - FAR_COSINE, 0) / (1 - FAR_COSINE)
    return nearer


def _shared_part(query: sparse.csr_array, others: sparse.csr_array) -> np.ndarray:
    """The weight of the terms both have, as a part of the weight of the terms either has."""
    shared = _dot(query, others)
    either = query.power(2).sum() + others.power(2).sum(axis=1) - shared
    part: np.ndarray = shared / np.maximum(either, 1e-9)
    return part


def _company(likeness: np.ndarray, texts: sparse.csr_array) -> np.ndarray:
    """Likeness to the query's nearest texts; a text's likeness to itself does not count."""
    nearest = np.argsort(-likeness, kind="stable")[:COMPANIONS]
    company: np.ndarray = texts @ (likeness[nearest] @ texts[nearest])
    company[nearest] -= likeness[nearest]
    return company
