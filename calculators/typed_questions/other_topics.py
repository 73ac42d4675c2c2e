"""Whether a question is about something that no sum answers: offices, papers, cards, other insurances, teeth. No Django."""

import re

from calculators.typed_questions.words import WORDS

_PATTERN = re.compile("|".join(map(re.escape, WORDS["other_topics"])))


def is_other_topic(sentence: str) -> bool:
    return bool(_PATTERN.search(sentence))
