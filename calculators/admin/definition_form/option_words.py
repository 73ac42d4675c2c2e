"""Cases in words: 身份 = 退休 where `retired` is stored, and the same of what a case expects."""

from collections.abc import Callable, Iterable, Mapping

from calculators.models import Question
from calculators.publishing.cases import RESULT_WORDS

OptionWords = Mapping[str, Mapping[str, str]]  # code of a question → code of an option → its words

REFUSED_WORD = "应当算不出"


def expected_in_words(expected: Mapping[str, str]) -> dict[str, str]:
    return {code: RESULT_WORDS.get(text, text) for code, text in expected.items()}


def expected_in_codes(expected: Mapping[str, str]) -> dict[str, str]:
    codes = {word: code for code, word in RESULT_WORDS.items()}
    return {code: codes.get(text, text) for code, text in expected.items()}


def option_words(questions: Iterable[Question], dimension_words: Callable[[], OptionWords]) -> OptionWords:
    """Options come from the question itself, else from the dimension that it decides, asked for only where one does."""
    questions = list(questions)
    borrows = any(question.dimension and not question.options for question in questions)
    dimensions = dimension_words() if borrows else {}
    words = {
        question.code: {option["code"]: option["label"] for option in question.options}
        or dimensions.get(question.dimension, {})
        for question in questions
    }
    return {code: options for code, options in words.items() if options}


def in_words(answers: Mapping[str, str], words: OptionWords) -> dict[str, str]:
    return {code: words.get(code, {}).get(text, text) for code, text in answers.items()}


def in_codes(answers: Mapping[str, str], words: OptionWords) -> dict[str, str]:
    """What is written in words, as it is stored; what is no option's words stays as it is."""
    codes = {code: {word: option for option, word in options.items()} for code, options in words.items()}
    return in_words(answers, codes)


def in_order(pairs: Mapping[str, str], names: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs in the order of `names`, the codes of what is asked and given: a database may store JSON in another."""
    places = {code: place for place, code in enumerate(names)}
    return sorted(pairs.items(), key=lambda pair: places.get(pair[0], len(places)))
