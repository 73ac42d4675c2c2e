"""Weights of features: how much each way of meeting counts, by what the asking title is good for.

A question says what it wants: the same question about the same topic comes first. Any other title is a
label, often one that many texts share, and the words of the text decide. A text without a title of its
own is known by its company. Learned on public judged Chinese texts by cross-validation, within two
limits: nothing in common ever lowers a score, and a question's text counts at least 5, because the
judged answers are short and formal where articles are long. What a title means to a sentence model counts for
questions only: beside a label, which many texts share, it lowered every set.

Stored lists follow a changed weight only once PROFILE_VERSION is raised, or by `manage.py rebuild_related --all`.
"""

import numpy as np

from articles.similarity.features import FEATURES
from articles.similarity.profile import Profile

QUESTION = {
    "text": 5.0,
    "title_in_text": 2.6,
    "text_in_title": 2.0,
    "tags": 2.3,
    "question": 6.3,
    "company": 0.0,
    "meaning": 24.0,
}
LABEL = {
    "text": 6.7,
    "title_in_text": 3.5,
    "text_in_title": 3.3,
    "tags": 3.2,
    "question": 0.0,
    "company": 0.6,
    "meaning": 0.0,
}
UNTITLED = {
    "text": 8.4,
    "title_in_text": 0.0,
    "text_in_title": 0.0,
    "tags": 3.2,
    "question": 0.0,
    "company": 21.6,
    "meaning": 0.0,
}


def weights_for(profile: Profile) -> np.ndarray:
    """The weights of FEATURES, in their order, for the list beside this text."""
    titled = QUESTION if profile.question else LABEL
    table = UNTITLED if profile.untitled else titled
    return np.array([table[name] for name in FEATURES], np.float32)
