"""Vocabulary of conditions: Chinese words for the choices of dimensions, parsed and spelled. No Django.

Conditions are written as in a table of benefits: dimensions apart by ·, alternatives by 、, ages as
ranges: 退休·一级、二级·70岁及以上. A single answer is one word: 退休, 三级, 68岁.
"""

import re
from collections.abc import Mapping

from calculators.values.conditions import Allowed, Conditions, Range, is_range

_AGE = re.compile(r"(\d{1,3})岁")
_AGE_RANGES = (
    re.compile(r"(?P<low>\d+)岁及以上"),
    re.compile(r"(?P<high>\d+)岁及以下"),
    re.compile(r"(?P<low>\d+)至(?P<high>\d+)岁"),
)


class UnknownWord(ValueError):
    """A word that is no choice of any dimension; the message is a Chinese sentence."""


class ConditionVocabulary:
    """Chinese words of conditions. `names` maps dimension → choice code → word, in the order in which they are spelled.

    Words are unique across dimensions, so that one word is enough to say which is meant.
    """

    def __init__(self, names: Mapping[str, Mapping[str, str]]):
        self.names = names
        self._meanings = {
            word: (dimension, code) for dimension, choices in names.items() for code, word in choices.items()
        }

    def answer(self, word: str) -> tuple[str, str | int]:
        """退休 → ("person_type", "retired"); 68岁 → ("age", 68). Raises UnknownWord."""
        if age := _AGE.fullmatch(word):
            return "age", int(age[1])
        if word not in self._meanings:
            raise UnknownWord(f"没有“{word}”这个条件。")
        return self._meanings[word]

    def read(self, text: str) -> Conditions:
        """退休·一级、二级 → {"person_type": ["retired"], "hospital_level": ["level1", "level2"]}. Raises UnknownWord."""
        conditions: dict[str, Allowed] = {}
        for part in filter(None, text.split("·")):
            dimension, allowed = self._read_part(part)
            conditions[dimension] = allowed
        return conditions

    def _read_part(self, part: str) -> tuple[str, Allowed]:
        if part not in self._meanings and (ages := _read_range(part)):
            return "age", ages
        answers = [self.answer(word) for word in part.split("、")]
        if len({dimension for dimension, _ in answers}) > 1:
            raise UnknownWord(f"“{part}”里混了不同的条件，不同条件之间用“·”。")
        codes = [code for _, code in answers if isinstance(code, str)]
        if len(codes) < len(answers):
            raise UnknownWord(f"“{part}”是几个年龄，请把年龄写成一个范围，例如 60至70岁。")
        return answers[0][0], codes

    def spell(self, conditions: Conditions) -> str:
        """The inverse of `read`; an empty text means unconditional."""
        known = [name for name in self.names if name in conditions]
        others = [name for name in conditions if name not in self.names]
        return "·".join(self._spell_part(name, conditions[name]) for name in known + others)

    def _spell_part(self, dimension: str, allowed: Allowed) -> str:
        if is_range(allowed):
            return _spell_range(*allowed)
        names = self.names.get(dimension, {})
        return "、".join(names.get(code, code) for code in map(str, allowed))

    def word(self, dimension: str, answer: str | int) -> str:
        """The word for one answer: 退休, 68岁."""
        return f"{answer}岁" if isinstance(answer, int) else self.names.get(dimension, {}).get(answer, answer)


def _read_range(text: str) -> Range | None:
    """The ages from and to; None where `text` is no range. Raises UnknownWord."""
    if age := _AGE.fullmatch(text):
        return [int(age[1]), int(age[1])]
    span = next(filter(None, (pattern.fullmatch(text) for pattern in _AGE_RANGES)), None)
    if span is None:
        return None
    bounds = {name: int(years) for name, years in span.groupdict().items()}
    lowest, highest = bounds.get("low"), bounds.get("high")
    if lowest is not None and highest is not None and lowest > highest:
        raise UnknownWord(f"“{text}”的年龄写反了，请写成 {highest}至{lowest}岁。")
    return [lowest, highest]


def _spell_range(lowest: int | None, highest: int | None) -> str:
    if highest is None:
        return f"{lowest}岁及以上"
    if lowest == highest:
        return f"{lowest}岁"
    return f"{highest}岁及以下" if lowest is None else f"{lowest}至{highest}岁"
