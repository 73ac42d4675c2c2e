"""Validation of a definition before publishing: one Chinese sentence a problem.

Nothing is computed here; formulas are read, and the kinds of what they combine are followed from
questions and parameters through the steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from calculators.definition.parts import RESERVED_CODES, ROUND_NAMES, Case, Note, Output, Question, Step
from calculators.definition.placeholders import placeholders
from calculators.definition.question_kinds import QUESTION_KINDS
from calculators.definition.schema import Definition
from calculators.formulas import FormulaError, Kind, compile_formula, infer_kind, is_name, kind_of, unknown
from calculators.formulas.types import ANY, NUMERIC_KINDS, PLAIN
from calculators.values.units import RESULT_UNITS

MAX_STEPS = 80
DefinitionPart = Question | Step | Output | Note | Case
Parameters = Mapping[str, str]  # the unit code of each by name, or "bands"


@dataclass(frozen=True)
class Problem:
    """`part` says where: the name of a question, step or case, the label or step of an output.

    `of` is that part itself and `field` what of it must be written otherwise; both are empty where
    the whole is incomplete rather than something in it wrong.
    """

    part: str
    sentence: str
    column: int = 0
    of: DefinitionPart | None = field(default=None, compare=False, repr=False)
    field: str = ""

    def __str__(self) -> str:
        place = f"第 {self.column} 个字：" if self.column else ""
        return f"{self.part}：{place}{self.sentence}"


def check_definition(definition: Definition, parameters: Parameters) -> list[Problem]:
    """Everything wrong with it. Nothing is called unused beside an unreadable formula: it may have meant it."""
    formulas = list(_formulas(definition, parameters))
    return [
        *_codes(definition),
        *_names(definition, parameters),
        *_questions(definition, parameters),
        *_references(definition),
        *_circles(definition),
        *formulas,
        *([] if any(problem.field == "formula" for problem in formulas) else _unused(definition)),
        *_cases(definition),
    ]


def problem_of(part: DefinitionPart, entry: str, sentence: str, column: int = 0) -> Problem:
    """A problem in the field `entry` of a part."""
    return Problem(_called(part), sentence, column, part, entry)


def _called(part: DefinitionPart) -> str:
    """A part as an editor knows it: by its name or step, never by a code that was made from it."""
    if isinstance(part, Note):
        return f"说明“{part.text[:12]}…”"
    if isinstance(part, Output):
        return part.label or part.step or "没有选步骤的结果"
    return part.name or ("没有名称的问题" if isinstance(part, Question) else "没有名称的一步")


def _codes(definition: Definition) -> Iterator[Problem]:
    groups: tuple[Sequence[Question | Output], ...] = (definition.questions, definition.outputs)
    for parts in groups:
        seen = set()
        for part in parts:
            if part.code in seen:
                yield problem_of(part, "code", "这个代码用了两次。")
            seen.add(part.code)
            if part.code in RESERVED_CODES:
                yield problem_of(part, "code", "这个代码网址另有用处，请换一个。")
            if not (part.code.isascii() and part.code.isidentifier() and part.code == part.code.lower()):
                yield problem_of(part, "code", "代码只能用小写字母、数字和下划线，以字母开头。")


def _names(definition: Definition, parameters: Parameters) -> Iterator[Problem]:
    seen = set()
    parts: tuple[Question | Step, ...] = (*definition.questions, *definition.steps)
    for part in parts:
        if part.name in seen:
            yield problem_of(part, "name", "这个名称用了两次。")
        elif part.name in parameters or part.name in ROUND_NAMES:
            yield problem_of(part, "name", "这个名称已经是参数或固定的词，请换一个。")
        elif not part.name:
            yield problem_of(part, "name", "还没有名称。")
        elif not is_name(part.name):
            yield problem_of(part, "name", "名称要写进公式，只能用汉字、字母和数字，不能含“且”“或”“非”。")
        seen.add(part.name)


def _questions(definition: Definition, parameters: Parameters) -> Iterator[Problem]:
    for kind in definition.kinds_lacking(parameters):
        yield Problem("问题", f"缺少问“{QUESTION_KINDS[kind].label}”的问题，没有它取不到数值。")
    for question in definition.questions:
        if question.kind not in QUESTION_KINDS:
            known = "、".join(QUESTION_KINDS)
            said = f"没有“{question.kind}”这种问题，可以用的有：{known}。" if question.kind else "还没有选种类。"
            yield problem_of(question, "kind", said)
        elif question.question_kind.has_options and not question.options and not question.dimension:
            yield problem_of(question, "options", "单选题没有选项。")
        elif question.answer_unit.removeprefix("list:") not in RESULT_UNITS:
            yield problem_of(question, "unit", f"没有“{question.unit}”这个单位。")


def _references(definition: Definition) -> Iterator[Problem]:
    """Steps, lists and days that other parts name."""
    if len(definition.steps) > MAX_STEPS:
        yield Problem("步骤", f"步骤太多：{len(definition.steps)} 个，最多 {MAX_STEPS} 个。")
    if not definition.outputs:
        yield Problem("结果", "没有一项结果。")
    for output in definition.outputs:
        if not output.step or output.step not in definition.steps_by_name:
            said = unknown("步骤", output.step, definition.steps_by_name).sentence
            yield problem_of(output, "step", said if output.step else "还没有选步骤。")
    for step in definition.steps:
        yield from _step_references(definition, step)


def _step_references(definition: Definition, step: Step) -> Iterator[Problem]:
    if step.unit and step.unit.removeprefix("list:") not in RESULT_UNITS:
        yield problem_of(step, "unit", f"没有“{step.unit}”这个单位。")
    for entry, what in (("each", "逐期的一列"), ("day", "取数日期")):
        name = getattr(step, entry)
        if name and name not in definition.by_name:
            yield problem_of(step, entry, f"{what}“{name}”既不是问题也不是步骤。")


def _circles(definition: Definition) -> Iterator[Problem]:
    """Steps that need their own result, by whatever way round."""
    reported: set[str] = set()
    for step in definition.steps:
        path = _way_back(definition, step.name)
        if path and not reported.intersection(path):
            reported.update(path)
            yield problem_of(step, "formula", f"步骤互相依赖，绕成了圈：{' → '.join([*path, step.name])}。")


def _way_back(definition: Definition, start: str) -> list[str]:
    """The steps from `start` back to itself, or nothing."""
    paths, seen = [[start]], set()
    while paths:
        path = paths.pop()
        for name in needed(definition, path[-1]):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def needed(definition: Definition, name: str) -> list[str]:
    """The steps that `name` needs in the same round: those it reads, but not by 上期 alone."""
    step = definition.steps_by_name[name]
    try:
        earlier = step.compiled.only_within("上期")
    except FormulaError:
        earlier = frozenset()
    return [read for read in step.mentions if read in definition.steps_by_name and read not in earlier]


def _formulas(definition: Definition, parameters: Parameters) -> Iterator[Problem]:
    for step in definition.steps:
        known = known_kinds(definition, parameters, step)
        yield from _formula(step, "formula", step.formula, known, step.unit)
    parts: tuple[Question | Output | Note, ...] = (*definition.questions, *definition.outputs, *definition.notes)
    for part in parts:
        if part.shown_if:
            yield from _formula(part, "shown_if", part.shown_if, known_kinds(definition, parameters), "boolean")
    for place, question in enumerate(definition.questions):
        earlier = {other.name: kind_of(other.answer_unit) for other in definition.questions[:place]}
        for entry, formula in question.bound_formulas.items():
            yield from _formula(question, entry, formula, earlier, question.answer_unit.removeprefix("list:"))


def known_kinds(definition: Definition, parameters: Parameters, step: Step | None = None) -> dict[str, Kind]:
    """The kind of every name as `step` sees it: of the steps of its own rounds, one round's result."""
    known = {name: kind_of(unit) for name, unit in parameters.items()}
    parts: tuple[Question | Step, ...] = (*definition.questions, *definition.steps)
    for part in parts:
        known[part.name] = kind_of(unit_seen_by(part, step))
    if step is not None and step.each:
        whole = definition.by_name.get(step.each)
        known["本期"] = kind_of(unit_seen_by(whole, None).removeprefix("list:")) if whole else ANY
        known["期数"] = kind_of("count")
    return known


