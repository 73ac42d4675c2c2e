"""Admin inlines of a calculator's parts: questions, steps, outputs, notes and cases."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from calculators.admin.definition_form.fields import OptionsField, PairsField
from calculators.admin.definition_form.formsets import PartForm, PartFormSet
from calculators.definition import BETTER_DIRECTIONS, CHART_PLACES, PICTURES, QUESTION_KINDS
from calculators.models import Case, Dimension, Note, Output, PoolingArea, Question, Step
from calculators.values.units import RESULT_UNITS

LIST_UNITS = ("CNY", "ratio", "count", "years", "months", "date", "month", "year", "boolean", "text")
UNIT_CHOICES_OF_PARTS = [
    ("", "按种类来"),
    *RESULT_UNITS.items(),
    ("一列", [(f"list:{unit}", f"一列（{RESULT_UNITS[unit]}）") for unit in LIST_UNITS]),
]
CHART_PLACE_CHOICES = {"": "不在图里", **CHART_PLACES}
OPTIONS_HELP = "每行一个“代码 词”，如：in_service 在职。留空就用参保地的数值所区分的那些。"
SYNONYMS_HELP = "每行一个“代码 = 词 词”，如：in_service = 在职 上班 职工。词后面加“?”：也可能是这个意思；代码写“-”：含这些字，但不是这个意思。"
TIPS_HELP = (
    "读者自己能改的才写，每行一个“回答 = 怎么改成它”，结果更好时写成一条建议；"
    "回答写 *：改成哪个都行，{回答}换成那个回答，如：* = 换到{回答}看。改不了的（年龄、性别）留空。"
)
IMPLIED_HELP = "每行一个“另一个问题的代码 = 回答”：网址里答了那一个、没有答这一个时，就当是这个回答。"
CASE_HELP = "每行一个“问题 = 回答”，如：缴费基数 = 9000。参保地和日期在上面，不用再写。"
EXPECTED_HELP = "每行一个“结果 = 应得”，如：生育津贴 = 29400.00。应当算不出时写：refused = 那句话里的字。"
FORMULA_WIDGET = forms.Textarea(attrs={"rows": 2, "class": "formula", "spellcheck": "false"})
CONDITION_WIDGET = forms.Textarea(attrs={"rows": 1, "class": "formula", "spellcheck": "false"})
SHORT_TEXT_WIDGET = forms.Textarea(attrs={"rows": 2})
COLLAPSED_CLASSES = ["collapse", "more"]
SHOWN_AS = {name: f"{name}_shown" for name in ("options", "asks", "answers", "expected", "area", "tips", "implied")}


def kind_choices():
    return [("", "请选择"), *((code, kind.label) for code, kind in QUESTION_KINDS.items())]


class QuestionForm(PartForm):
    kind = forms.ChoiceField(label="种类", choices=kind_choices)
    unit = forms.ChoiceField(label="单位", choices=UNIT_CHOICES_OF_PARTS, required=False)
    options = OptionsField(label="选项", required=False, help_text=OPTIONS_HELP)
    synonyms = PairsField(label="平常的说法", required=False, help_text=SYNONYMS_HELP)
    tips = PairsField(label="怎么改", required=False, rows=2, help_text=TIPS_HELP)
    implied = PairsField(label="没有答时", required=False, rows=2, help_text=IMPLIED_HELP)
    picture = forms.ChoiceField(label="旁边的图", choices=[("", "没有图"), *PICTURES.items()], required=False)

    class Meta:
        widgets = {"shown_if": CONDITION_WIDGET, "help": SHORT_TEXT_WIDGET, "cues": SHORT_TEXT_WIDGET}


class StepForm(PartForm):
    unit = forms.ChoiceField(label="单位", choices=[("", "请选择"), *UNIT_CHOICES_OF_PARTS[1:]])
    options = OptionsField(label="结果对应的代码", required=False, rows=2, help_text=OPTIONS_HELP)
    asks = PairsField(label="另定的适用条件", required=False, rows=2, help_text="每行一个“条件 = 代码”，只对这一步。")

    class Meta:
        widgets = {"formula": FORMULA_WIDGET, "explanation": SHORT_TEXT_WIDGET}


class OutputForm(PartForm):
    part = forms.ChoiceField(label="在图里是", choices=CHART_PLACE_CHOICES.items(), required=False)
    better = forms.ChoiceField(
        label="越多越好还是越少越好", choices=[("", "说不上"), *BETTER_DIRECTIONS.items()], required=False
    )

    class Meta:
        widgets = {"shown_if": CONDITION_WIDGET, "help": SHORT_TEXT_WIDGET}


class NoteForm(PartForm):
    class Meta:
        widgets = {"shown_if": CONDITION_WIDGET, "text": SHORT_TEXT_WIDGET}


class CaseForm(PartForm):
    """A case shows the words of questions and outputs; either words or codes are read."""

    REQUIRED_FIELDS = ("on", "area")

    answers = PairsField(label="回答", required=False, help_text=CASE_HELP)
    expected = PairsField(label="应得", required=False, help_text=EXPECTED_HELP)

    def __init__(self, *args, names=None, **kwargs):
        super().__init__(*args, **kwargs)
        for field in ("answers", "expected"):
            stored = self.initial.get(field) or {}
            self.initial[field] = {(names or {}).get(code, code): text for code, text in stored.items()}
        if self.instance.pk is None:
            areas = [code for code, _ in self.fields["area"].choices if code]
            self.initial |= {"on": timezone.localdate(), "area": areas[0] if areas else ""}


def as_lines(fields):
    """The names of the fields with those of lists replaced, however they are grouped."""
    return [as_lines(name) if isinstance(name, list | tuple) else SHOWN_AS.get(name, name) for name in fields]


class PartInline(admin.StackedInline):
    """Base of the inlines. Permission to change a calculator includes its parts. `heading` asks what they answer."""

    extra = 1
    formset = PartFormSet
    template = "admin/calculators/calculator/_part_list.html"
    readonly_fields = list(SHOWN_AS.values())
    heading = ""
    add_words = ""
    explanation = ""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("calculators.view_calculator") or self._may_change(request)

    def _may_change(self, request, obj=None):
        return request.user.has_perm("calculators.change_calculator")

    has_add_permission = has_change_permission = has_delete_permission = _may_change

    def get_fieldsets(self, request, obj=None):
        """Whoever may only look reads lists as lines, as they stand in their boxes, not as they are stored."""
        fieldsets = super().get_fieldsets(request, obj)
        if self._may_change(request):
            return fieldsets
        return [(name, options | {"fields": as_lines(options["fields"])}) for name, options in fieldsets]

    @admin.display(description="选项")
    def options_shown(self, part):
        return "，".join(OptionsField().written(part.options or []))

    @admin.display(description="另定的适用条件")
    def asks_shown(self, part):
        return "，".join(PairsField().written(part.asks or {}))

    @admin.display(description="怎么改")
    def tips_shown(self, part):
        return "，".join(PairsField().written(part.tips or {}))

    @admin.display(description="没有答时")
    def implied_shown(self, part):
        return "，".join(PairsField().written(part.implied or {}))

    @admin.display(description="回答")
    def answers_shown(self, part):
        return "，".join(PairsField().written(part.answers or {}))

    @admin.display(description="应得")
    def expected_shown(self, part):
        return "，".join(PairsField().written(part.expected or {}))

    @admin.display(description="参保地")
    def area_shown(self, part):
        return PoolingArea.objects.filter(code=part.area).first() or part.area

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A dimension by its name, an area by its name; asked for once a form, however many parts there are."""
        if db_field.name == "dimension":
            dimensions = Dimension.objects.values_list("code", "name")
            return forms.ChoiceField(label=db_field.verbose_name, required=False, choices=[("", "不决定"), *dimensions])
        if db_field.name == "area":
            areas = PoolingArea.objects.local().values_list("code", "name")
            return forms.ChoiceField(label=db_field.verbose_name, choices=[("", "请选择"), *areas])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class QuestionInline(PartInline):
    model = Question
    form = QuestionForm
    heading = "问什么"
    add_words = "加一个问题"
    explanation = "参保地和日期不用写，保存时自动加上。"
    fieldsets = [
        (
            None,
            {"fields": [("name", "kind"), ("unit", "optional"), "label", "options", ("minimum", "maximum", "default")]},
        ),
        (
            "更多：说明、什么时候问、决定哪个数、代码",
            {"fields": ["help", "shown_if", "dimension", "code", "order"], "classes": COLLAPSED_CLASSES},
        ),
        (
            "更多：不知道、没有答、能不能改",
            {"fields": [("unknown", "picture"), "tips", "implied"], "classes": COLLAPSED_CLASSES},
        ),
        ("更多：一句话里怎么答它", {"fields": ["synonyms", "cues"], "classes": COLLAPSED_CLASSES}),
    ]


