"""Checks of a question's own default and bounds, which must be valid answers. No Django."""

from datetime import date

from calculators.definition import UNKNOWN_ANSWER, Question, WrongAnswer
from calculators.formulas.evaluate import compare
from calculators.worksheet.parsing import bounds, default_text, read_answer, read_bound


def wrong_texts(question: Question, today: date | None) -> dict[str, str]:
    """Error sentences for the default and bounds of a question that are no valid answers, by field."""
    wrong = {name: sentence for name in ("minimum", "maximum") if (sentence := _wrong_bound(question, name, today))}
    if wrong:
        return wrong
    lowest, highest = bounds(question, today)
    if lowest is not None and highest is not None and compare(">", lowest, highest):
        return {"minimum": "最小比最大还大。"}
    return _wrong_default(question, today)


def _wrong_bound(question: Question, name: str, today: date | None) -> str:
    text = getattr(question, name)
    if text and question.question_kind.bounds is None:
        return "这种问题没有最小和最大，请留空。"
    try:
        read_bound(question, text, today)
    except WrongAnswer as wrong:
        return f"“{text}”用不了：{wrong}"
    return ""


def _wrong_default(question: Question, today: date | None) -> dict[str, str]:
    text = default_text(question, today)
    try:
        if text and not (text == UNKNOWN_ANSWER and question.unknown_answers):
            read_answer(question, text, today)
    except WrongAnswer as wrong:
        return {"default": f"预填“{question.default}”用不了：{wrong}"}
    return {}
