"""Slot filling: which number of a sentence answers which question, by the cues around it. No Django.

A cue and a number belong together where nothing but a few characters stands between them; the closest pair comes
first, and each cue, number and question is used once. Numbers that nobody takes go to the question that takes any,
unless a word before them says that they are something else (起付线1300). Two numbers for one question answer nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from calculators.definition import Question
from calculators.definition.phrasing import Cue, read_cues
from calculators.formulas.dates import add_months
from calculators.typed_questions.quantities import (
    AGE,
    DURATION,
    MONEY,
    MONTH,
    ORDINAL,
    TIMES,
    YEARS,
    Quantity,
)
from calculators.typed_questions.sentence import gap_between
from calculators.typed_questions.words import WORDS
from calculators.values.money import plain

MAX_GAP = 5
MONTHS_A_YEAR = 12
OTHER_NOUNS = {MONEY: WORDS["money_nouns"], DURATION: WORDS["duration_nouns"]}
MAX_GAP_OF_OTHER_NOUNS = 2
_PARTICLES = re.compile("了|过|是|的|有|大概|大约|约|差不多|已经|都|才|就|只|整整")


@dataclass(frozen=True)
class Slots:
    """`answers` by code as they would be typed; `unclear` the codes of questions for which two numbers were said."""

    answers: dict[str, str] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class _Pair:
    """A cue beside a number; `question` is None for another noun. Sorted by how surely they belong together."""

    gap: int
    is_other: bool
    shortness: int
    number: int  # its place among the quantities
    cue_start: int
    shift: int = field(default=0, compare=False)
    question: Question | None = field(default=None, compare=False)


class _Filling:
    def __init__(self, sentence: str, questions: Sequence[Question], quantities: Sequence[Quantity]):
        self.sentence, self.quantities = sentence, quantities
        self.cues = {question.code: read_cues(question.cues) for question in questions if question.cues}
        self.questions = [question for question in questions if question.cues]
        self.taken: dict[int, Question | None] = {}
        self.answers: dict[str, str] = {}
        self.unclear: set[str] = set()

    def fill(self) -> Slots:
        pairs = sorted([*self._own_pairs(), *self._other_pairs()])
        self._take_closest(pairs)
        self._find_rivals(pairs)
        for question in self.questions:
            if self.cues[question.code].takes_any:
                self._take_the_rest(question)
        kept = {code: text for code, text in self.answers.items() if code not in self.unclear}
        return Slots(kept, tuple(sorted(self.unclear)))

    def _own_pairs(self) -> Iterator[_Pair]:
        for question in self.questions:
            for cue in self.cues[question.code].words:
                yield from self._pairs_of(cue, question, MAX_GAP)

    def _other_pairs(self) -> Iterator[_Pair]:
        for kind, words in OTHER_NOUNS.items():
            own = self._own_words(kind)
            for word in words:
                if word not in own and word in self.sentence:
                    cue = Cue(word, may_follow=False)
                    yield from self._pairs_of(cue, None, MAX_GAP_OF_OTHER_NOUNS, only=kind)

    def _own_words(self, kind) -> set[str]:
        """满 belongs to a question that asks the month of retirement, not to the years that somebody has paid."""
        return {
            cue.word
            for question in self.questions
            for cue in self.cues[question.code].words
            if kind in _kinds(question, self.cues[question.code].takes_ordinals)
        }

    def _pairs_of(self, cue, question, most, only=""):
        if cue.word not in self.sentence:
            return
        for found in re.finditer(re.escape(cue.word), self.sentence):
            for number, quantity in enumerate(self.quantities):
                gap = self._gap(cue, found, quantity)
                fits = quantity.kind == only if question is None else self._accepts(question, quantity)
                if (
                    gap is not None
                    and gap <= most
                    and fits
                    and not (quantity.is_article and (gap or quantity.kind == TIMES))
                ):
                    yield _Pair(gap, question is None, -len(cue.word), number, found.start(), cue.shift, question)

    def _gap(self, cue, found, quantity):
        """None where the cue does not stand beside the number, or another number stands between."""
        before = gap_between(self.sentence, found.end(), quantity.start) if cue.may_precede else None
        after = gap_between(self.sentence, quantity.end, found.start()) if cue.may_follow else None
        start, end = (found.end(), quantity.start) if before is not None else (quantity.end, found.start())
        is_interrupted = any(
            start <= other.start < end for other in self.quantities if other is not quantity and not other.is_article
        )
        if is_interrupted or (before is None and after is None):
            return None
        return len(_PARTICLES.sub("", self.sentence[start:end]))

    def _accepts(self, question, quantity):
        return quantity.kind in _kinds(question, self.cues[question.code].takes_ordinals)

    def _take_closest(self, pairs):
        used = set()
        for pair in pairs:
            code = pair.question.code if pair.question else ""
            place = pair.cue_start, self.quantities[pair.number].kind
            is_free = pair.number not in self.taken or self._shares(pair)
            if not is_free or place in used or code in self.answers:
                continue
            text = written(self.quantities[pair.number], pair.question, pair.shift) if pair.question else ""
            if text is not None:
                self.taken[pair.number] = pair.question
                used.add(place)
                if pair.question:
                    self.answers[code] = text

    def _shares(self, pair):
        """Years may answer two questions: 2025到2027年参保没报销."""
        owner = self.taken[pair.number]
        return owner is not None and pair.question is not None and _asks_years(owner) and _asks_years(pair.question)

    def _find_rivals(self, pairs):
        """A number left over whose best cue is that of an answered question says something else than its answer."""
        for pair in pairs:
            if pair.number in self.taken:
                continue
            if pair.question is None or pair.question.code in self.answers:
                self.taken[pair.number] = pair.question
            if pair.question and pair.question.code in self.answers:
                text = written(self.quantities[pair.number], pair.question, pair.shift)
                if text != self.answers[pair.question.code]:
                    self.unclear.add(pair.question.code)

    def _take_the_rest(self, question):
        left = self._left_for(question)
        texts = {text for number in left if (text := written(self.quantities[number], question)) is not None}
        self.taken |= dict.fromkeys(left, question)
        if len(texts) == 1 and self.answers.get(question.code) in {None, *texts}:
            self.answers[question.code] = texts.pop()
        elif texts and not (_asks_years(question) and question.code in self.answers):
            self.unclear.add(question.code)

    def _left_for(self, question):
        fitting = [
            number
            for number, quantity in enumerate(self.quantities)
            if self._accepts(question, quantity) and not quantity.is_article
        ]
        left = [number for number in fitting if number not in self.taken]
        shares = _asks_years(question) and not left and question.code not in self.answers
        return fitting if shares else left


def filled_slots(sentence: str, questions: Sequence[Question], quantities: Sequence[Quantity]) -> Slots:
    return _Filling(sentence, questions, quantities).fill()


NUMBER = "number"  # of a question whose unit decides what in a sentence can answer it
_KINDS_OF_UNITS = {"age": {AGE}, "months": {DURATION}, "years": {DURATION}}


def _kinds(question, takes_ordinals):
    quantity = question.question_kind.quantity
    if quantity != NUMBER:
        return {quantity}
    if question.answer_unit == "times":
        return {ORDINAL} if takes_ordinals else {TIMES}
    return _KINDS_OF_UNITS.get(question.answer_unit, set())


def _asks_years(question):
    return question.question_kind.quantity == YEARS


def written(quantity: Quantity, question: Question, shift: int = 0) -> str | None:
    """The number as it would be typed into the question's box; None where it is not a whole number of its unit."""
    value = quantity.value
    if quantity.kind == MONTH:
        return f"{add_months(value, Decimal(shift)):%Y-%m}"
    if quantity.kind == YEARS:
        return f"{value[0]}-{value[-1]}" if _is_span(value) else "、".join(map(str, value))
    if quantity.kind == DURATION and question.answer_unit == "years":
        value = value / MONTHS_A_YEAR
    if question.question_kind.quantity == NUMBER and value != value.to_integral_value():
        return None
    return plain(value)


def _is_span(years):
    return len(years) > 1 and list(years) == list(range(years[0], years[-1] + 1))
