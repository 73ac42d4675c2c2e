"""Working copy of a calculator as it stands in the forms of its parts: put together, checked as a whole, tried.

Each part has a form of its own; what is wrong between parts (a name that does not exist, a circle, a
unit that does not fit) is only seen in all of them together. It is told at its field and holds back
publishing, never saving: a draft may be half-finished.
"""

from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property

from calculators import definition
from calculators.admin.definition_form.gists import gist_of
from calculators.admin.definition_form.option_words import REFUSED_WORD, expected_in_codes, in_codes, option_words
from calculators.common.codes import code_from_name
from calculators.common.names import canonical_name
from calculators.definition import AREA_KIND, DAY_KIND, Definition, Problem
from calculators.definition.formula_kind import kind_of_formula
from calculators.models import Calculator, Output, Question, Step
from calculators.models.calculator import OWN_FIELDS, PART_NAMES
from calculators.models.dimension import vocabulary
from calculators.publishing.gate import parameter_units

FIELDS_TRIED_WITH_ERRORS = {"name"}  # what is wrong there is told when it is tried
LAST_ORDER = 32_000  # a part without a place of its own comes after those that have one
CASE_FIELDS = {"answers", "expected"}
READ_BY_FORMULAS = (("questions", "name"), ("steps", "name"), ("steps", "each"), ("steps", "day"), ("outputs", "step"))
ASKED_FOR_VALUES = (  # by whatever reads a policy value
    definition.Question("region", "参保地", AREA_KIND),
    definition.Question("as_of", "日期", DAY_KIND, default="今日"),
)
UNITS_OF_KINDS = {"元": "CNY", "比例": "ratio", "百分点": "percentage_point", "条件": "boolean", "文字": "text"}


