"""Topics that no calculator answers: offices, papers, cards, other insurances, teeth. No Django.

A calculator whose own triggers name such a word is about it, and is asked all the same.
"""

import re

from calculators.typed_questions.words import WORDS

_PATTERN = re.compile("|".join(map(re.escape, sorted(WORDS["other_topics"], key=len, reverse=True))))


def other_topics_in(sentence: str) -> frozenset[str]:
    return frozenset(_PATTERN.findall(sentence))
