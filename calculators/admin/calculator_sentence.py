"""试一句话: what a sentence in the search box is understood as, with a working copy in place of what is live."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils import timezone

from calculators.definition import Question
from calculators.models import Calculator, PoolingArea
from calculators.question_answering import lookups
from calculators.typed_questions.interpretation import Interpretation, Reading, interpret
from calculators.typed_questions.sentence import MAX_SENTENCE


class SentenceForm(forms.Form):
    q = forms.CharField(
        label="一句话",
        max_length=MAX_SENTENCE,
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "off"}),
        help_text="像访客那样写，例如：北京退休68岁三级医院门诊花了5000能报多少。不会保存。",
    )


@dataclass(frozen=True)
class UnderstoodAnswer:
    """One question of a reading: what the words say, or that they leave it open."""

    question: Question
    text: str
    is_unclear: bool


@dataclass(frozen=True)
class SentenceTrial:
    """`calculator` is tried as its working copy stands, the others as they are live."""

    sentence: str
    calculator: Calculator | None = None

    @cached_property
    def interpretation(self) -> Interpretation:
        covered = {area.code for area in lookups.areas_with_values()}
        return interpret(self.sentence, self._definitions(), lookups.place_index(), covered, timezone.localdate())

    def _definitions(self):
        live = {calculator.code: calculator.published() for calculator in Calculator.objects.live()}
        if self.calculator is not None:
            live[self.calculator.code] = self.calculator.definition()
        return live.values()

    @property
    def readings(self) -> list[tuple[str, list[UnderstoodAnswer]]]:
        """The name of each calculator it asks, with what its questions are answered."""
        return [(reading.definition.name, list(_answers(reading))) for reading in self.interpretation.readings]


def _answers(reading: Reading):
    for question in reading.definition.questions:
        if question.code in reading.answers or question.code in reading.unclear:
            yield UnderstoodAnswer(question, _in_words(question, reading), question.code in reading.unclear)


def _in_words(question, reading):
    text = reading.answers.get(question.code, "")
    if question == reading.definition.area_question:
        return PoolingArea.objects.filter(code=text).values_list("short_name", flat=True).first() or text
    return next((option.label for option in question.options if option.code == text), text)