class WorkingCopy:
    """The formsets of one request, by the names of the parts they hold."""

    def __init__(self, calculator: Calculator | None):
        self.calculator = calculator or Calculator()
        self.formsets = {}
        self._forms = {}
        self._dimensions = None

    def add(self, formset):
        self.formsets[formset.part_name] = formset

    def definition(self) -> Definition:
        """What the forms say now, saved or not, without the parts that cannot be read yet."""
        self.complete()
        return self._put_together()

    def _put_together(self):
        parts = {name: tuple(self._parts(name)) for name in PART_NAMES}
        parts["outputs"] = parts["outputs"] or _last_step_as_output(parts["steps"])
        calculator = self.calculator
        found = Definition(**{name: getattr(calculator, name) for name in OWN_FIELDS}, **parts)
        return replace(found, questions=(*self._missing_questions(found), *found.questions))

    def _missing_questions(self, found: Definition) -> tuple:
        """Those that the policy values need which it reads, and that it does not ask yet, under a code that is free."""
        kinds, names, codes = ({getattr(each, field) for each in found.questions} for field in ("kind", "name", "code"))
        missing = [each for each in ASKED_FOR_VALUES if each.kind not in kinds and each.name not in names]
        if not (missing and found.reads) or found.reads.isdisjoint(self._parameter_units):
            return ()
        return tuple(replace(each, code=code_from_name(each.code, codes)) for each in missing)

    @cached_property
    def _parameter_units(self) -> dict[str, str]:
        return parameter_units()

    def complete(self):
        """Give parts what an editor may leave out: codes, units, names of cases; words in a case stand for codes."""
        self._spell_names()
        for name in ("questions", "outputs"):
            codes = {form.instance.code for form in self._live_forms(name)}
            for form in self._live_forms(name):
                row = form.instance
                if not row.code:
                    row.code = code_from_name(getattr(row, "name", "") or str(row), codes, name.removesuffix("s"))
                    codes.add(row.code)
        self._name_cases()
        self._read_case_names()
        self._add_units()

    def _spell_names(self):
        """Names that formulas read, as a formula spells them."""
        for name, column in READ_BY_FORMULAS:
            for form in self._live_forms(name):
                setattr(form.instance, column, canonical_name(getattr(form.instance, column)))

    def _name_cases(self):
        cases = [form.instance for form in self._live_forms("cases")]
        free = (f"算例 {number}" for number in range(1, 2 * len(cases) + 1))
        names = {case.name for case in cases}
        for case in cases:
            case.name = case.name or next(name for name in free if name not in names)

    def _add_units(self):
        """The unit of a step follows from its formula, unless that gives a number: of what, only an editor knows."""
        rows = [form.instance for form in self._live_forms("steps") if not form.instance.unit]
        for row in rows:
            kind = kind_of_formula(self._put_together(), self._parameter_units, row.as_part())
            row.unit = UNITS_OF_KINDS.get(kind, "")

    def _parts(self, name):
        for form in self._live_forms(name):
            if not form.errors.keys() - FIELDS_TRIED_WITH_ERRORS:
                part = form.instance.as_part()
                self._forms[id(part)] = form
                yield part

    def _live_forms(self, name):
        formset = self.formsets.get(name)
        forms = formset.forms if formset else []
        kept = [form for form in forms if not form.is_blank and not _is_deleted(formset, form)]
        return sorted(kept, key=lambda form: LAST_ORDER if form.instance.order is None else form.instance.order)

    def show_problems(self, problems: list[Problem] | tuple[Problem, ...]):
        """Put each problem at the field where it is; what a case says of a name nobody has is there already."""
        for problem in problems:
            form = self._forms.get(id(problem.of))
            is_told = form is not None and problem.field in CASE_FIELDS and problem.field in form.problems
            if form is not None and problem.field in form.fields and not is_told:
                form.add_problem(problem.field, problem.sentence, problem.column)

    def problem_count(self) -> int:
        return sum(form.problem_count for form in self.forms)

    @property
    def forms(self):
        return [form for name in PART_NAMES for form in self._live_forms(name)]

    def show_gists(self, results: dict[str, str]):
        """Give each form its part in one line, a step's with its result; words stand for codes."""
        names, words = self.case_names(), self._option_words()
        for form in self.forms:
            form.gist = gist_of(form.instance, names, words, form.problem_count)
            form.result = results.get(form.instance.name, "") if isinstance(form.instance, Step) else ""

    def case_names(self) -> dict[str, str]:
        """The words of questions and outputs by code, as a case shows them."""
        steps = tuple(form.instance for form in self._live_forms("steps"))
        implied = () if self._live_forms("outputs") else _last_step_as_output(steps)
        forms = [*self._live_forms("outputs"), *self._live_forms("questions")]
        names = {output.code: output.step for output in implied}
        return names | {form.instance.code: str(form.instance) for form in forms if form.instance.code}

    def stored_names(self) -> dict[str, str]:
        """The same of what is stored, before anything posted is read."""
        names = {"refused": REFUSED_WORD}
        for part_name in ("outputs", "questions"):
            formset = self.formsets.get(part_name)
            names |= {row.code: str(row) for row in (formset.queryset if formset is not None else ())}
        return {code: name for code, name in names.items() if code and name}

    def stored_option_words(self):
        formset = self.formsets.get("questions")
        return option_words(formset.queryset if formset is not None else (), self._dimension_words)

    def _option_words(self):
        rows = (form.instance for form in self._live_forms("questions"))
        return option_words(rows, self._dimension_words)

    def _dimension_words(self):
        if self._dimensions is None:
            self._dimensions = vocabulary().names
        return self._dimensions

    def store_what_is_missing(self) -> list[str]:
        """Store what `definition` adds to the forms, for an editor need not know of it; a sentence for each."""
        calculator = self.calculator
        questions = self._missing_questions(calculator.definition())
        outputs = (
            ()
            if calculator.outputs.exists()
            else _last_step_as_output(tuple(row.as_part() for row in calculator.steps.all()))
        )
        for place, question in enumerate(questions):
            row = Question.of(calculator, question, place)
            row.order = place  # before those that an editor wrote
            row.save()
        for output in outputs:
            Output.of(calculator, output, 1).save()
        asked = "和".join(f"“{question.name}”" for question in questions)
        return [
            *([f"取政策数值要问的{asked}已经加上。"] if questions else ()),
            *(f"没有另写结果，就把最后一步“{output.step}”当作结果。" for output in outputs),
        ]

    def _read_case_names(self):
        """A case may name a question or output by its words; it is stored by code."""
        questions = _codes(form.instance for form in self._live_forms("questions"))
        outputs = _codes(form.instance for form in self._live_forms("outputs")) | {
            "refused": "refused",
            REFUSED_WORD: "refused",
        }
        if not self._live_forms("outputs"):
            steps = tuple(form.instance for form in self._live_forms("steps"))
            outputs |= {
                word: output.code for output in _last_step_as_output(steps) for word in (output.step, output.code)
            }
        words = self._option_words()
        for form in self._live_forms("cases"):
            form.problems = {}
            _use_codes(form, "answers", questions, "问题")
            if isinstance(form.instance.answers, dict):
                form.instance.answers = in_codes(form.instance.answers, words)
            _use_codes(form, "expected", outputs, "结果")
            if isinstance(form.instance.expected, dict):
                form.instance.expected = expected_in_codes(form.instance.expected)


def _last_step_as_output(steps) -> tuple[definition.Output, ...]:
    return tuple(
        definition.Output(code_from_name(step.name, (), "result"), step.name, headline=True) for step in steps[-1:]
    )


def _is_deleted(formset, form):
    return formset.is_bound and formset.can_delete and formset._should_delete_form(form)


def _codes(rows):
    codes = {}
    for row in rows:
        words = (row.code, getattr(row, "name", ""), row.label, getattr(row, "step", ""))
        codes |= {word: row.code for word in words if word and word not in codes}
    return codes


def _use_codes(form, field, codes, what):
    pairs = getattr(form.instance, field)
    if not isinstance(pairs, dict):
        return
    for name in [name for name in pairs if name not in codes]:
        nearest = get_close_matches(name, codes, n=1, cutoff=0.5)
        known = "、".join(word for word in codes if not word.isascii())
        hint = f"是不是“{nearest[0]}”？" if nearest else f"可以写的有：{known}。"
        form.add_problem(field, f"没有代码或名称为“{name}”的{what}。{hint}")
    setattr(form.instance, field, {codes.get(name, name): text for name, text in pairs.items()})
