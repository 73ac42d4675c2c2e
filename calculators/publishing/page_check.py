"""Rendering check before publishing: the result pages of the worked cases must render without an error.

It catches faults that the rules of calculators.definition, which name the part and its mend, do not cover.
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import date

from django.template.loader import render_to_string

from calculators.definition import Definition, Problem
from calculators.publishing.cases import CaseOutcome, case_answers
from calculators.values.units import show
from calculators.worksheet.rates import EmptyRates, Rates
from calculators.worksheet.what_if import alternatives

logger = logging.getLogger(__name__)
RENDERING_ERRORS = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)


def page_problems(
    definition: Definition, outcomes: tuple[CaseOutcome, ...], rates: Mapping[str, Rates], today: date
) -> Iterator[Problem]:
    """A problem for each case whose page raises; the log has the traceback. Pages with the same lines are rendered once."""
    different = {_shape(outcome.statement): outcome for outcome in outcomes if outcome.statement}
    for outcome in different.values():
        try:
            _render(definition, outcome, rates.get(outcome.case.area, EmptyRates()), today)
        except RENDERING_ERRORS as fault:
            logger.exception("The page of a worked case of %s is an error.", definition.code)
            yield Problem(outcome.case.name, f"结果页打不开（{type(fault).__name__}：{fault}），请告诉维护网站的人。")


def _shape(statement):
    return tuple(statement.outputs), tuple(line.name for line in statement.lines), len(statement.parts)


def _render(definition, outcome, rates, today):
    answers = case_answers(definition, outcome.case, rates)
    given = [(question.words, _in_words(question, answers)) for question in answers.questions]
    others = alternatives(definition, answers, outcome.statement, rates, today)
    form = {"area_name": outcome.case.area, "given": given, "alternatives": others}
    context = {"statement": outcome.statement, "form": form, "calculator": definition}
    return render_to_string("calculators/_statement.html", context)


def _in_words(question, answers):
    value = answers.values.get(question.name)
    return "" if value is None else show(value, question.answer_unit)
