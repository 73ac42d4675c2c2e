"""Calculators marked for a visitor's choice: what works in their place for their 身份, and for whom or where the others are."""

from collections.abc import Iterable
from copy import copy
from datetime import date

from calculators.common import page_keys
from calculators.definition import Definition
from calculators.models import Calculator
from calculators.models.area import NATION_CODE
from calculators.preferences import VisitorChoice, region_of
from calculators.publishing.availability import availability
from calculators.question_answering import lookups
from calculators.values.conditions import PERSON_DIMENSION


def marked_calculators(calculators: Iterable[Calculator], choice: VisitorChoice, on: date) -> list[Calculator]:
    """Those that work first. Each has `mark`, a sentence, and `is_unusable`; without a choice they are as they were."""
    calculators = [copy(calculator) for calculator in calculators]  # those given may be of the process's cache
    if not choice.area:
        return calculators
    page_keys.depends_on(page_keys.AREAS_WITH_VALUES)
    region = region_of(choice)
    area = lookups.area(region)
    working = availability.calculators_in(area, calculators, on, choice.person) if area else []
    for calculator in calculators:
        calculator.is_unusable = calculator not in working
        calculator.mark = _mark(calculator.published(), choice, is_usable=calculator in working)
    return sorted(calculators, key=lambda calculator: calculator.is_unusable)


def _mark(definition, choice, *, is_usable):
    if misfit := misfit_sentence(definition, choice):
        return misfit
    if definition.area_question is None:
        return ""
    if not choice.is_covered:
        return "按全国规定，自己填当地的数" if is_usable else f"{choice.place.short_name}的数还没有收录"
    return f"{choice}可以算" if is_usable else f"{choice}还算不了：当地的数没有收录齐"


def misfit_sentence(definition: Definition, choice: VisitorChoice) -> str:
    """For whom the calculator is, where it is not for the chosen 身份; empty where it is."""
    question = definition.person_question
    if not choice.person or question is None or not (question.options and question.dimension):
        return ""  # without a dimension it asks what one would become: 职工还是居民
    options = {option.code: option.label for option in question.options}
    return "" if choice.person in options else f"给{'、'.join(options.values())}的人用"


def counterpart(definition: Definition, choice: VisitorChoice, calculators: Iterable[Calculator]) -> Calculator | None:
    """The calculator for the chosen 身份 that gives the same results as one which is not for it: 居民门诊 for 职工门诊."""
    alike = (one for one in calculators if _results(one.published()) == _results(definition))
    return next((one for one in alike if not misfit_sentence(one.published(), choice)), None)


def _results(definition):
    return {output.code for output in definition.outputs}


def prefilled_answers(definition: Definition, choice: VisitorChoice, on: date) -> dict[str, str]:
    """The choice as answers, as far as the calculator takes them: never one that it would call wrong."""
    if not choice.area:
        return {}
    region, question = region_of(choice), definition.person_question
    if region == NATION_CODE and not availability.of(definition, on).is_national():
        region = ""
    codes = [option.code for option in question.options] or [choice.person] if question else []
    person = choice.person if choice.person in codes else ""
    answers = definition.place_and_day(region, None) | {PERSON_DIMENSION: person}
    return {code: text for code, text in answers.items() if text}
