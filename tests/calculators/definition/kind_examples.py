"""An example of every kind of question, and a kind that only tests know."""

import re
from decimal import Decimal

import pytest

from calculators.definition import AREA_KIND, DAY_KIND, QUESTION_KINDS, Option, Question, WrongAnswer
from calculators.definition.question_kinds import Bounds, QuestionKind
from tests.calculators.factories import DAY, MATERNITY

# For each kind an answer as typed, what formulas see, and what the API says of a result that is the answer itself.
EXAMPLES = {
    "area": ("110000", "110000", "110000"),
    "date": ("2026年11月1日", DAY, "2026-11-01"),
    "month": ("2026/11", DAY, "2026-11"),
    "money": ("1.2万", Decimal(12000), "12000.00"),
    "count": ("3", Decimal(3), "3"),
    "ratio": ("12.5%", Decimal("0.125"), "0.125"),
    "choice": ("b", "乙", "乙"),
    "yes_no": ("是", True, True),
    "moneys": ("200×2、50", (Decimal(200), Decimal(200), Decimal(50)), ["200.00", "200.00", "50.00"]),
    "ratios": ("10%、0.2", (Decimal("0.1"), Decimal("0.2")), ["0.1", "0.2"]),
    "years": ("2025-2026", (Decimal(2025), Decimal(2026)), ["2025", "2026"]),
    "tenths": ("3成", Decimal("0.3"), "0.3"),
}
# For each kind that has bounds an answer above its example.
HIGHER = {
    "date": "2026-11-02",
    "month": "2026-12",
    "money": "12000.01",
    "count": "4",
    "ratio": "0.13",
    "moneys": "200、201",
    "ratios": "0.11",
    "years": "2026",
    "tenths": "4成",
}
PLANTED = "tenths"


def read_tenths(question, text):
    if not re.fullmatch(r"[0-9]成", text):
        raise WrongAnswer(f"“{text}”不是几成，请写成 3成 这样。")
    return Decimal(text[0]) / 10, None


TENTHS = QuestionKind(
    label="几成",
    unit="ratio",
    read=read_tenths,
    bounds=Bounds(read_tenths, lambda question, bound: f"{bound * 10:.0f}成", highest=Decimal("0.8")),
    empty=Decimal(0),
    others=lambda question, share: [(f"{share * 10 + 1:.0f}成", f"{share * 10 + 1:.0f} 成")],
    control="text",
    json_schema={"pattern": "^[0-9]成$"},
)

every_kind = pytest.mark.parametrize("code", [*QUESTION_KINDS, PLANTED], indirect=True)


def question_of(code):
    """A question of the kind; the place and the day are asked by the calculator's own."""
    options = (Option("a", "甲"), Option("b", "乙")) if QUESTION_KINDS[code].has_options else ()
    own = {AREA_KIND: MATERNITY.questions[0], DAY_KIND: MATERNITY.questions[1]}
    return own.get(code) or Question("extra", "附加", code, options=options)
