"""Questions of a calculator for a program: what is asked at a place, with the codes of its options, and what was answered wrong."""

from difflib import get_close_matches

from django.utils import timezone

from calculators.api.api import RequestRefused
from calculators.definition import AREA_KIND, Definition, Question
from calculators.forms import CalculatorForm


def read_form(definition: Definition, typed: dict[str, str]) -> CalculatorForm:
    """The form with the answers of a query. Raises RequestRefused for a name that is no input."""
    codes = [question.code for question in definition.questions]
    errors = {name: f"没有叫“{name}”的输入。{_hint(name, codes)}" for name in typed if name not in codes}
    if errors:
        raise RequestRefused("有的输入不认识。", errors)
    return CalculatorForm(definition, typed, timezone.localdate())


def _hint(name, codes):
    nearest = "region" if name == "area" and "region" in codes else ""
    nearest = nearest or next(iter(get_close_matches(name, codes, n=1, cutoff=0.5)), "")
    return f"是不是“{nearest}”？" if nearest else f"可以写的有：{'、'.join(codes)}。"


def asked_questions(form: CalculatorForm) -> list[Question]:
    """Those that the form shows; before the place it asks for is chosen all, as which are asked depends on it."""
    is_settled = form.answers.area or form.definition.area_question is None
    return list(form.answers.questions if is_settled else form.definition.questions)


def open_questions(form: CalculatorForm) -> list[Question]:
    """Those of the asked questions that a result still needs an answer to."""
    return [question for question in asked_questions(form) if question.code in form.answers.errors]


def refusal(form: CalculatorForm, sentence: str, errors: dict[str, str]) -> RequestRefused:
    """A refusal that names, for each wrong or missing input that is a choice, the codes it may have."""
    options = {
        question.code: found
        for question in form.answers.questions
        if question.code in errors and (found := options_of(question, form))
    }
    return RequestRefused(sentence, errors, options)


def options_of(question: Question, form: CalculatorForm) -> list[dict[str, str]]:
    if question.kind == AREA_KIND:
        return [{"code": place.code, "label": place.name} for place in form.places]
    return option_fields(question)


def option_fields(question: Question) -> list[dict[str, str]]:
    return [{"code": option.code, "label": option.label} for option in question.options]


def question_fields(question: Question) -> dict:
    return {
        "code": question.code,
        "label": question.words,
        "kind": question.kind,
        "help": question.help,
        "unit": question.answer_unit,
        "options": option_fields(question),
        "default": question.default,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "optional": question.optional or question.is_open_dimension,
        "unknown": list(question.unknown_answers),
        "asked_if": question.shown_if,
    }
