"""Forms of a calculator's parts: what each box offers and explains."""

from django import forms
from django.utils import timezone

from calculators.admin.definition_form.fields import OptionsField, PairsField
from calculators.admin.definition_form.formsets import PartForm
from calculators.admin.definition_form.option_words import expected_in_words, in_words
from calculators.definition import BETTER_DIRECTIONS, CHART_PLACES, PICTURES, QUESTION_KINDS
from calculators.values.units import RESULT_UNITS

LIST_UNITS = ("CNY", "ratio", "count", "years", "months", "date", "month", "year", "boolean", "text")
UNIT_CHOICES_OF_PARTS = [
    ("", "按种类来"),
    *RESULT_UNITS.items(),
    ("一列", [(f"list:{unit}", f"一列（{RESULT_UNITS[unit]}）") for unit in LIST_UNITS]),
]
CHART_PLACE_CHOICES = {"": "不在图里", **CHART_PLACES}
OPTIONS_HELP = "每行一个，如：顺产。代码自动按拼音写；要自己定，写成“代码 词”。"
SYNONYMS_HELP = "每行一个“代码 = 词 词”，如：in_service = 在职 上班 职工。词后面加“?”：也可能是这个意思；代码写“-”：含这些字，但不是这个意思。"
TIPS_HELP = (
    "读者自己能改的才写，每行一个“回答 = 怎么改成它”，结果更好时写成一条建议；"
    "回答写 *：改成哪个都行，{回答}换成那个回答，如：* = 换到{回答}看。改不了的（年龄、性别）留空。"
)
IMPLIED_HELP = "每行一个“另一个问题的代码 = 回答”：网址里答了那一个、没有答这一个时，就当是这个回答。"
CASE_HELP = "每行一个“问题 = 回答”，如：缴费基数 = 9000。参保地和日期在上面，不用再写。"
EXPECTED_HELP = "每行一个“结果 = 应得”，如：生育津贴 = 29400.00。应当算不出时写：应当算不出 = 那句话里的字。"
FORMULA_WIDGET = forms.Textarea(attrs={"rows": 2, "class": "formula", "spellcheck": "false"})
CONDITION_WIDGET = forms.Textarea(attrs={"rows": 1, "class": "formula", "spellcheck": "false"})
SHORT_TEXT_WIDGET = forms.Textarea(attrs={"rows": 2})


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
    unit = forms.ChoiceField(
        label="单位",
        choices=[("", "按公式来"), *UNIT_CHOICES_OF_PARTS[1:]],
        help_text="公式算出金额、比例、是或否时不用选；算出的是个数，选它数的是什么：天、个月、个。",
    )
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

    def __init__(self, *args, names=None, option_words=None, **kwargs):
        super().__init__(*args, **kwargs)
        if answers := self.initial.get("answers"):
            self.initial["answers"] = in_words(answers, option_words or {})
        if expected := self.initial.get("expected"):
            self.initial["expected"] = expected_in_words(expected)
        for field in ("answers", "expected"):
            stored = self.initial.get(field) or {}
            self.initial[field] = {(names or {}).get(code, code): text for code, text in stored.items()}
        if self.instance.pk is None:
            areas = [code for code, _ in self.fields["area"].choices if code]
            self.initial |= {"on": timezone.localdate(), "area": areas[0] if areas else ""}
