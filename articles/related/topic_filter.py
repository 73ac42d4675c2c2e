"""Topic filter: whether a text speaks of medical insurance at all, by how many of its words are terms of the field.

Articles of the field have 9 % and more; medical advice, laws of other fields and manuals seldom have 2 %.
Beside an article of the field nothing from outside is listed.
"""

import numpy as np

from articles.similarity.profile import Profile
from articles.similarity.term_numbers import number
from articles.text import DICTIONARY, normalise

IN_FIELD = 0.05
FURTHER_TOPIC_WORDS = ["社保", "社会保险"]  # words the segmenter knows by itself
TERMS = np.array(sorted({number(normalise(term)) for term in (*DICTIONARY, *FURTHER_TOPIC_WORDS)}), np.uint32)


def is_in_field(profile: Profile) -> bool:
    words = profile.text
    return bool(words.counts[np.isin(words.ids, TERMS)].sum() >= IN_FIELD * words.counts.sum() > 0)
