"""Answers in words: each word is given to the question it answers, and is then read as if it had been typed there.

A word is an option (在职, 社区), an amount for the next question that has to be answered (3000, 68岁), or says itself
which question it answers (之前累计支付：2240). The inverse, `in_words`, writes answers as such words.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from calculators.definition import Definition, Question, WrongAnswer
from calculators.values.units import RESULT_UNITS, unit_of_elements
from calculators.worksheet.answers import Answers, parse_answers
from calculators.worksheet.parsing import read_answer
from calculators.worksheet.rates import Rates

_NAMED = re.compile(r"([^：:＝=]+)[：:＝=](.+)")


class UnreadableAnswers(ValueError):
    """A word that answers nothing, or a question left without an answer; the message is a Chinese sentence."""


def read_words(definition: Definition, words: Iterable[str], given: Mapping[str, str], on: date, rates: Rates):
    """The answers as they would be typed, by code, and what was read of them. Raises UnreadableAnswers."""
    reading = _Reading(definition, dict(given), on, rates)
    for word in words:
        reading.take(word)
    answers = reading.answers()
    for code, sentence in answers.errors.items():
        raise UnreadableAnswers(_about(next(one for one in answers.questions if one.code == code), sentence))
    return reading.raw, answers


def in_words(definition: Definition, raw: Mapping[str, str], on: date, rates: Rates) -> list[str]:
    """The answers but those of place and day, as few words as read the same; each amount by its question where it must."""
    apart = {question.code for question in (definition.area_question, definition.day_question) if question}
    fixed = {code: text for code, text in raw.items() if code in apart}
    answers = parse_answers(definition, raw, today=on, rates=rates)
    asked = [question for question in answers.questions if question.code not in apart and raw.get(question.code)]
    words = [_bare(question, answers, raw[question.code]) for question in asked]
    given = {question.code: raw[question.code] for question in asked}
    for place, question in enumerate(asked):
        if _read_back(definition, words[: place + 1], fixed, on, rates).get(question.code) != given[question.code]:
            words[place] = f"{question.words}：{raw[question.code]}"
    return words


def _bare(question, answers: Answers, text: str) -> str:
    return str(answers.values[question.name]) if question.question_kind.has_options else text


def _read_back(definition, words, fixed, on, rates):
    reading = _Reading(definition, dict(fixed), on, rates)
    for word in words:
        try:
            reading.take(word)
        except UnreadableAnswers:
            return {}
    return reading.raw


def _about(question: Question, sentence: str) -> str:
    return sentence if question.words in sentence else f"{question.words}：{sentence}"


class _Reading:
    def __init__(self, definition: Definition, raw: dict[str, str], on: date, rates: Rates):
        self.definition, self.raw, self.on, self.rates = definition, raw, on, rates

    def answers(self) -> Answers:
        return parse_answers(self.definition, self.raw, today=self.on, rates=self.rates)

    def take(self, word: str) -> None:
        if named := _NAMED.fullmatch(word):
            question = self._named(named[1].strip())
            self.raw[question.code] = self._typed(question, named[2].strip())
            return
        answers = self.answers()
        open_questions = [question for question in answers.questions if question.code not in self.raw]
        question = self._choosing(word, open_questions) or self._measuring(word, open_questions, answers)
        if question is None:
            raise UnreadableAnswers(f"“{word}”不知道回答的是哪个问题，请写成“问题：{word}”。")
        self.raw[question.code] = self._typed(question, word)

    def _named(self, name: str) -> Question:
        for question in self.definition.questions:
            if name in {question.code, question.name, question.label}:
                return question
        raise UnreadableAnswers(f"“{self.definition.name}”没有叫“{name}”的问题。")

    def _choosing(self, word: str, questions: list[Question]) -> Question | None:
        return next((one for one in questions if any(word in {o.code, o.label} for o in one.options)), None)

    def _measuring(self, word: str, questions: list[Question], answers: Answers) -> Question | None:
        """The first question that has to be answered and can be with this; then one whose unit is written."""
        needed = [one for one in questions if one.code in answers.errors]
        united = [one for one in questions if word.endswith(_unit(one))]
        return next((one for one in (*needed, *united) if self._can_be(one, word)), None)

    def _can_be(self, question: Question, word: str) -> bool:
        if question.question_kind.has_options or not question.question_kind.bounds:
            return False
        try:
            read_answer(question, self._typed(question, word), self.on)
        except WrongAnswer:
            return False
        return True

    def _typed(self, question: Question, word: str) -> str:
        """As it would be typed: an option by its code, an amount without its unit."""
        offered = {one.code: one for one in self.answers().questions}.get(question.code, question)
        code = next((option.code for option in offered.options if word in {option.code, option.label}), "")
        return code or word.removesuffix(_unit(question)).strip() or word


def _unit(question: Question) -> str:
    """What may stand behind an amount: 岁, 个月, 元."""
    unit = unit_of_elements(question.answer_unit)
    return "元" if unit.startswith("CNY") else RESULT_UNITS.get(unit, "—")
