"""References between the parts of a definition: what one names must be of the kind that the other can use.

A day must be a date, rounds go through a list, an answer to a dimension is an option or a whole number, and the
chart holds amounts. Names that do not exist are reported in `calculators.definition.validation`.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from calculators.definition.answer_text import WrongAnswer
from calculators.definition.parts import CHART_PLACES, MONTH_PLACE, MONTH_STATES, Note, Output, Question, Step
from calculators.definition.placeholders import has_lone_brace, placeholders
from calculators.definition.question_kinds import QUESTION_KINDS
from calculators.definition.schema import Definition
from calculators.definition.validation import Problem, problem_of, unit_seen_by
from calculators.formulas import Kind, kind_of, unknown
from calculators.formulas.types import COUNT, DATE, LIST_PREFIX, MONEY, MONTH, TEXT, list_of

NEEDED_FOR_VALUES = "取数要用这个问题，不能可以不填，不能按条件才问，也不能决定适用条件。"


class DimensionRule(Protocol):
    """What is answered to a dimension: a whole number where it is a range, otherwise one of its options."""

    name: str
    is_range: bool


Dimensions = Mapping[str, DimensionRule]


def check_references(definition: Definition, dimensions: Dimensions) -> list[Problem]:
    """Everything that names a part of the wrong kind; `dimensions` are by code."""
    return [
        *_questions(definition, dimensions),
        *_steps(definition, dimensions),
        *_chart(definition),
        *_placeholders(definition),
        *_unknown_answers(definition),
    ]


def _questions(definition: Definition, dimensions: Dimensions) -> Iterator[Problem]:
    for question in definition.questions:
        if not _fits(question):
            sentence = f"“{question.question_kind.label}”的单位不能是{kind_of(question.answer_unit)}。"
            yield problem_of(question, "unit", sentence)
        if question in (definition.area_question, definition.day_question):
            yield from _always_answered(question)
        elif question.dimension:
            yield from _question_dimension(question, dimensions)


def _fits(question: Question) -> bool:
    """Whether the question's own unit is one of the type that answers of its kind have."""
    return question.kind not in QUESTION_KINDS or kind_of(question.answer_unit) == kind_of(question.question_kind.unit)


def _always_answered(question: Question) -> Iterator[Problem]:
    for entry in ("optional", "shown_if", "dimension"):
        if getattr(question, entry):
            yield problem_of(question, entry, NEEDED_FOR_VALUES)


def _question_dimension(question: Question, dimensions: Dimensions) -> Iterator[Problem]:
    rule = dimensions.get(question.dimension)
    if rule is None:
        yield problem_of(question, "dimension", _unknown_dimension(question.dimension))
    elif not (question.question_kind.answers_range if rule.is_range else question.question_kind.has_options):
        yield problem_of(question, "dimension", _wanted(rule, f"这个问题问的是{question.question_kind.label}"))


def _steps(definition: Definition, dimensions: Dimensions) -> Iterator[Problem]:
    for step in definition.steps:
        yield from _rounds(definition, step)
        yield from _day(definition, step)
        yield from _step_dimension(step, dimensions)
        for dimension, answer in step.asks.items():
            yield from _asked(definition, step, dimensions, dimension, answer)


def _rounds(definition: Definition, step: Step) -> Iterator[Problem]:
    if step.each in definition.by_name:
        kind = _kind_seen_by(definition, step.each, None)
        if not kind.startswith(LIST_PREFIX):
            yield problem_of(step, "each", f"逐期的一列“{step.each}”是{kind}，不是一列。")


def _day(definition: Definition, step: Step) -> Iterator[Problem]:
    if step.day in definition.by_name:
        kind = _kind_seen_by(definition, step.day, step)
        if kind not in {DATE, MONTH}:
            yield problem_of(step, "day", f"取数日期“{step.day}”是{kind}，不是日期。")


def _kind_seen_by(definition: Definition, name: str, reader: Step | None) -> Kind:
    return kind_of(unit_seen_by(definition.by_name[name], reader))


