from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculators.answers import parse_answers
from calculators.definition import Case, Definition, Note, Option, Output, Question, Step
from calculators.values import UNLIMITED, ParameterNotInForce
from calculators.worksheet import WorksheetError, compute, run_case
from tests.calculators.rates import MemoryRates, Row

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


def test_each_line_shows_its_formula_with_the_numbers_and_its_sources():
    line = statement().lines[1]

    assert line.label == "基金支付多少"
    assert line.formula == "取小(超过部分 × 支付比例, 封顶线)"
    assert line.substituted == "取小（1,200 × 90%，不设限额）"
    assert line.text == "1,080.00 元"
    assert [figure.name for figure in line.figures] == ["支付比例", "封顶线"]
    assert line.explanation == "按比例。"


def test_lines_stand_in_the_order_of_the_definition_whatever_is_computed_first():
    assert [line.name for line in statement().lines] == ["超过部分", "基金支付", "个人自付", "封顶"]
    assert [line.name for line in statement().shown_lines] == ["超过部分", "基金支付", "个人自付"]


def test_outputs_are_by_code_and_one_is_the_headline():
    result = statement()

    assert {code: output.plain for code, output in result.outputs.items()} == {
        "self_pay": "1920.00",
        "fund_pay": "1080.00",
        "cap": "unlimited",
    }
    assert result.headline.code == "fund_pay"
    assert result.outputs["cap"].text == "不设限额"


def test_the_bar_is_made_of_the_outputs_that_have_a_place_in_it():
    parts = statement().parts

    assert [(part.part, part.text, part.share) for part in parts] == [
        ("self", "1,920.00 元", Decimal("0.64")),
        ("fund", "1,080.00 元", Decimal("0.36")),
    ]
    assert [part.part for part in statement(eligible="100").parts] == ["self"]
    assert statement(eligible="0").parts == ()


def test_an_output_is_rounded_once_half_up_and_the_parts_add_up_to_the_bill():
    result = statement(rates=RATES | {"支付比例": Row("0.5", unit="ratio")}, eligible="1800.09")

    assert result.outputs["fund_pay"].amount == Decimal("0.05")
    assert result.outputs["self_pay"].amount == Decimal("1800.04")


def test_notes_are_shown_where_they_hold():
    assert statement().notes == ("一直在。",)
    assert statement(eligible="1800").notes == ("一直在。", "没有报销。")


def test_each_step_and_each_figure_is_looked_up_once():
    memory = MemoryRates(RATES)
    answers = parse_answers(PLAIN, {}, rates=memory)

    compute(PLAIN, answers, memory)

    assert [name for name, _, _ in memory.lookups] == ["起付线", "支付比例", "封顶线"]


def test_a_figure_is_cited_once_and_its_cautions_are_said_once():
    rates = {
        "起付线": Row(1800, cautions=("待核实。",)),
        "支付比例": Row("0.9", unit="ratio", cautions=("待核实。", "已过复核日。")),
        "封顶线": Row(5),
    }

    result = statement(rates=rates)

    assert [figure.name for figure in result.figures] == ["起付线", "支付比例", "封顶线"]
    assert result.cautions == ("待核实。", "已过复核日。")


def test_what_is_not_reached_is_not_looked_up():
    steps = (Step("用总额", "有规定(没有的参数)", "boolean"), Step("基金支付", "如果(用总额, 没有的参数, 费用)", "CNY"))

    assert amount(*steps) == Decimal(3000)


def test_a_missing_value_is_said_and_never_replaced():
    with pytest.raises(ParameterNotInForce, match="起付线"):
        statement(rates={})


def test_an_error_names_its_step_and_column():
    with pytest.raises(WorksheetError) as caught:
        amount(Step("甲", "费用 ÷ (费用 − 3000)", "ratio"), Step("乙", "甲 + 1", "ratio"))

    assert str(caught.value) == "“甲”这一步算不出来：第 4 列：除数是 0，不能相除。"
    assert (caught.value.step, caught.value.error.column) == ("甲", 4)


def test_an_unlimited_headline_is_refused():
    unlimited = replace(PLAIN, outputs=(Output("cap", "封顶", headline=True),))

    with pytest.raises(WorksheetError, match="不设限额"):
        statement(unlimited)


def test_circles_are_refused():
    with pytest.raises(WorksheetError, match="绕成了圈：甲 → 乙 → 甲"):
        amount(Step("乙", "甲 + 1", "CNY"), Step("甲", "乙 + 1", "CNY"))
    with pytest.raises(WorksheetError, match="绕成了圈"):
        amount(
            Step("各月", "逐月(日期, 2)", "list:month"),
            Step("甲", "乙", "CNY", each="各月"),
            Step("乙", "合计(甲)", "CNY"),
        )


