"""Model of result reports (算得不对): visitors report wrong results. Their answers are stored only with consent."""

from django.db import models
from django.utils import timezone

from calculators.models.area import NATION_CODE
from calculators.models.calculator import Calculator
from calculators.models.calculator_parts import Case


class ResultReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed__isnull=True)


class ResultReport(models.Model):
    """A report. `answers` is null and `shown` empty without consent."""

    calculator = models.ForeignKey(Calculator, models.CASCADE, related_name="reports", verbose_name="计算器")
    sentence = models.TextField("哪里不对", max_length=1000)
    expected = models.CharField("应该是多少", max_length=60, blank=True)
    answers = models.JSONField("填写的内容", null=True, blank=True)
    shown = models.JSONField("当时的结果", default=dict, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, editable=False, verbose_name="变成的算例")
    closed = models.DateTimeField("了结时间", null=True, blank=True)
    answer = models.CharField("怎么了结的", max_length=200, blank=True)

    objects = ResultReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "算得不对"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.calculator}：{self.sentence[:20]}"

    @property
    def can_become_case(self):
        return self.case_id is None and bool(self.answers)

    def become_case(self) -> Case:
        """A case of the working copy with these answers, expecting what the visitor says, or what was shown.

        Whoever checks the report puts the expectation right; until then the case may not hold.
        """
        definition = self.calculator.definition()
        place, day = (
            question.code if question else "" for question in (definition.area_question, definition.day_question)
        )
        outputs = [output for output in definition.outputs if output.code in self.shown] or definition.outputs
        headline = next((output.code for output in outputs if output.headline), outputs[0].code)
        expected = self.expected or self.shown.get(headline, "")
        self.case = self.calculator.cases.create(
            name=f"访客报告 {self.pk}：{self.sentence[:40]}",
            on=self.answers.get(day) or timezone.localdate(self.at),
            area=self.answers.get(place) or NATION_CODE,
            answers={code: text for code, text in self.answers.items() if code not in {place, day} and text},
            expected={headline: expected},
            source="访客报告，待核对",
            order=10 * (len(definition.cases) + 1),
        )
        self.save(update_fields=["case"])
        self.calculator.keep_written(f"访客报告 {self.pk} 变成算例")
        return self.case
