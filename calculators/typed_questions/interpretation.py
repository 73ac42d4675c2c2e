"""Interpretation of a typed question: the calculator it asks, and the answers its words give. No Django.

    北京退休68岁三级医院门诊花了5000能报多少
    → employee_outpatient: region 110000, person_type retired, age 68, hospital_level level3, eligible 5000

Nothing is guessed: a question that several calculators could answer asks for none of them, what is said twice in two
ways is unclear, and defaults are left to the form.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from calculators.definition import Definition, Question, WrongAnswer
from calculators.definition.phrasing import WrongPhrasing, read_triggers
from calculators.formulas import FormulaError, compile_formula
from calculators.typed_questions.choices import choice_said
from calculators.typed_questions.insured_place import Whereabouts, whereabouts
from calculators.typed_questions.other_topics import other_topics_in
from calculators.typed_questions.places import Place, PlaceIndex
from calculators.typed_questions.quantities import (
    AGE,
    DURATION,
    MONEY,
    MONTH,
    ORDINAL,
    TIMES,
    YEARS,
    Quantity,
    quantities_in,
)
from calculators.typed_questions.sentence import normalised_sentence
from calculators.typed_questions.slots import filled_slots

_SIGNS = {MONEY: "金额", DURATION: "时长", MONTH: "月份", YEARS: "年份", AGE: "年龄", TIMES: "次数", ORDINAL: "次数"}


@dataclass(frozen=True)
class Reading:
    """The sentence as a question to one calculator. `answers` are texts by code, as they would be typed; `unclear` are
    questions that the words speak of without saying the answer. `options`: for a choice what else the word may mean."""

    definition: Definition
    answers: dict[str, str] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Interpretation:
    """`readings` are several where the sentence asks two things; `place` is where somebody is insured."""

    sentence: str
    readings: tuple[Reading, ...] = ()
    place: Place | None = None
    is_covered: bool = False

    @property
    def reading(self) -> Reading | None:
        """The one reading, where there is one and values are held for the place, or none are needed."""
        if len(self.readings) != 1:
            return None
        is_answerable = self.place is None or self.is_covered or self.readings[0].definition.area_question is None
        return self.readings[0] if is_answerable else None


def interpret(
    text: str,
    definitions: Iterable[Definition],
    places: PlaceIndex,
    covered: Collection[str],
    today: date,
    who: str = "",
) -> Interpretation:
    """`covered` are the codes of the places that values are held for; `today` decides which August 8月 is. `who` is a
    word (居民) that decides which calculator is asked as if it had been typed, and answers nothing."""
    sentence = normalised_sentence(text)
    where = whereabouts(sentence, places.mentions(sentence))
    place = where.insured
    quantities = quantities_in(sentence, today)
    asked = _asked(f"{sentence}，{who}" if who else sentence, definitions, _signs(quantities, where))
    readings = tuple(_read(definition, sentence, quantities, where) for definition in asked)
    return Interpretation(sentence, readings, place, place is not None and place.code in covered)


def _signs(quantities: list[Quantity], where: Whereabouts) -> frozenset[str]:
    signs = {_SIGNS[quantity.kind] for quantity in quantities if quantity.kind in _SIGNS}
    if len([quantity for quantity in quantities if quantity.kind == MONEY]) > 1:
        signs.add("两个金额")
    if where.insured:
        signs.add("地区")
    return frozenset(signs | {"外地"} if where.elsewhere else signs)


def _asked(sentence, definitions, signs) -> list[Definition]:
    """The calculators the sentence asks for; of several those whose trigger says most."""
    fitting, topics = {}, other_topics_in(sentence)
    for definition in definitions:
        is_about_else = any(topic not in definition.triggers for topic in topics)
        if not is_about_else and not _fitting_terms(definition.excluded_by, sentence, signs):
            terms = _fitting_terms(definition.triggers, sentence, signs)
            if terms:
                fitting[definition.code] = definition, terms
    most = max((terms for _, terms in fitting.values()), default=0)
    return [definition for definition, terms in fitting.values() if terms == most]


def _fitting_terms(triggers: str, sentence: str, signs: frozenset[str]) -> int:
    """How many terms the longest line has that fits; 0 where none does."""
    try:
        lines = read_triggers(triggers)
    except WrongPhrasing:  # said in the office; a stored definition is read all the same
        return 0
    fitting = (line for line in lines if all(term.holds(sentence, signs) for term in line))
    return max((sum(not term.is_negated for term in line) or 1 for line in fitting), default=0)


def _read(definition, sentence, quantities, where) -> Reading:
    slots = filled_slots(sentence, definition.questions, quantities)
    said = {question.code: choice_said(question, sentence) for question in definition.questions if question.synonyms}
    chosen = {code: choice.answers[0] for code, choice in said.items() if choice.answers}
    unclear = {*slots.unclear, *(code for code, choice in said.items() if choice.is_unclear)}
    answers = _area(definition, where) | chosen | slots.answers
    place = definition.area_question
    if place and (where.is_unclear or (where.elsewhere and "{外地}" not in definition.triggers)):
        answers.pop(place.code, None)
        unclear.add(place.code)
    asked = _Asked(definition, answers)
    return Reading(
        definition,
        {question.code: answers[question.code] for question in definition.questions if asked.may_take(question)},
        tuple(question.code for question in definition.questions if question.code in unclear),
        {code: choice.answers for code, choice in said.items() if len(choice.answers) > 1},
    )


def _area(definition, where):
    return definition.place_and_day(where.insured.code if where.insured else "", None)


class _Asked:
    """Which questions the other answers leave open to be asked, as far as no policy value is needed to tell."""

    def __init__(self, definition: Definition, answers: dict[str, str]):
        self.definition, self.answers = definition, answers

    def may_take(self, question: Question) -> bool:
        if question.code not in self.answers:
            return False
        try:
            return not question.shown_if or compile_formula(question.shown_if).evaluate(self) is not False
        except FormulaError:
            return True

    # The scope of shown_if: what is answered or preset; whatever else it needs is not known here.

    def value(self, name):
        question = self.definition.by_name.get(name)
        text = question and (self.answers.get(question.code) or question.default)
        try:
            return question.question_kind.read(question, text)[0] if text else self._unknown(name)
        except WrongAnswer:
            return self._unknown(name)

    def _unknown(self, name):
        raise FormulaError(f"“{name}”还不知道。")

    def unit(self, name):
        return self._unknown(name)

    is_set = unit

    def previous(self, name, otherwise):
        return otherwise()