def _step_dimension(step: Step, dimensions: Dimensions) -> Iterator[Problem]:
    rule = dimensions.get(step.dimension)
    if step.dimension and rule is None:
        yield problem_of(step, "dimension", _unknown_dimension(step.dimension))
    elif rule and kind_of(step.unit) != _kind_wanted(rule):
        yield problem_of(step, "dimension", _wanted(rule, f"这一步算出来的是{kind_of(step.unit)}"))


def _asked(
    definition: Definition, step: Step, dimensions: Dimensions, dimension: str, answer: str
) -> Iterator[Problem]:
    """A dimension answered for this step alone: by the name of a part, or by a code."""
    rule = dimensions.get(dimension)
    if rule is None:
        yield problem_of(step, "asks", _unknown_dimension(dimension))
    elif answer not in definition.by_name:
        if rule.is_range:
            yield problem_of(step, "asks", _wanted(rule, f"“{answer}”不是问题也不是步骤"))
    elif (kind := _kind_seen_by(definition, answer, step)) != _kind_wanted(rule):
        yield problem_of(step, "asks", _wanted(rule, f"“{answer}”是{kind}"))


def _kind_wanted(rule: DimensionRule) -> Kind:
    return COUNT if rule.is_range else TEXT


def _wanted(rule: DimensionRule, given: str) -> str:
    return f"适用条件“{rule.name}”要{'一个整数' if rule.is_range else '一个选项'}，{given}。"


def _unknown_dimension(code: str) -> str:
    return f"没有“{code}”这个适用条件。"


def _chart(definition: Definition) -> Iterator[Problem]:
    for output in definition.outputs:
        step = definition.by_name.get(output.step)
        if output.part and output.part not in CHART_PLACES:
            places = "、".join(CHART_PLACES)
            yield problem_of(output, "part", f"图里没有“{output.part}”这个位置，可以写的有：{places}。")
        elif output.part == MONTH_PLACE:
            yield from _month_strip(definition, output)
        elif output.part and step and not isinstance(step, Question) and kind_of(step.result_unit) != MONEY:
            sentence = f"图里只能放金额，“{output.step}”的结果是{kind_of(step.result_unit)}。"
            yield problem_of(output, "part", sentence)


def _month_strip(definition: Definition, output: Output) -> Iterator[Problem]:
    """A strip goes through months, and says of each how it is by an option of its step."""
    step = definition.steps_by_name.get(output.step)
    if step is None:
        return
    is_monthly = step.each in definition.by_name and _kind_seen_by(definition, step.each, None) == list_of(MONTH)
    if not is_monthly or kind_of(step.unit) != TEXT:
        yield problem_of(output, "part", f"逐月的状态要逐月算出一个词，“{output.step}”不是。")
    elif not {option.code for option in step.options} <= MONTH_STATES.keys():
        yield problem_of(output, "part", f"“{output.step}”的选项代码可以写的有：{'、'.join(MONTH_STATES)}。")


def _placeholders(definition: Definition) -> Iterator[Problem]:
    parts: tuple[tuple[Output | Note, str], ...] = (
        *((output, "sentence") for output in definition.outputs),
        *((note, "text") for note in definition.notes),
    )
    for part, entry in parts:
        if has_lone_brace(getattr(part, entry)):
            yield problem_of(part, entry, "花括号要成对，中间写步骤或问题的名字，如 {报销金额}。")
        for name in placeholders(getattr(part, entry)):
            if name not in definition.by_name:
                yield problem_of(part, entry, unknown("问题或步骤", name, definition.by_name).sentence)


def _unknown_answers(definition: Definition) -> Iterator[Problem]:
    """不知道 stands for answers that could be given, and an implied answer is one too; it needs the other question."""
    codes = {question.code for question in definition.questions}
    for question in definition.questions:
        for entry, texts in (("unknown", question.unknown_answers), ("implied", question.implied.values())):
            yield from (problem_of(question, entry, sentence) for text in texts if (sentence := _wrong(question, text)))
        for code in question.implied.keys() - codes:
            yield problem_of(question, "implied", f"没有代码为“{code}”的问题。")


def _wrong(question: Question, text: str) -> str:
    try:
        question.question_kind.read(question, text)
    except WrongAnswer as wrong:
        return str(wrong)
    return ""
