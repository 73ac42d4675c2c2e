"""Forms and formsets of a calculator's parts: what a part lacks is told at its field and does not hold back saving."""

from django import forms

from calculators.admin.definition_form.working_copy import LAST_ORDER, WorkingCopy
from calculators.models.calculator import PART_NAMES


def plain_lines(cleaned):
    """Texts with the line ends of a file, not of a browser."""
    return {name: text.replace("\r\n", "\n") if isinstance(text, str) else text for name, text in cleaned.items()}


class PartForm(forms.ModelForm):
    """A part in its place; left blank, the place is the last. What it lacks is a problem, no error: a draft is saved."""

    REQUIRED_FIELDS = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.problems = {}
        for name, field in self.fields.items():
            field.required = name in self.REQUIRED_FIELDS
            if name in self._meta.model.UNFINISHED_FIELDS:
                field.validators = [each for each in field.validators if hasattr(each, "limit_value")]
        if self.instance.pk is None:
            self.initial["order"] = ""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | set(self._meta.model.UNFINISHED_FIELDS)

    def add_problem(self, field, sentence, column=0):
        told = self.problems.setdefault(field, [])
        if all(sentence != other["sentence"] for other in told):
            told.append({"sentence": sentence, "column": column, "marked": _marked(self, field, column)})

    def __getitem__(self, name):
        field = super().__getitem__(name)
        field.problems = self.problems.get(name, [])
        return field

    @property
    def is_blank(self):
        """Whether nobody has put anything into it yet."""
        return self.instance.pk is None and not (self.is_bound and self.has_changed())

    @property
    def problem_count(self):
        return sum(map(len, self.problems.values())) + sum(map(len, self.errors.values()))

    def clean(self):
        return plain_lines(super().clean() or self.cleaned_data)

    def clean_order(self):
        return LAST_ORDER if self.cleaned_data["order"] is None else self.cleaned_data["order"]


def _marked(form, field, column):
    """The text of a formula in three: before the wrong word, the word, after it."""
    text = getattr(form.instance, field, "")
    if not column or not isinstance(text, str):
        return None
    start = column - 1
    end = start + 1
    while end < len(text) and text[start : end + 1].isidentifier():
        end += 1
    return text[:start], text[start:end], text[end:]


class PartFormSet(forms.BaseInlineFormSet):
    """The forms of one kind of part, known to the working copy."""

    def __init__(self, *args, working_copy=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.part_name = self.fk.remote_field.related_name
        self.working_copy = working_copy or WorkingCopy(self.instance)
        self.working_copy.add(self)

    def clean(self):
        super().clean()
        if self.part_name == PART_NAMES[-1]:
            self.working_copy.complete()