def test_a_chain_too_deep_ends_in_a_sentence():
    chain = [Step(f"步骤{number}", f"步骤{number + 1} + 1", "count") for number in range(900)]

    with pytest.raises(WorksheetError, match="一环套一环太深"):
        amount(*chain, Step("步骤900", "1", "count"), Step("结果", "步骤0", "count"))


def test_answers_narrow_every_lookup():
    who = Question(
        "who",
        "身份",
        "choice",
        dimension="person_type",
        options=(Option("in_service", "在职"), Option("retired", "退休")),
    )
    rates = {
        "起付线": [
            Row(1800, conditions={"person_type": ["in_service"]}),
            Row(1300, conditions={"person_type": ["retired"]}),
        ]
    }

    assert amount(Step("甲", "起付线", "CNY"), questions=(*QUESTIONS, who), rates=rates, who="retired") == 1300


def test_a_step_can_ask_for_somebody_else():
    who = Question("who", "身份", "choice", dimension="person_type", options=(Option("flexible", "灵活就业"),))
    rates = {
        "起付线": [
            Row(1800, conditions={"person_type": ["in_service"]}),
            Row(7, conditions={"person_type": ["flexible"]}),
        ]
    }

    assert (
        amount(
            Step("甲", "起付线", "CNY", asks={"person_type": "in_service"}), questions=(*QUESTIONS, who), rates=rates
        )
        == 1800
    )


def test_a_step_can_ask_by_the_name_of_a_question():
    levels = (Option("level1", "一级"), Option("level3", "三级"))
    where = Question("clinic", "门诊医院", "choice", options=levels)
    rates = {
        "比例": [
            Row("0.9", unit="ratio", conditions={"hospital_level": ["level1"]}),
            Row("0.7", unit="ratio", conditions={"hospital_level": ["level3"]}),
        ]
    }

    assert amount(
        Step("甲", "比例", "ratio", asks={"hospital_level": "门诊医院"}),
        questions=(*QUESTIONS, where),
        rates=rates,
        clinic="level3",
    ) == Decimal("0.7")


def test_a_step_can_answer_a_dimension_by_a_word_or_a_number():
    order = Step(
        "次序",
        "如果(费用 > 100, “首次”, “再次”)",
        "text",
        dimension="admission",
        options=(Option("first", "首次"), Option("subsequent", "再次")),
    )
    rates = {
        "起付线": [Row(1300, conditions={"admission": ["first"]}), Row(650, conditions={"admission": ["subsequent"]})]
    }
    ages = {"起付线": [Row(100, conditions={"age": [None, 69]}), Row(110, conditions={"age": [70, None]})]}

    assert amount(order, Step("甲", "起付线", "CNY"), rates=rates) == 1300
    assert amount(order, Step("甲", "起付线", "CNY"), rates=rates, eligible="50") == 650
    assert (
        amount(
            Step("岁数", "费用 ÷ 100", "age", dimension="age"), Step("甲", "起付线", "CNY"), rates=ages, eligible="7000"
        )
        == 110
    )


def test_a_dimension_whose_question_has_no_answer_narrows_nothing():
    born = Question("born", "出生", "month", optional=True)
    age = Step("岁数", "周岁(出生, 日期)", "age", dimension="age")

    assert amount(age, Step("甲", "起付线", "CNY"), questions=(*QUESTIONS, born)) == 1800


def test_an_unanswered_question_is_said_by_name():
    born = Question("born", "出生", "month", optional=True)

    with pytest.raises(WorksheetError, match="“出生”没有填写"):
        amount(Step("甲", "周岁(出生, 日期)", "age"), questions=(*QUESTIONS, born))


def test_a_step_can_read_values_as_of_another_day():
    rates = {"年限": [Row(25, unit="years", since=date(2020, 1, 1)), Row(30, unit="years", since=date(2030, 1, 1))]}
    retires = Question("retires", "退休月份", "month", default="2030-01")

    assert amount(Step("甲", "年限", "years", day="退休月份"), questions=(*QUESTIONS, retires), rates=rates) == 30
    assert (
        amount(
            Step("甲", "年限", "years", day="退休月份"), questions=(*QUESTIONS, retires), rates=rates, retires="2029-12"
        )
        == 25
    )


MONTHS = Step("各月", "逐月(日期, 12)", "list:month", shown=False)


