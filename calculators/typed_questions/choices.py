"""Choices in a sentence: the answers of a question that its words name. 上班 is in_service, 三甲 is level3. No Django.

How synonyms are written is said in calculators.definition.phrasing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from calculators.definition import Question
from calculators.definition.phrasing import NO_ANSWER


@dataclass(frozen=True)
class Choice:
    """`answers`: what may be meant, likeliest first, none where nothing is said. `is_unclear`: words say that one
    answer is meant, but not which: 老人 is 退休 or 居民."""

    answers: tuple[str, ...] = ()
    is_unclear: bool = False


@dataclass(frozen=True)
class Meaning:
    """What one word says: surely one of `sure`, where another word says so one of `possible`."""

    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def all(self) -> frozenset[str]:
        return frozenset((*self.sure, *self.possible))


@dataclass(frozen=True)
class Synonyms:
    """The words of one question. Of words that overlap the first counts, of those that begin together the longest."""

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    pattern: re.Pattern | None = None

    def said_in(self, sentence: str) -> Choice:
        said = [meaning for meaning in self._found(sentence) if meaning.all]
        if not said:
            return Choice()
        left = frozenset.intersection(*(meaning.all for meaning in said))
        sure = {code for meaning in said for code in meaning.sure} & left
        answers = tuple(sorted(left, key=lambda code: (code not in sure, code)))
        return Choice(answers) if len(sure) == 1 else Choice(is_unclear=True)

    def _found(self, sentence) -> Iterator[Meaning]:
        if self.pattern:
            yield from (self.meanings[found[0]] for found in self.pattern.finditer(sentence))


def choice_said(question: Question, sentence: str) -> Choice:
    return _synonyms(tuple(question.synonyms.items())).said_in(sentence)


@lru_cache(maxsize=512)
def _synonyms(written) -> Synonyms:
    sure, possible = {}, {}
    for code, words in written:
        for word in words.lower().split():
            meant = possible if word.endswith("?") else sure
            meant.setdefault(word.removesuffix("?"), []).extend([] if code == NO_ANSWER else [code])
    words = sorted(sure.keys() | possible.keys(), key=lambda word: (-len(word), word))
    meanings = {word: Meaning(tuple(sure.get(word, ())), tuple(possible.get(word, ()))) for word in words}
    return Synonyms(meanings, re.compile("|".join(map(re.escape, words))) if words else None)
