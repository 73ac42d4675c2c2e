"""The result page of a worked case, rendered before publishing: what is wrong in it that no rule names.

Rules (calculators.definition) name the part and its mend; this is the net below them.
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import date

from django.template.loader import render_to_string

from calculators.definition import Definition, Problem
from calculators.publishing.cases import Outcome, case_answers
from calculators.values.units import show
from calculators.worksheet.rates import NoRates, Rates
from calculators.worksheet.what_if import alternatives

logger = logging.getLogger(__name__)
FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)


def page_problems(
    definition: Definition, outcomes: tuple[Outcome, ...], rates: Mapping[str, Rates], today: date
) -> Iterator[Problem]:
    """One for each case whose page is an error; the log has the traceback. Pages with the same lines are rendered once."""
    different = {_shape(outcome.statement): outcome for outcome in outcomes if outcome.statement}
    for outcome in different.values():
        try:
            _render(definition, outcome, rates.get(outcome.case.area, NoRates()), today)
        except FAULTS as fault:
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