def test_rounds_over_months_read_each_months_own_values():
    rates = {
        "费率": [Row("0.065", unit="ratio", since=date(2024, 3, 1)), Row("0.08", unit="ratio", since=date(2026, 1, 1))]
    }
    monthly = Step("月缴", "费用 × 费率", "CNY", each="各月")

    result = statement(calculator(MONTHS, monthly, Step("全年", "合计(月缴)", "CNY")), rates, eligible="6000")

    line = result.lines[1]
    assert result.outputs["result"].amount == Decimal(5220)
    assert [(part.period, part.substituted, part.text) for part in line.rounds[5:7]] == [
        ("2025年12月", "6,000 × 6.5%", "390.00 元"),
        ("2026年1月", "6,000 × 8%", "480.00 元"),
    ]
    assert line.unit == "list:CNY"
    assert len(line.figures) == 2


def test_a_round_reads_the_one_before_it():
    steps = (
        MONTHS,
        Step("存入", "期数 × 10", "CNY", each="各月"),
        Step("余额", "上期(余额, 费用) + 存入", "CNY", each="各月"),
        Step("年末", "末项(余额)", "CNY"),
    )

    assert amount(*steps) == 3000 + 780


def test_rounds_over_a_list_of_amounts():
    spending = Question("spending", "各月支出", "moneys")
    steps = (
        Step("可用", "上期(余额, 0) + 200", "CNY", each="各月支出"),
        Step("支付", "取小(本期, 可用)", "CNY", each="各月支出"),
        Step("余额", "可用 − 支付", "CNY", each="各月支出"),
        Step("年末", "末项(余额)", "CNY"),
    )

    result = statement(calculator(*steps, questions=(*QUESTIONS, spending)), spending="500、0、100")

    assert result.outputs["result"].amount == 300
    assert [part.period for part in result.lines[0].rounds] == ["第 1 期", "第 2 期", "第 3 期"]


def test_a_long_row_of_rounds_is_no_deep_call():
    months = Step("各月", "逐月(日期, 120)", "list:month")
    steps = (
        months,
        Step("甲", "上期(乙, 0) + 1", "count", each="各月"),
        Step("乙", "上期(甲, 0) + 1", "count", each="各月"),
        Step("丙", "末项(甲) + 末项(乙)", "count"),
    )

    assert amount(*steps) == 240


def test_a_dimension_can_change_from_round_to_round():
    born = Question("born", "出生", "month")
    rates = {"定额": [Row(100, conditions={"age": [None, 69]}), Row(110, conditions={"age": [70, None]})]}
    steps = (
        MONTHS,
        Step("岁数", "周岁(出生, 本期)", "age", each="各月", dimension="age"),
        Step("计入", "定额", "CNY", each="各月"),
        Step("全年", "合计(计入)", "CNY"),
    )

    assert amount(*steps, rates=rates, questions=(*QUESTIONS, born), born="1955-12") == 7 * 110 + 5 * 100


def test_the_round_before_exists_only_in_rounds():
    with pytest.raises(WorksheetError, match="“上期”里要写同一列里逐期计算的步骤"):
        amount(Step("甲", "上期(甲, 0)", "CNY"))


def test_too_much_work_is_refused():
    months = Step("各月", "逐月(日期, 120)", "list:month")
    heavy = [Step(f"重{number}", "+".join(["1"] * 50), "count", each="各月") for number in range(10)]

    with pytest.raises(WorksheetError, match="计算量太大"):
        amount(months, *heavy, Step("丙", "+".join(f"末项(重{number})" for number in range(10)), "count"))


def test_an_output_is_left_out_where_it_does_not_hold():
    definition = replace(PLAIN, outputs=(Output("fund_pay", "基金支付"), Output("cap", "封顶", shown_if="费用 > 5000")))

    assert list(statement(definition).outputs) == ["fund_pay"]
    assert list(statement(definition, eligible="6000").outputs) == ["fund_pay", "cap"]


def case(expected, **answers):
    return run_case(PLAIN, Case("算例", DAY, "110000", answers, expected), MemoryRates(RATES))


def test_a_case_that_holds_has_no_differences():
    assert (
        case({"fund_pay": "1080", "self_pay": "1,920.00".replace(",", ""), "cap": "unlimited"}, eligible="3000") == []
    )


def test_a_case_says_what_it_should_have_been_and_what_it_is():
    assert case({"fund_pay": "1080.01"}) == ["基金支付（fund_pay）：应为 1080.01，算得 1080.00。"]
    assert case({"nothing": "1"}) == ["nothing：应为 1，却没有这项结果。"]


