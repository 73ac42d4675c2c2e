"""How much each way of meeting counts, by what the asking title is good for.

A question says what it wants: the same question about the same topic comes first. Any other title is a
label, often one that many texts share, and the words of the text decide. A text without a title of its
own is known by its company. Learned on public judged Chinese texts by cross-validation, within two
limits: nothing in common ever lowers a score, and a question's text counts at least 5, because the
judged answers are short and formal where articles are long. What a title means to a sentence model counts for
questions only: beside a label, which many texts share, it lowered every set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
# By what the asking title is good for; JSON can hold it, so that a site can keep the tables its lists were made with.
LEARNED = {"question": QUESTION, "label": LABEL, "untitled": UNTITLED}

# What of FEATURES each editor's factor moves.
MOVED = {
    "title": {"title_in_text", "text_in_title"},
    "text": {"text", "company"},
    "tags": {"tags"},
    "question": {"question"},
    "meaning": {"meaning"},
}


@dataclass(frozen=True)
class Tuning:
    """By what editors let each kind of likeness count more or less than in `tables`, which have the shape of LEARNED."""

    title: float = 1
    text: float = 1
    tags: float = 1
    question: float = 1
    meaning: float = 1
    tables: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: LEARNED)

    def factor(self, feature: str) -> float:
        return next(getattr(self, name) for name, moved in MOVED.items() if feature in moved)


AS_LEARNED = Tuning()


def weights_for(profile: Profile, tuning: Tuning = AS_LEARNED) -> np.ndarray:
    """The weights of FEATURES, in their order, for the list beside this text; 0 for one the tables do not know."""
    titled = "question" if profile.question else "label"
    table = tuning.tables["untitled" if profile.untitled else titled]
    return np.array([table.get(name, 0) * tuning.factor(name) for name in FEATURES], np.float32)
