"""Phrasing of a calculator in everyday words: triggers, synonyms of answers, and cues around numbers. No Django.

Triggers and exclusions are lines; one line that fits is enough. In a line every term must occur; `/` parts the ways to
say a term, `!` before it says that none may occur, and {金额} stands for something said in numbers (SIGNS):

    门诊/看病/拿药 {金额}
    门诊 报多少/怎么算 !住院

Synonyms are words with blanks between, for each answer: 职工 at one option and 职工? at another means that 职工 says the
first, but that the second may be meant where another word says so (退休职工). An answer `-` lists words that only look
like synonyms (子女 holds 女).

Cues are words with blanks between that stand around a question's number: 基数 on either side, 按… before it, …入职 after
it; …断缴-1 takes the month before. `*` takes a number that nothing else takes, 第 only such as 第二次.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from calculators.definition.parts import Question
from calculators.definition.schema import Definition
from calculators.definition.validation import Problem, problem_of

SIGNS = ("金额", "两个金额", "时长", "月份", "年份", "年龄", "次数", "地区", "外地")
NO_ANSWER = "-"
ANY_NUMBER, ORDINALS_ONLY = "*", "第"
MAX_PHRASING = 4_000
_HALF_WIDTH = str.maketrans("｛｝／！＊＋－", "{}/!*+-")  # signs as a Chinese keyboard gives them
_CUE = re.compile(r"(?P<follows>…)?(?P<word>[^…*+\-/!{}?？]+?)(?P<precedes>…)?(?P<shift>[+-]\d)?")
_TERM = re.compile(r"(?P<negated>!)?(?P<words>[^!{}]+|\{[^{}]*\})")


class WrongPhrasing(ValueError):
    """It cannot be read; the message is a Chinese sentence."""


@dataclass(frozen=True)
class TriggerTerm:
    """One of `words` must occur, or `sign` must be among what is said in numbers; neither may where it is negated."""

    words: tuple[str, ...] = ()
    sign: str = ""
    is_negated: bool = False

    def holds(self, sentence: str, signs: frozenset[str]) -> bool:
        occurs = self.sign in signs if self.sign else any(word in sentence for word in self.words)
        return occurs is not self.is_negated


Trigger = tuple[TriggerTerm, ...]


@dataclass(frozen=True)
class Cue:
    """`word` may stand before the number, after it, or both; `shift` is added to a month."""

    word: str
    may_precede: bool = True
    may_follow: bool = True
    shift: int = 0


@dataclass(frozen=True)
class Cues:
    words: tuple[Cue, ...] = ()
    takes_any: bool = False
    takes_ordinals: bool = False


@lru_cache(maxsize=512)
def read_triggers(text: str) -> tuple[Trigger, ...]:
    """The lines that say something. Raises WrongPhrasing."""
    return tuple(
        tuple(map(_read_term, line.split())) for line in text.translate(_HALF_WIDTH).splitlines() if line.strip()
    )


def _read_term(text: str) -> TriggerTerm:
    match = _TERM.fullmatch(text)
    if match is None:
        raise WrongPhrasing(
            f"“{text}”写法不对：一个说法里用“/”隔开几个词，前面加“!”表示不能出现，{{金额}}这样的写在花括号里。"
        )
    words, is_negated = match["words"], bool(match["negated"])
    if not words.startswith("{"):
        return TriggerTerm(tuple(filter(None, words.lower().split("/"))), is_negated=is_negated)
    if words[1:-1] not in SIGNS:
        raise WrongPhrasing(f"花括号里没有“{words[1:-1]}”，可以写的有：{'、'.join(SIGNS)}。")
    return TriggerTerm(sign=words[1:-1], is_negated=is_negated)


@lru_cache(maxsize=1024)
def read_cues(text: str) -> Cues:
    """Raises WrongPhrasing."""
    words = text.translate(_HALF_WIDTH).split()
    cues = tuple(_read_cue(word) for word in words if word not in {ANY_NUMBER, ORDINALS_ONLY})
    return Cues(cues, ANY_NUMBER in words, ORDINALS_ONLY in words)


def _read_cue(text: str) -> Cue:
    match = _CUE.fullmatch(text)
    if match is None:
        raise WrongPhrasing(f"“{text}”写法不对，请写成“基数”“按…”“…入职”或“…断缴-1”。")
    is_open = not match["follows"] and not match["precedes"]
    return Cue(
        match["word"].lower(),
        may_precede=is_open or bool(match["precedes"]),
        may_follow=is_open or bool(match["follows"]),
        shift=int(match["shift"] or 0),
    )


def check_phrasing(definition: Definition) -> list[Problem]:
    """Everything about it that cannot be read, or that no sentence could mean."""
    return [
        *_unreadable_lines(definition),
        *(problem for question in definition.questions for problem in _of_question(question)),
    ]


def _unreadable_lines(definition: Definition) -> Iterator[Problem]:
    for text, what in ((definition.triggers, "问法"), (definition.excluded_by, "不是问它的说法")):
        try:
            read_triggers(text)
        except WrongPhrasing as wrong:
            yield Problem(what, str(wrong))


def _of_question(question: Question) -> Iterator[Problem]:
    try:
        read_cues(question.cues)
    except WrongPhrasing as wrong:
        yield problem_of(question, "cues", str(wrong))
    codes = {option.code for option in question.options}
    if codes and question.question_kind.has_options:
        for code in question.synonyms.keys() - codes - {NO_ANSWER}:
            yield problem_of(question, "synonyms", f"没有代码为“{code}”的选项。")