def test_a_case_with_wrong_answers_says_so():
    assert case({"fund_pay": "1"}, eligible="-1") == ["没有结果：eligible：不能是负数。"]


def test_a_case_can_expect_that_there_is_no_result():
    refused = Case("没有收录", DAY, "110000", {}, {"refused": "起付线"})

    assert run_case(PLAIN, refused, MemoryRates({})) == []
    assert run_case(PLAIN, replace(refused, expected={"refused": "封顶线"}), MemoryRates({})) == [
        "没有结果：2025-07-01没有生效的“起付线”。"
    ]
    assert run_case(PLAIN, refused, MemoryRates(RATES)) == ["应当没有结果（起付线），却算出了1,080.00 元。"]


def test_months_lists_and_yes_no_are_written_as_people_write_them():
    definition = replace(
        PLAIN,
        steps=(
            Step("各月", "逐月(日期, 2)", "list:month"),
            Step("无月", "逐月(日期, 0)", "list:month"),
            Step("成立", "费用 > 1", "boolean"),
        ),
        outputs=(Output("months", "各月"), Output("none", "无月"), Output("holds", "成立")),
        notes=(),
    )
    expected = {"months": "2025-07、2025-08", "none": "无", "holds": "是"}

    assert run_case(definition, Case("甲", DAY, "110000", {}, expected), MemoryRates({})) == []
    assert statement(definition).outputs["months"].text == "2025年7月、2025年8月"
    assert statement(definition).outputs["months"].plain == ["2025-07", "2025-08"]


def test_in_a_round_too_only_what_is_needed_is_computed():
    steps = (
        MONTHS,
        Step("乙", "没有的参数", "CNY", each="各月"),
        Step("甲", "如果(期数 > 12, 乙, 1)", "CNY", each="各月"),
        Step("丙", "合计(甲)", "CNY"),
    )

    assert amount(*steps) == 12


def test_steps_of_one_round_that_need_each_other_are_refused():
    with pytest.raises(WorksheetError, match="绕成了圈：乙 → 甲 → 乙"):
        amount(MONTHS, Step("甲", "乙", "CNY", each="各月"), Step("乙", "甲", "CNY", each="各月"))


def test_a_step_needed_in_some_rounds_has_a_line_for_those():
    steps = (
        MONTHS,
        Step("乙", "期数", "count", each="各月"),
        Step("甲", "如果(期数 > 10, 乙, 1)", "count", each="各月"),
        Step("丙", "合计(甲)", "count"),
    )

    lines = statement(calculator(*steps)).lines

    assert [(line.name, len(line.rounds)) for line in lines] == [("各月", 0), ("乙", 2), ("甲", 12), ("丙", 0)]


def test_a_list_without_elements_has_no_rounds():
    assert (
        amount(
            Step("各月", "逐月(日期, 0)", "list:month"),
            Step("甲", "1", "count", each="各月"),
            Step("乙", "合计(甲)", "count"),
        )
        == 0
    )


def test_which_question_is_unanswered_can_be_asked():
    born = Question("born", "出生", "month", optional=True)

    with pytest.raises(WorksheetError) as caught:
        amount(Step("甲", "周岁(出生, 日期)", "age"), questions=(*QUESTIONS, born))

    assert caught.value.error.name == "出生"


def test_an_unanswered_question_asked_by_name_narrows_nothing():
    tier = Question("tier", "档次", "choice", optional=True, options=(Option("1", "一档"),))
    rates = {"比例": [Row("0.5", unit="ratio"), Row("0.9", unit="ratio", conditions={"tier": ["1"]})]}
    step = Step("甲", "比例", "ratio", asks={"tier": "档次"})

    assert amount(step, questions=(*QUESTIONS, tier), rates=rates) == Decimal("0.5")
    assert amount(step, questions=(*QUESTIONS, tier), rates=rates, tier="1") == Decimal("0.9")


def test_a_case_can_expect_that_an_output_is_left_out():
    definition = replace(PLAIN, outputs=(Output("fund_pay", "基金支付"), Output("cap", "封顶", shown_if="费用 > 5000")))
    without = Case("甲", DAY, "110000", {"eligible": "3000"}, {"cap": "没有"})

    assert run_case(definition, without, MemoryRates(RATES)) == []
    assert run_case(definition, replace(without, answers={"eligible": "6000"}), MemoryRates(RATES)) == [
        "封顶（cap）：应为 没有，算得 unlimited。"
    ]
