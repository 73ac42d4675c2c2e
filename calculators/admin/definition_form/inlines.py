"""Admin inlines of a calculator's parts: questions, steps, outputs, notes and cases."""

from django import forms
from django.contrib import admin

from calculators.admin.definition_form.fields import PairsField
from calculators.admin.definition_form.formsets import PartFormSet
from calculators.admin.definition_form.option_words import (
    REFUSED_WORD,
    expected_in_words,
    in_order,
    in_words,
    option_words,
)
from calculators.admin.definition_form.part_forms import CaseForm, NoteForm, OutputForm, QuestionForm, StepForm
from calculators.admin_forms.help_links import help_link, with_help
from calculators.admin_forms.view_only import MAKER_FIELDS, without_maker_fields
from calculators.models import Case, Dimension, Note, Output, PoolingArea, Question, Step
from calculators.models.area import NATION_CODE
from calculators.models.dimension import vocabulary
from calculators.publishing.offered_areas import ELSEWHERE_LABEL

COLLAPSED_CLASSES = ["collapse", "more"]
MAKER_FIELDS_OF_PARTS = (  # codes and what only a maker needs; kind and unit stand in the line of the part
    *MAKER_FIELDS,
    *("kind", "unit", "optional", "shown", "default", "dimension", "asks", "picture", "implied", "synonyms", "cues"),
    *("part", "better", "column"),
)
SHOWN_AS = {name: f"{name}_shown" for name in ("options", "asks", "answers", "expected", "area", "tips", "implied")}


def as_lines(fields):
    """The names of the fields with those of lists replaced, however they are grouped."""
    return [as_lines(name) if isinstance(name, list | tuple) else SHOWN_AS.get(name, name) for name in fields]


def _in_a_line(name, field, words):
    """A list of a part as it is read: what stands in the box in lines, in one."""

    @admin.display(description=words)
    def shown(inline, part):
        return "，".join(field().written(getattr(part, name) or field.empty()))

    return shown


class PartInline(admin.StackedInline):
    """Base of the inlines. Permission to change a calculator includes its parts. `heading` asks what they answer."""

    extra = 1
    formset = PartFormSet
    template = "admin/calculators/calculator/_part_list.html"
    readonly_fields = list(SHOWN_AS.values())
    heading = ""
    add_words = ""
    explanation = ""
    help_section = ""
    help_links: dict[str, str] = {}

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
        shown = without_maker_fields(fieldsets, MAKER_FIELDS_OF_PARTS)
        return [(name, options | {"fields": as_lines(options["fields"])}) for name, options in shown]

    def heading_help(self):
        return help_link(self.help_section) if self.help_section else ""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = with_help(formset.form, self.help_links)
        return formset

    asks_shown = _in_a_line("asks", PairsField, "另定的适用条件")
    tips_shown = _in_a_line("tips", PairsField, "怎么改")
    implied_shown = _in_a_line("implied", PairsField, "没有答时")

    @admin.display(description="选项")
    def options_shown(self, part):
        return "、".join(option["label"] if isinstance(option, dict) else option for option in part.options)

    @admin.display(description="回答")
    def answers_shown(self, case):
        names, words = self._case_words(case)
        return "，".join(
            f"{names.get(code, code)} = {text}" for code, text in in_order(in_words(case.answers, words), names)
        )

    @admin.display(description="应得")
    def expected_shown(self, case):
        names, _ = self._case_words(case)
        return "，".join(
            f"{names.get(code, code)} = {text}" for code, text in in_order(expected_in_words(case.expected), names)
        )

    def _case_words(self, case):
        """The words of the calculator's questions, outputs and options: read once for all its cases."""
        if not hasattr(self, "case_words"):
            questions = list(case.calculator.questions.all())
            parts = [*questions, *case.calculator.outputs.all()]
            words = option_words(questions, lambda: vocabulary().names)
            self.case_words = {"refused": REFUSED_WORD} | {part.code: str(part) for part in parts}, words
        return self.case_words

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
            elsewhere = (NATION_CODE, ELSEWHERE_LABEL)
            return forms.ChoiceField(label=db_field.verbose_name, choices=[("", "请选择"), *areas, elsewhere])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class QuestionInline(PartInline):
    model = Question
    form = QuestionForm
    heading = "问什么"
    help_section = "question"
    help_links = {"kind": "question", "options": "question"}
    add_words = "加一个问题"
    explanation = "读者要填的，一个一行：金额、天数、选哪一种。公式里用到政策数值时，参保地和日期自动加上。"
    fieldsets = [
        (
            None,
            {"fields": [("name", "kind"), ("unit", "optional"), "label", "options"]},
        ),
        (
            "更多：最小最大、说明、什么时候问、决定哪个数、代码",
            {
                "fields": [("minimum", "maximum", "default"), "help", "shown_if", "dimension", "code", "order"],
                "classes": COLLAPSED_CLASSES,
            },
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
    help_section = "formula"
    help_links = {"formula": "formula"}
    add_words = "加一步"
    explanation = "一步一个公式，用上面问题的名称写，如：缴费基数 ÷ 30 × 产假天数。后面的步骤可以用前面步骤的名称。"
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
    explanation = "读者看到的结果。不写，就把最后一步当作结果。"
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
    help_section = "case"
    add_words = "加一个算例"
    explanation = "照文件的举例或经办机构的答复：填什么，应得多少。右边马上算出每一步；都成立才能发布。"
    fieldsets = [
        (None, {"fields": ["name", "answers", "expected", ("area", "on")]}),
        ("更多：出处", {"fields": ["source", "order"], "classes": COLLAPSED_CLASSES}),
    ]


INLINES = [QuestionInline, StepInline, OutputInline, NoteInline, CaseInline]
