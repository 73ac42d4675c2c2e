"""A typed question in one spelling: full-width as half-width, Latin letters small, no blanks but between numbers, and
common misspellings of the words of the field (门珍, 报消) mended."""

import re
import unicodedata

from calculators.typed_questions.words import WORDS

MAX_SENTENCE = 200
CLAUSE_ENDS = "，,。；;！!？?、：:（）()\n"
_BLANKS_BETWEEN_NUMBERS = re.compile(r"(?<=[\d.])\s+(?=\d)")
_BLANKS_BETWEEN_LATIN = re.compile(r"(?<=[a-z])\s+(?=[a-z])")
_BLANKS = re.compile(r"\s+")
_MEANT = dict(pair.split() for pair in WORDS["misspellings"])
_MISSPELT = re.compile("|".join(map(re.escape, _MEANT)))


def normalised_sentence(text: str) -> str:
    """At most MAX_SENTENCE characters; numbers and Latin words that stand apart stay apart."""
    narrow = unicodedata.normalize("NFKC", text[:MAX_SENTENCE]).lower()
    apart = _BLANKS_BETWEEN_LATIN.sub("，", _BLANKS_BETWEEN_NUMBERS.sub("，", narrow))
    return _MISSPELT.sub(lambda found: _MEANT[found[0]], _BLANKS.sub("", apart))


def gap_between(sentence: str, first_end: int, second_start: int) -> int | None:
    """How many characters stand between two spans; None where they overlap or a clause ends between them."""
    between = sentence[first_end:second_start]
    if second_start < first_end or any(mark in between for mark in CLAUSE_ENDS):
        return None
    return len(between)
