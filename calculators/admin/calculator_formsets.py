"""The working copy as it stands in an editor's form: put together, looked over as a whole, tried out.

Each part has a form of its own; what is wrong between parts (a name that does not exist, a circle, a
unit that does not fit) is only seen in all of them together, and told at the field where it is.
"""

from difflib import get_close_matches

from django import forms
from django.core.exceptions import ValidationError

from calculators.definition import Definition
from calculators.models import Calculator
from calculators.models.calculator import OWN_FIELDS, PART_NAMES
from calculators.publishing.gate import problems_in

FIELDS_TRIED_WITH_ERRORS = {
    "formula",
    "shown_if",
    "step",
    "expected",
    "name",
}  # what is wrong there is told when it is tried
LAST_ORDER = 32_000  # a part without a place of its own comes after those that have one


class WorkingCopy:
    """The formsets of one request, by the names of the parts they hold."""

    def __init__(self, calculator: Calculator | None):
        self.calculator = calculator or Calculator()
        self.formsets = {}
        self._forms = {}

    def add(self, formset):
        self.formsets[formset.part_name] = formset

    def definition(self) -> Definition:
        """What the forms say now, saved or not, without the parts that cannot be read yet."""
        parts = {name: tuple(self._parts(name)) for name in PART_NAMES}
        calculator = self.calculator
        return Definition(**{name: getattr(calculator, name) for name in OWN_FIELDS}, **parts)

    def _parts(self, name):
        for form in self._live_forms(name):
            if not form.errors.keys() - FIELDS_TRIED_WITH_ERRORS:
                part = form.instance.as_part()
                self._forms[id(part)] = form
                yield part

    def _live_forms(self, name):
        formset = self.formsets.get(name)
        forms = formset.forms if formset else []
        kept = [form for form in forms if _is_there(form) and not _is_deleted(formset, form)]
        return sorted(kept, key=lambda form: LAST_ORDER if form.instance.order is None else form.instance.order)

    def check(self):
        """Say at its field what is wrong between parts. Raises ValidationError where anything is."""
        if any(formset.total_error_count() for formset in self._others()):
            return
        self._read_case_names()
        definition = self.definition()
        problems = [problem for problem in problems_in(definition) if problem.field]
        for problem in problems:
            place = f"第 {problem.column} 列：" if problem.column else ""
            form = self._forms[id(problem.of)]
            form.add_error(problem.field, f"{place}{problem.sentence}")
        if problems:
            raise ValidationError(f"有 {len(problems)} 处要改，已在各处标出。")

    def _others(self):
        return [formset for name, formset in self.formsets.items() if name != "cases"]

    def _read_case_names(self):
        """A case may name a question or output by its words; it is stored by code."""
        questions = _codes(form.instance for form in self._live_forms("questions"))
        outputs = _codes(form.instance for form in self._live_forms("outputs")) | {"refused": "refused"}
        for form in self._live_forms("cases"):
            _use_codes(form, "answers", questions, "问题")
            _use_codes(form, "expected", outputs, "结果")


def _is_there(form):
    return form.instance.pk is not None or (form.is_bound and form.has_changed())


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
    for name in [name for name in pairs if name not in codes]:
        nearest = get_close_matches(name, codes, n=1, cutoff=0.5)
        hint = f"是不是“{nearest[0]}”？" if nearest else f"可以写的有：{'、'.join(dict.fromkeys(codes.values()))}。"
        form.add_error(field, f"没有代码或名称为“{name}”的{what}。{hint}")
    setattr(form.instance, field, {codes.get(name, name): text for name, text in pairs.items()})


def plain_lines(cleaned):
    """Texts with the line ends of a file, not of a browser."""
    return {name: text.replace("\r\n", "\n") if isinstance(text, str) else text for name, text in cleaned.items()}


class PartForm(forms.ModelForm):
    """A part in its place; left blank, the place is the last."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        if self.instance.pk is None:
            self.initial["order"] = ""

    def clean(self):
        return plain_lines(super().clean() or self.cleaned_data)

    def clean_order(self):
        return LAST_ORDER if self.cleaned_data["order"] is None else self.cleaned_data["order"]


class PartFormSet(forms.BaseInlineFormSet):
    """The forms of one kind of part, known to the working copy; the cases come last and look it all over."""

    def __init__(self, *args, working_copy=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.part_name = self.fk.remote_field.related_name
        self.working_copy = working_copy or WorkingCopy(self.instance)
        self.working_copy.add(self)

    def clean(self):
        super().clean()
        if self.part_name == PART_NAMES[-1] and not any(self.errors):
            self.working_copy.check()
