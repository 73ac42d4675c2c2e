"""Result as it is passed on to somebody else: its link, a paragraph for a chat, and what stands on its picture.

Nothing of it is stored: all is computed again from the answers in the address.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from calculators.forms import CalculatorForm
from calculators.question_answering.short_working import short_working
from calculators.templatetags.policy_tags import labels
from calculators.values.types import spell_day
from calculators.worksheet import Statement
from calculators.worksheet.scenarios import listed_scenarios
from calculators.worksheet.tables import remaining_outputs
from calculators.worksheet.then_and_now import STAMP_CODE, encode_stamp
from calculators.worksheet.working import working_sentences

MAX_WORKING_LINES = 4
MAX_SHORT_WORKING_CHARACTERS = 160
ADVICE = "仅供参考，以参保地经办机构结算为准"


@dataclass(frozen=True)
class SharedResult:
    """`label` and `answer` are the headline; `label` is empty where the answer is a sentence. `link` opens the result again.

    `place` and `day` are empty where they are not asked, for no policy value is read.
    """

    title: str
    place: str
    day: str
    label: str
    answer: str
    working: tuple[str, ...]
    in_one_line: str
    cautions: str
    query: str
    link: str
    statement: Statement

    @classmethod
    def of(cls, form: CalculatorForm, title: str, address: str, at: datetime) -> "SharedResult | None":
        """None where the form has no result. `address` is the calculator's, `at` the minute that the link remembers."""
        statement = form.statement
        if statement is None:
            return None
        query = urlencode(_answers(form) | {STAMP_CODE: encode_stamp(at)})
        label, answer = _headline(statement)
        return cls(
            title=title,
            place=form.area_name,
            day=spell_day(statement.on) if form.definition.day_question else "",
            label=label,
            answer=answer,
            working=_working(statement),
            in_one_line=_in_one_line(statement),
            cautions="、".join(dict.fromkeys(word for figure in statement.figures for word in labels(figure.citation))),
            query=query,
            link=f"{address}?{query}",
            statement=statement,
        )

    @property
    def evidence(self) -> str:
        """What is uncertain about the figures, and that the result is no decision."""
        return f"{f'其中有{self.cautions}的数；' if self.cautions else ''}{ADVICE}"

    @property
    def rules(self) -> str:
        return f"按 {self.day}的规定" if self.day else ""

    @property
    def paragraph(self) -> str:
        """Plain Chinese for a chat."""
        told = f"{self.label}{' ' if self.label else ''}{self.answer}"
        setting = "，".join(filter(None, (self.place, self.rules)))
        return (
            f"{self.title}{f'（{setting}）' if setting else ''}：{told.rstrip('。')}。{self.in_one_line}{self.evidence}。"
            f"每一步和出处：{self.link}"
        )


def _answers(form):
    """The answers that were given, as typed, and the day as it was read."""
    asked = {question.code for question in form.answers.questions}
    given = {code: text for code, text in form.typed.items() if code in asked and text.strip()}
    day = form.definition.day_question
    return given | ({day.code: form.answers.on.isoformat()} if day else {})


def _headline(statement):
    headline = statement.headline
    if statement.differs_in_words:
        told = (f"{each.condition}：{each.statement.headline.sentence.rstrip('。')}" for each in statement.scenarios)
        return "", "；".join(told)
    return ("", headline.sentence) if headline.sentence else (headline.label, headline.text)


def _working(statement):
    """A few lines: what comes of each answer to what is unknown, or the arithmetic, or else the further results."""
    if statement.scenarios and not statement.differs_in_words:
        told = [f"{each.condition}：{each.statement.headline.answer}" for each in listed_scenarios(statement)]
    else:
        arithmetic = [] if statement.scenarios else working_sentences(statement)
        told = arithmetic or [f"{one.label}：{one.text}" for one in remaining_outputs(statement)]
    return tuple(told[:MAX_WORKING_LINES])


def _in_one_line(statement):
    """The working as a sentence of prose; where it is long or no arithmetic, the lines of the picture."""
    lines = "；".join(_working(statement))
    if statement.scenarios and not statement.differs_in_words:
        return f"不知道的两头都算了：{lines}。"
    working = "" if statement.scenarios else short_working(statement)
    told = working if "=" in working and len(working) <= MAX_SHORT_WORKING_CHARACTERS else lines
    return f"{'怎么算的' if '=' in told else '其中'}：{told}。" if told else ""
