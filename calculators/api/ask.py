"""One typed question for a program: what it asks, what its words say, and the result where nothing is missing."""

from django.conf import settings
from django.utils import timezone
from ninja import Router

from calculators.api.api import MINUTE_SECONDS, PerMinute
from calculators.api.compute import computation_fields
from calculators.api.schemas import ErrorMessage, TypedQuestionResponse, value_fields
from calculators.question_answering.answer import QuestionAnswer, answer_question
from calculators.question_answering.figure_answers import figures_asked

MIN_QUESTIONS_PER_MINUTE = MINUTE_SECONDS  # one question a second, whatever the rest of the API allows
router = Router(tags=["提问"])


class QuestionsPerMinute(PerMinute):
    what = "ask"

    @property
    def most(self):
        return max(settings.API_PER_MINUTE, MIN_QUESTIONS_PER_MINUTE)


@router.get(
    "ask",
    response={200: TypedQuestionResponse, 429: ErrorMessage},
    summary="问一句话",
    throttle=[QuestionsPerMinute()],
)
def ask(request, q: str = ""):
    """日常的一句话问的是哪个计算器，话里说了哪些回答，还缺哪些；不缺就有结果。只写话里说了的，不填默认值；听不准就不答。问的话不保存。"""
    today = timezone.localdate()
    answer = answer_question(q, today)
    return {
        "calculator": answer.reading.definition.code if answer.reading else None,
        "answers": answer.answers,
        "missing": answer.missing,
        "result": _result(answer),
        "place": _place(answer),
        "figure": None if answer.reading else _figure(q, today),
    }


def _result(answer: QuestionAnswer) -> dict | None:
    statement = answer.statement
    return computation_fields(answer.form.definition, statement, answer.form.answers.raw) if statement else None


def _place(answer: QuestionAnswer) -> dict | None:
    place = answer.place
    return place and {"code": place.code, "name": place.name, "covered": not answer.is_uncovered}


def _figure(text, today) -> dict | None:
    found = figures_asked(text, today)
    return found and {
        "area": found.area.code,
        "area_name": found.area.short_name,
        "values": [value_fields(figure) for figure in found.figures],
    }
