"""Admin form of a policy value: one cell for the value, and a field for each condition its parameter declares."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html

from calculators.admin.history import ReasonForm
from calculators.admin_forms.help_links import help_link
from calculators.models import Parameter, PolicyValue
from calculators.values.notation import UnreadableCell, read_cell, write_cell
from calculators.values.units import UNITS

CELL_HELP = "没有限额写“不设限额”；不再执行写“停止执行”，自首日起这个数就没有了，也没有接替它的；后来的标准没有查到写“此后未收录”，首日写旧标准的次日。零和“没有收录”不同：起付线为零写 0。"
SHAPE_HELP = {
    "ratio": "写 0.7 或 70%。",
    "amount": "写 1800、1,800 或 1.2万。",
    "bands": "每段写“从-到: 比例”，用分号隔开，首段从“起付线”开始，末段“到”留空：起付线-30000: 85%; 30000-40000: 90%; 40000-: 95%。",
    "boolean": "写“是”或“否”。",
    "date": "写 2026-07-01 或 2026-07，每年都一样的写 07-01。",
}
CONDITION_PREFIX = "condition_"
LOWEST_SUFFIX, HIGHEST_SUFFIX = "_lowest", "_highest"
CELL_FIELDS = {"number", "text", "bands", "kind"}


class PolicyValueForm(ReasonForm):
    """Form for the values of one parameter; `form_for` sets `parameter` and `dimensions`."""

    parameter: Parameter
    dimensions = ()

    written = forms.CharField(label="数值", widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}))

    class Meta:
        model = PolicyValue
        fields = ["area", "unit", "effective_from", "seen_on", "document", "clause", "review_by", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "unit" not in self.fields:  # for somebody who may only look
            return
        self.fields["written"].help_text = format_html("{} {}", self._cell_help(), help_link("written"))
        self.fields["unit"].widget = forms.Select(choices=[(unit, UNITS[unit]) for unit in self.parameter.units])
        self.fields["unit"].initial = self.parameter.unit
        self.instance.parameter = self.parameter
        if self.instance.pk:
            self.initial["written"] = self.instance.written
            self.fields["change_reason"].required = True
        self.initial |= self._conditions_as_initial()

    def _cell_help(self):
        shape = self.parameter.shape
        options = f"写其中之一：{'、'.join(self.parameter.options)}。" if shape == Parameter.Shape.CHOICE else ""
        return f"{SHAPE_HELP.get(shape, options)}{CELL_HELP}"

    def _conditions_as_initial(self):
        initial = {}
        for name, allowed in self.instance.conditions.items():
            dimension = next((known for known in self.dimensions if known.code == name), None)
            if dimension and dimension.is_range:
                (
                    initial[f"{CONDITION_PREFIX}{name}{LOWEST_SUFFIX}"],
                    initial[f"{CONDITION_PREFIX}{name}{HIGHEST_SUFFIX}"],
                ) = allowed
            else:
                initial[f"{CONDITION_PREFIX}{name}"] = allowed
        return initial

    def clean_written(self):
        try:
            cell = read_cell(self.cleaned_data["written"], self.parameter.shape)
        except UnreadableCell as error:
            raise ValidationError(str(error)) from error
        return write_cell(cell, self.parameter.shape)

    def clean(self):
        cleaned = super().clean()
        if "edit_again" in self.data:
            self.add_error(None, "还没有保存。改好以后再保存。")
        for dimension in self.dimensions:
            if dimension.is_range:
                lowest, highest = self._range(dimension)
                if lowest is not None and highest is not None and lowest > highest:
                    self.add_error(f"{CONDITION_PREFIX}{dimension.code}{HIGHEST_SUFFIX}", "“到”不能小于“从”。")
        return cleaned

    def _range(self, dimension):
        name = f"{CONDITION_PREFIX}{dimension.code}"
        return self.cleaned_data.get(f"{name}{LOWEST_SUFFIX}"), self.cleaned_data.get(f"{name}{HIGHEST_SUFFIX}")

    def conditions(self):
        """Chosen conditions in storage form; a dimension left blank is unrestricted."""
        chosen = {}
        for dimension in self.dimensions:
            if dimension.is_range:
                allowed = list(self._range(dimension))
                chosen[dimension.code] = [] if allowed == [None, None] else allowed
            else:
                chosen[dimension.code] = self.cleaned_data.get(f"{CONDITION_PREFIX}{dimension.code}", [])
        return {code: allowed for code, allowed in chosen.items() if allowed}

    def _post_clean(self):
        self.instance.parameter = self.parameter
        self.instance.conditions = self.conditions()
        if "written" in self.cleaned_data:
            self.instance.written = self.cleaned_data["written"]
        super()._post_clean()

    def _get_validation_exclusions(self):
        """Fields with an error already; every other rule of the model is checked."""
        unread = CELL_FIELDS if "written" in self._errors else set()
        return {name for name in super()._get_validation_exclusions() if name in self._errors} | unread

    def _update_errors(self, errors):
        """Move errors of the model's columns to the form's fields: one cell for the value, one field a condition."""
        if hasattr(errors, "error_dict"):
            errors = ValidationError({self._field_of(name): problems for name, problems in errors.error_dict.items()})
        super()._update_errors(errors)

    def _field_of(self, name):
        if name in CELL_FIELDS:
            return "written"
        return name if name in self.fields else NON_FIELD_ERRORS


def form_for(parameter):
    """The form class for values of `parameter`: only the conditions it declares can be chosen."""
    dimensions = tuple(parameter.dimensions.prefetch_related("choices"))
    attributes = {"parameter": parameter, "dimensions": dimensions}
    for dimension in dimensions:
        attributes |= _fields_of(dimension)
    return type("PolicyValueForm", (PolicyValueForm,), attributes)


def condition_rows(form_class):
    """The names of the condition fields, a range's two ends side by side."""
    return [
        (f"{CONDITION_PREFIX}{dimension.code}{LOWEST_SUFFIX}", f"{CONDITION_PREFIX}{dimension.code}{HIGHEST_SUFFIX}")
        if dimension.is_range
        else f"{CONDITION_PREFIX}{dimension.code}"
        for dimension in form_class.dimensions
    ]


def _fields_of(dimension):
    name = f"{CONDITION_PREFIX}{dimension.code}"
    if dimension.is_range:
        return {
            f"{name}{LOWEST_SUFFIX}": forms.IntegerField(label=f"{dimension.name}从", min_value=0, required=False),
            f"{name}{HIGHEST_SUFFIX}": forms.IntegerField(label="到（含）", min_value=0, required=False),
        }
    choices = [(choice.code, choice.name) for choice in dimension.choices.all()]
    field = forms.MultipleChoiceField(
        label=dimension.name,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一个都不选表示不按它区分。",
    )
    return {name: field}