class StepInline(PartInline):
    model = Step
    form = StepForm
    heading = "怎么算"
    add_words = "加一步"
    explanation = "一步一个公式，后面的可以用前面的名称。"
    fieldsets = [
        (None, {"fields": ["name", "formula", "unit"]}),
        (
            "更多：显示成什么、说明",
            {"fields": ["label", "explanation", "shown", "order"], "classes": COLLAPSED_CLASSES},
        ),
        (
            "更多：逐期、取数日期和适用条件",
            {"fields": [("each", "day"), "dimension", "options", "asks"], "classes": COLLAPSED_CLASSES},
        ),
    ]


class OutputInline(PartInline):
    model = Output
    form = OutputForm
    heading = "得出什么"
    add_words = "加一项结果"
    explanation = "不写，就把最后一步当作结果。"
    fieldsets = [
        (None, {"fields": ["step", ("label", "headline"), "sentence"]}),
        (
            "更多：说明、什么时候有、图、代码",
            {
                "fields": ["help", "shown_if", "part", ("better", "column"), "code", "order"],
                "classes": COLLAPSED_CLASSES,
            },
        ),
    ]


class NoteInline(PartInline):
    model = Note
    form = NoteForm
    heading = "结果旁边的提示"
    add_words = "加一条提示"
    fieldsets = [
        (None, {"fields": ["text"]}),
        ("更多：什么时候显示", {"fields": ["shown_if", "order"], "classes": COLLAPSED_CLASSES}),
    ]


class CaseInline(PartInline):
    model = Case
    form = CaseForm
    heading = "算例"
    add_words = "加一个算例"
    explanation = "从文件的举例或经办机构的答复来：填什么，应得多少。都成立才能发布。"
    fieldsets = [
        (None, {"fields": ["name", "answers", "expected", ("area", "on")]}),
        ("更多：出处", {"fields": ["source", "order"], "classes": COLLAPSED_CLASSES}),
    ]


INLINES = [QuestionInline, StepInline, OutputInline, NoteInline, CaseInline]
