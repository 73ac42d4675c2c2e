"""Whether a text speaks of medical insurance at all: by how many of its words are terms of the field.

Articles of the field have 9 % and more; medical advice, laws of other fields and manuals seldom have 2 %.
Beside an article of the field nothing from outside is listed.
"""

from zlib import crc32

import numpy as np

from articles.similarity import Profile
from articles.text import DICTIONARY, normalise

IN_FIELD = 0.05
TERMS = np.array(sorted({crc32(normalise(term).encode()) for term in DICTIONARY}), np.uint32)


def is_in_field(profile: Profile) -> bool:
    words = profile.text
    return bool(words.counts[np.isin(words.ids, TERMS)].sum() >= IN_FIELD * words.counts.sum() > 0)
