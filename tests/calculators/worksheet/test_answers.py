from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import Definition, Option, Question, Step
from calculators.worksheet.answers import parse_answers
from tests.calculators.held_rates import MemoryRates, Row

TODAY = date(2026, 11, 23)
DEFINITION = Definition(
    code="ask",
    name="提问",
    summary="只为测试。",
    questions=(
        Question("region", "参保地", "area"),
        Question("as_of", "日期", "date", default="今日", minimum="2018-01-01", maximum="明年今日"),
        Question(
            "person_type",
            "身份",
            "choice",
            dimension="person_type",
            options=(Option("in_service", "在职"), Option("retired", "退休")),
            default="in_service",
        ),
        Question("age", "年龄", "count", unit="age", dimension="age", maximum="120", shown_if="身份 = “退休”"),
        Question("level", "医院等级", "choice", dimension="hospital_level"),
        Question("eligible", "费用", "money", label="本次费用"),
        Question("prior", "之前费用", "money", optional=True),
        Question("ratio", "比例甲", "ratio", default="0.1"),
        Question("filed", "已备案", "yes_no", optional=True),
        Question("resume", "恢复月份", "month", optional=True),
        Question("spendings", "各月支出", "moneys", optional=True),
        Question("years", "参保年份", "years", optional=True, minimum="2025", maximum="2060"),
        Question(
            "visits", "就诊次数", "count", unit="times", default="1", minimum="1", shown_if="单位(起付线) = “元/次”"
        ),
    ),
)
LEVELS = {"hospital_level": ["level3"]}
PER_YEAR = MemoryRates({"起付线": Row(200, conditions=LEVELS), "按龄": Row(1, conditions={"age": [70, None]})})
PER_VISIT = MemoryRates({"起付线": Row(90, unit="CNY/visit", conditions=LEVELS)})
ENOUGH = {"region": "110000", "eligible": "3000"}


def parse(rates=PER_YEAR, **raw):
    return parse_answers(DEFINITION, ENOUGH | raw, today=TODAY, rates=rates)


def test_answers_are_typed_and_named_as_formulas_know_them():
    answers = parse(person_type="retired", age="68", resume="2026-07", filed="是")

    assert answers.errors == {}
    assert answers.values["费用"] == Decimal(3000)
    assert answers.values["身份"] == "退休"
    assert answers.values["年龄"] == Decimal(68)
    assert answers.values["恢复月份"] == date(2026, 7, 1)
    assert answers.values["已备案"] is True
    assert answers.dimensions == {"person_type": "retired", "age": 68, "hospital_level": "level3"}
    assert (answers.area, answers.on) == ("110000", TODAY)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12000", "12000"),
        ("１２０００", "12000"),
        ("1.2万", "12000"),
        ("12,000", "12000"),
        ("¥1,800元", "1800"),
        (" 0.05 ", "0.05"),
        ("10000000", "10000000"),
    ],
)
def test_money_is_read_as_people_type_it(typed, amount):
    assert parse(eligible=typed).values["费用"] == Decimal(amount)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("region", "", "请选择参保地。"),
        ("region", "火星", "“火星”不是地区代码，请从列出的参保地中选择。"),
        ("eligible", "", "请填写本次费用。"),
        ("eligible", "三千", "“三千”不是数字，请填写数字，例如 12000 或 1.2万。"),
        ("eligible", "-1", "不能是负数。"),
        ("eligible", "10000000.01", "不能大于 10,000,000 元。"),
        ("eligible", "1.005", "金额最多两位小数（精确到分）。"),
        ("as_of", "昨天", "“昨天”不是日期，请写成 2026-01-31 这样。"),
        ("as_of", "2026-02-30", "“2026-02-30”不是日期，请写成 2026-01-31 这样。"),
        ("as_of", "2017-12-31", "不能早于 2018-01-01。"),
        ("as_of", "2027-11-24", "不能晚于 2027-11-23。"),
        ("person_type", "alien", "“alien”不在可选的答案里，可选的有：在职、退休。"),
        ("level", "level9", "“level9”不在可选的答案里，可选的有：词level3。"),
        ("ratio", "1.5", "请填写 0 到 1 之间的比例，或 0% 到 100% 的百分数。"),
        ("ratio", "0.1234567", "比例的小数位数太多。"),
        ("filed", "也许", "“已备案”请回答“是”或“否”。"),
        ("resume", "七月", "“七月”不是月份，请写成 2026-03 这样。"),
        ("resume", "2026-13", "“2026-13”不是月份，请写成 2026-03 这样。"),
        ("spendings", "1,200、300", "各项之间请用顿号或空格隔开，千位不要写逗号。"),
        ("spendings", "500、-1", "不能是负数。"),
        ("spendings", "1×61", "最多填写 60 项。"),
        ("years", "去年", "“去年”不是年份，请写成 2026 或 2025-2028。"),
        ("years", "2024-2026", "不能小于 2025。"),
        ("years", "2025-9999", "最多填写 60 项。"),
    ],
)
def test_a_wrong_answer_gets_one_sentence(code, typed, sentence):
    assert parse(**{code: typed}).errors == {code: sentence}


