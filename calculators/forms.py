"""Forms for visitors: a day, and the questions of a calculator.

A calculator's form shows the questions its definition asks in the chosen area on the chosen day. What
is right and wrong is decided in calculators.worksheet.answers alone, so that the API says the same sentences.
"""

import re
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils import timezone

from calculators.definition import AREA_KIND, UNKNOWN_ANSWER, Definition, Question, WrongAnswer
from calculators.policies.in_force import values_in_force
from calculators.publishing.availability import UnexplainedRates
from calculators.publishing.offered_areas import OfferedAreas
from calculators.values.types import ParameterNotInForce
from calculators.values.units import RESULT_UNITS, is_money, show, unit_of_elements
from calculators.widgets import CONTROLS, drawn_field
from calculators.worksheet import Statement, WorksheetError, compute
from calculators.worksheet.answers import parse_answers
from calculators.worksheet.parsing import read_answer
from calculators.worksheet.rates import EmptyRates
from calculators.worksheet.what_if import Alternative, alternatives

CODE_IN_SENTENCE = re.compile(r"^“[a-z][a-z0-9_]*”(?=不)")  # a code is no word for visitors
MAX_ANSWER_CHARACTERS = 400
BRIEF_KINDS = {"choice", "money", "count", "month"}


def typed_answers(query: QueryDict) -> dict[str, str]:
    """The answers of an address. Boxes ticked together are one list; 不知道, ticked beside a box, is the answer."""
    return {
        code: UNKNOWN_ANSWER if UNKNOWN_ANSWER in texts else "、".join(text for text in texts if text)
        for code, texts in query.lists()
    }


class DayForm(forms.Form):
    on = forms.DateField(
        label="看哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请写成 2026-01-31 这样的日期。"},
    )

    def day(self):
        """The day asked for; today where none, or an unreadable one, was given."""
        today = timezone.localdate()
        return (self.cleaned_data["on"] or today) if self.is_valid() else today


class AnswerField(forms.CharField):
    """Field of one question. The text is passed on as typed; `suffix` is the unit beside the box.

    `settled` is the answer in words where there is one only: it is said, and not asked.
    """

    def __init__(self, question: Question, typed: str, areas=()):
        super().__init__(
            label=question.words,
            help_text=question.help,
            required=False,
            strip=False,
            widget=CONTROLS[question.question_kind.control](question, typed, areas),
        )
        self.suffix = _suffix(question)
        self.is_optional = question.optional
        self.picture = question.picture
        self.may_be_unknown = bool(question.unknown_answers) and not question.question_kind.is_selected
        self.is_unknown = typed == UNKNOWN_ANSWER
        only = question.options[0] if len(question.options) == 1 and question.dimension else None
        self.settled = only.label if only and typed == only.code and not question.unknown_answers else ""


class CalculatorForm(OfferedAreas, forms.Form):
    """The answers in an address, and what comes of them.

    Questions with a default come filled in. A blank answer is an error only where it was sent
    blank: an address that names the area alone opens the form with it, without reproach.
    """

    def __init__(self, definition: Definition, typed: dict[str, str], today):
        self.definition = definition
        self.today = today
        self.typed = {code: text[:MAX_ANSWER_CHARACTERS] for code, text in typed.items()}
        self.on = _day_asked(definition, self.typed, today)
        self.rates = self._rates()
        self.answers = parse_answers(definition, self.typed, today=today, rates=UnexplainedRates(self.rates))
        codes = {question.code for question in definition.questions}
        is_asked = not codes.isdisjoint(self.typed)
        super().__init__(self._filled_in() if is_asked else None, initial=self._filled_in(), auto_id="%s")
        for question in self.answers.questions:
            self.fields[question.code] = AnswerField(question, self.answers.raw[question.code], self._areas)

    @property
    def drawn(self) -> list[str]:
        """Each question as HTML."""
        return [drawn_field(field) for field in self]

    def _rates(self):
        question = self.definition.area_question
        area = self.typed.get(question.code, "").strip() if question else ""
        return values_in_force(self.definition.reads, area=area, on=self.on, today=self.today) if area else EmptyRates()

    def _filled_in(self):
        """What each box shows: the text as typed or the default, and for a choice its code."""
        chosen = {
            question.code: self.answers.codes[question.name]
            for question in self.answers.questions
            if question.question_kind.has_options
            and question.name in self.answers.codes
            and question.code not in self.answers.unknown
        }
        unknown = {
            question.code: ""
            for question in self.answers.questions
            if question.code in self.answers.unknown and not question.question_kind.is_selected
        }
        return {**self.typed, **self.answers.raw, **chosen, **unknown}

    def clean(self):
        if self.answers.area and not self.area_name:
            self.add_error(self.definition.area_question.code, f"没有“{self.answers.area}”这个参保地，请从列表里选。")
        for code, sentence in self.answers.errors.items():
            if code in self.typed:
                is_chosen = any(one.code == code and one.question_kind.has_options for one in self.answers.questions)
                self.add_error(code, CODE_IN_SENTENCE.sub("你选的", sentence) if is_chosen else sentence)

    @property
    def given(self) -> list[tuple[str, str]]:
        """What was answered, in words: the question and the answer."""
        answered = [question for question in self.answers.questions if self.answers.raw[question.code]]
        return [(question.words, self.in_words(question)) for question in answered]

    @property
    def brief(self) -> list[str]:
        """For whom and for how much the result is: place, and the choices and amounts that had to be answered."""
        told = [
            self.in_words(question)
            for question in self.answers.questions
            if question.kind in BRIEF_KINDS and not question.optional and (question.dimension or not question.default)
        ]
        return [text for text in (self.area_name, *told) if text and text != UNKNOWN_ANSWER]

    def in_words(self, question) -> str:
        if question.kind == AREA_KIND:
            return self.area_name
        if question.code in self.answers.unknown:
            return UNKNOWN_ANSWER
        value = self.answers.values.get(question.name)
        return self.answers.raw[question.code] if value is None else show(value, question.answer_unit)

    @cached_property
    def missing(self):
        """Questions without an answer that nobody was shown yet."""
        return [self[code] for code in self.answers.errors if code not in self.typed]

    @cached_property
    def statement(self) -> Statement | None:
        """The result; None while answers are wrong or missing, and where `refusal` says why there is none."""
        return self._outcome[0]

    @property
    def refusal(self) -> str:
        return self._outcome[1]

    @property
    def is_without_figure(self) -> bool:
        """Whether there is no result because a policy value is not collected, rather than because of the answers."""
        return self._outcome[2]

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What would change the result most; nothing where there is none."""
        if self.statement is None:
            return ()
        return alternatives(self.definition, self.answers, self.statement, UnexplainedRates(self.rates), self.today)

    @cached_property
    def _outcome(self):
        if not self.is_valid() or self.missing:
            return None, "", False
        try:
            return compute(self.definition, self.answers, self.rates), "", False
        except ParameterNotInForce as error:
            return None, error.for_visitors, True
        except WorksheetError as error:
            return None, error.for_visitors(), False


def _day_asked(definition, typed, today):
    """The day for which the form offers areas and choices; today where none can be read."""
    question = definition.day_question
    if question is None:
        return today
    try:
        return read_answer(question, typed.get(question.code, "").strip(), today)[0] or today
    except WrongAnswer:
        return today


def _suffix(question):
    unit = unit_of_elements(question.answer_unit)
    if not question.question_kind.shows_unit or unit == "count":
        return ""
    return "元" if is_money(unit) else RESULT_UNITS[unit]
