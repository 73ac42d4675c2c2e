"""A small calculator for tests, and ways to run it."""

from dataclasses import replace
from datetime import date

from calculators.definition import Definition, Note, Output, Question, Step
from calculators.values.types import UNLIMITED
from calculators.worksheet import compute
from calculators.worksheet.answers import parse_answers
from tests.calculators.held_rates import MemoryRates, Row

DAY = date(2025, 7, 1)
QUESTIONS = (
    Question("region", "参保地", "area", default="110000"),
    Question("as_of", "日期", "date", default="2025-07-01"),
    Question("eligible", "费用", "money", default="3000"),
)
STEPS = (
    Step("超过部分", "取大(0, 费用 − 起付线)", "CNY"),
    Step("基金支付", "取小(超过部分 × 支付比例, 封顶线)", "CNY", label="基金支付多少", explanation="按比例。"),
    Step("个人自付", "费用 − 基金支付", "CNY"),
)
OUTPUTS = (
    Output("self_pay", "个人自付", part="self"),
    Output("fund_pay", "基金支付", headline=True, part="fund"),
    Output("cap", "封顶"),
)
PLAIN = Definition(
    code="plain",
    name="普通",
    summary="只为测试。",
    questions=QUESTIONS,
    steps=(*STEPS, Step("封顶", "封顶线", "CNY/year", shown=False)),
    outputs=OUTPUTS,
    notes=(Note("一直在。"), Note("没有报销。", "基金支付 = 0")),
)
RATES = {"起付线": Row(1800), "支付比例": Row("0.9", unit="ratio"), "封顶线": Row(UNLIMITED)}


def statement(definition=PLAIN, rates=RATES, **raw):
    memory = MemoryRates(rates)
    answers = parse_answers(definition, raw, rates=memory)
    assert answers.errors == {}
    return compute(definition, answers, memory)


def calculator(*steps, output=None, questions=QUESTIONS):
    last = output or steps[-1].name
    return replace(PLAIN, questions=questions, steps=steps, outputs=(Output("result", last),), notes=())


def amount(*steps, rates=RATES, questions=QUESTIONS, **raw):
    return statement(calculator(*steps, questions=questions), rates, **raw).outputs["result"].amount


MONTHS = Step("各月", "逐月(日期, 12)", "list:month", shown=False)