def test_an_age_is_a_whole_number_within_bounds():
    assert parse(person_type="retired", age="68.5").errors == {"age": "请填写整数。"}
    assert parse(person_type="retired", age="121").errors == {"age": "不能大于 120 岁。"}
    assert parse(person_type="retired").errors == {"age": "请填写年龄。"}


def test_both_ends_of_the_allowed_days_are_allowed():
    assert parse(as_of="2018-01-01").errors == {}
    assert parse(as_of="2027-11-23").on == date(2027, 11, 23)


def test_blank_optional_money_is_zero_and_a_blank_list_empty():
    answers = parse()

    assert answers.values["之前费用"] == 0
    assert answers.values["各月支出"] == ()
    assert "已备案" not in answers.values
    assert answers.values["比例甲"] == Decimal("0.1")


def test_what_is_not_shown_is_neither_asked_nor_wrong():
    answers = parse(person_type="in_service", age="不知道", visits="零")

    assert answers.errors == {}
    assert "年龄" not in answers.values
    assert answers.values["就诊次数"] == 1
    assert "age" not in [question.code for question in answers.questions]


def test_a_policy_value_can_decide_what_is_asked():
    assert "visits" in [question.code for question in parse(PER_VISIT).questions]
    assert parse(PER_VISIT, visits="0").errors == {"visits": "不能小于 1 次。"}


def test_the_only_choice_an_area_has_is_taken():
    assert parse().dimensions["hospital_level"] == "level3"


def test_a_choice_can_be_given_by_its_word():
    assert parse(person_type="退休", age="70").dimensions["person_type"] == "retired"


def test_before_an_area_is_chosen_its_questions_are_not_asked():
    answers = parse_answers(DEFINITION, {}, today=TODAY)

    assert answers.errors == {"region": "请选择参保地。", "eligible": "请填写本次费用。"}


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ("500、0、100", [500, 0, 100]),
        ("500 0，100", [500, 0, 100]),
        ("200×3", [200, 200, 200]),
        ("200,200,200", [200, 200, 200]),
        ("1.2万；80.5", [12000, Decimal("80.5")]),
    ],
)
def test_a_list_is_read_with_any_separator(typed, amounts):
    assert parse(spendings=typed).values["各月支出"] == tuple(Decimal(amount) for amount in amounts)


@pytest.mark.parametrize(
    ("typed", "years"),
    [("2025-2027", [2025, 2026, 2027]), ("2025、2027年", [2025, 2027]), ("2026至2027", [2026, 2027])],
)
def test_years_are_read_singly_and_as_spans(typed, years):
    assert parse(years=typed).values["参保年份"] == tuple(Decimal(year) for year in years)


@pytest.mark.parametrize("typed", ["2026-07", "2026/7", "２０２６年７月", "202607", "2026.7"])
def test_a_month_is_read_as_people_type_it(typed):
    assert parse(resume=typed).values["恢复月份"] == date(2026, 7, 1)


@pytest.mark.parametrize("typed", ["2026-07-01", "2026/7/1", "2026年7月1日", "２０２６．７．１"])
def test_a_day_is_read_as_people_type_it(typed):
    assert parse(as_of=typed).on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("typed", "ratio"), [("10%", "0.1"), ("１０％", "0.1"), ("0.1", "0.1"), ("100%", "1"), ("0", "0")]
)
def test_a_ratio_is_read_as_people_type_it(typed, ratio):
    assert parse(ratio=typed).values["比例甲"] == Decimal(ratio)


def test_the_twenty_ninth_of_february_has_a_next_year():
    answers = parse_answers(DEFINITION, ENOUGH | {"as_of": "2029-02-28"}, today=date(2028, 2, 29), rates=PER_YEAR)

    assert answers.errors == {}


def test_a_question_that_steps_ask_by_name_is_for_them_alone():
    tier = Question("tier", "居民档次", "choice", dimension="tier")
    steps = (Step("居民比例", "比例", "ratio", asks={"person_type": "resident", "tier": "居民档次"}),)
    definition = replace(DEFINITION, questions=(*DEFINITION.questions, tier), steps=steps)
    rates = MemoryRates(
        {
            "比例": [
                Row("0.5", unit="ratio", conditions={"person_type": ["resident"], "tier": ["1", "2"]}),
                Row("0.9", unit="ratio", conditions={"person_type": ["in_service"], "tier": ["employer"]}),
            ]
        }
    )

    answers = parse_answers(definition, ENOUGH | {"tier": "1"}, today=TODAY, rates=rates)

    assert [option.code for option in answers.questions[-1].options] == ["1", "2"]
    assert answers.codes["居民档次"] == "1"
    assert "tier" not in answers.dimensions


def test_choices_are_narrowed_by_what_was_answered_before():
    cohort = Question("cohort", "退休时间", "choice", dimension="cohort")
    definition = replace(DEFINITION, questions=(*DEFINITION.questions, cohort))
    rates = MemoryRates({"起付线": [Row(300, conditions={"person_type": ["retired"], "cohort": ["after", "before"]})]})

    retired = parse_answers(definition, ENOUGH | {"person_type": "retired", "age": "70"}, today=TODAY, rates=rates)
    in_service = parse_answers(definition, ENOUGH, today=TODAY, rates=rates)

    assert retired.errors == {"cohort": "请选择退休时间。"}
    assert in_service.errors == {}