def unit_seen_by(part: Question | Step, reader: Step | None) -> str:
    """The unit of a part as the step `reader` sees it: within the same rounds, of one round."""
    if isinstance(part, Question):
        return part.answer_unit
    return part.unit if reader is not None and part.each and part.each == reader.each else part.result_unit


def _formula(part: DefinitionPart, entry: str, formula: str, known: Mapping[str, Kind], unit: str) -> Iterator[Problem]:
    try:
        kind = infer_kind(compile_formula(formula), known)
    except FormulaError as error:
        problem = (error.sentence, error.column) if formula.strip() else ("还没有公式。",)
        yield problem_of(part, entry, *problem)
        return
    wanted = kind_of(unit)
    if not unit:
        yield problem_of(part, "unit", "还没有选单位。")
    elif kind != wanted and not (kind in {ANY, PLAIN} and wanted in NUMERIC_KINDS):
        yield problem_of(part, entry, f"公式算出来的是{kind}，单位却是{wanted}。")


def _unused(definition: Definition) -> Iterator[Problem]:
    used = {name for step in definition.steps for name in step.mentions}
    used |= {name for condition in definition.conditions for name in _mentioned(condition)}
    used |= {name for text in definition.sentences for name in placeholders(text)}
    used |= definition.output_steps
    parts: tuple[Question | Step, ...] = (*definition.questions, *definition.steps)
    for part in parts:
        narrows_values = part.dimension or part in (definition.area_question, definition.day_question)
        if part.name and part.name not in used and not (narrows_values and definition.reads):
            what = "这个问题的回答" if isinstance(part, Question) else "这一步的结果"
            yield Problem(part.name, f"{what}没有用到。")


def _mentioned(condition: str) -> tuple[str, ...]:
    try:
        return compile_formula(condition).names
    except FormulaError:
        return ()


def _cases(definition: Definition) -> Iterator[Problem]:
    codes = {question.code for question in definition.questions}
    outputs = {output.code for output in definition.outputs} | {"refused"}
    if not definition.cases:
        yield Problem("算例", "还没有算例；没有算例不能发布。")
    for case in definition.cases:
        if not case.expected:
            yield problem_of(case, "expected", "没有写应得的结果。")
        for code in case.answers.keys() - codes:
            yield problem_of(case, "answers", f"没有代码为“{code}”的问题。")
        for code in case.expected.keys() - outputs:
            yield problem_of(case, "expected", f"没有代码为“{code}”的结果。")
