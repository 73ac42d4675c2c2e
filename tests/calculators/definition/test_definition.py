from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from calculators.definition import (
    Case,
    Definition,
    DefinitionError,
    Note,
    Option,
    Output,
    Question,
    Step,
    check_definition,
    check_references,
    from_dict,
    from_toml,
    offering,
    to_dict,
    to_toml,
)

LIBRARY = Path(__file__).parents[3] / "calculators" / "library" / "calculators"
PARAMETERS = {"门诊起付线": "CNY/year", "门诊支付比例": "ratio", "门诊降幅": "percentage_point", "住院分段": "bands"}
SMALL = Definition(
    code="small",
    name="小计算器",
    summary="只为测试。",
    questions=(
        Question("region", "参保地", "area"),
        Question("as_of", "日期", "date", default="今日"),
        Question("level", "医院等级", "choice", dimension="hospital_level"),
        Question("eligible", "费用", "money"),
    ),
    steps=(
        Step("超过部分", "取大(0, 费用 − 门诊起付线)", "CNY"),
        Step("基金支付", "超过部分 × 门诊支付比例", "CNY", explanation="按比例。"),
    ),
    outputs=(Output("fund_pay", "基金支付", headline=True, part="fund"),),
    notes=(Note("没有报销。", "基金支付 = 0"),),
    cases=(Case("起付线以上", date(2025, 7, 1), "110000", {"eligible": "3000"}, {"fund_pay": "1080"}),),
)


def problems(**changes):
    return [str(problem) for problem in check_definition(replace(SMALL, **changes), PARAMETERS)]


def with_formula(formula, unit="CNY"):
    return problems(steps=(Step("超过部分", "费用", "CNY"), Step("基金支付", formula, unit)))


def test_a_sound_definition_has_no_problems():
    assert problems() == []


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_file_is_written_as_it_would_be_exported(path):
    text = path.read_text(encoding="utf-8")

    assert to_toml(from_toml(text)) == text


def test_toml_and_dicts_give_back_the_same_definition():
    assert from_toml(to_toml(SMALL)) == SMALL
    assert from_dict(to_dict(SMALL)) == SMALL


@pytest.mark.parametrize(
    "text",
    ["一行\n两行", '带 " 引号', "带 ' 和 \" 引号", "反斜线 \\ 和\n换行", "制表\t符", "“弯引号”", '结尾"', "\x00\x7f"],
)
def test_any_text_survives_the_file(text):
    awkward = replace(
        SMALL, description=text, notes=(Note(text),), cases=(replace(SMALL.cases[0], answers={text: text}),)
    )

    assert from_toml(to_toml(awkward)) == awkward


def test_a_hidden_step_stays_hidden_in_the_file():
    hidden = replace(SMALL, steps=(replace(SMALL.steps[0], shown=False), SMALL.steps[1]))

    assert "shown = false" in to_toml(hidden)
    assert from_toml(to_toml(hidden)) == hidden


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("code = ", "文件不是合格的 TOML"),
        ('code = "x"\nname = "x"', "计算器缺少“summary”"),
        ('code = "x"\nname = "x"\nsummary = "x"\ncolour = "red"', "计算器里没有“colour”这一项"),
        (
            'code = "x"\nname = "x"\nsummary = "x"\n[[step]]\nname = "甲"\nunit = "CNY"',
            "计算器第 1 个 step 缺少“formula”",
        ),
        ('code = "x"\nname = "x"\nsummary = "x"\nstep = "甲"', "计算器的“steps”写法不对"),
        ('code = "x"\nname = "x"\nsummary = "x"\n[[case]]\nname = "甲"\narea = "110000"\non = "昨天"', "日期请写成"),
        ('code = "x"\nname = "x"\nsummary = "x"\n[[case]]\nname = "甲"\narea = "1"\non = 20260131', "日期请写成"),
        (
            'code = "x"\nname = "x"\nsummary = "x"\n[[case]]\nname = "甲"\narea = "1"\non = 2026-01-31T09:00:00',
            "日期请写成",
        ),
        ('code = "x"\nname = true\nsummary = "x"', "计算器的“name”写法不对"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_chinese(text, sentence):
    with pytest.raises(DefinitionError, match=sentence):
        from_toml(text)


def test_what_it_reads_is_every_name_that_is_no_question_and_no_step():
    assert SMALL.reads == {"门诊起付线", "门诊支付比例"}


@pytest.mark.parametrize(
    ("formula", "unit", "problem"),
    [
        ("费用 − 门诊起付县", "CNY", "基金支付：第 6 个字：没有叫“门诊起付县”的量。是不是“门诊起付线”？"),
        ("费用 + 门诊支付比例", "CNY", "基金支付：第 4 个字：元和比例不能相加减。"),
        ("费用 × 超过部分", "CNY", "基金支付：第 4 个字：元和元不能相乘。"),
        ("门诊支付比例 − 门诊降幅", "ratio", "基金支付：第 8 个字：百分点要先除以 100 才能和比例相加减。"),
        ("费用 ×", "CNY", "基金支付：第 4 个字：公式在“×”之后没有写完。"),
        ("费用 ÷ 超过部分", "CNY", "基金支付：公式算出来的是比例，单位却是元。"),
        ("费用", "yuan", "基金支付：没有“yuan”这个单位。"),
    ],
)
def test_a_formula_is_checked_with_its_step_and_column(formula, unit, problem):
    assert problem in with_formula(formula, unit)


def test_steps_that_need_each_other_are_found():
    circle = (Step("超过部分", "基金支付 + 费用", "CNY"), Step("基金支付", "超过部分 × 门诊支付比例", "CNY"))

    assert "超过部分：步骤互相依赖，绕成了圈：超过部分 → 基金支付 → 超过部分。" in problems(steps=circle)


def test_the_round_before_makes_no_circle():
    rounds = (
        Step("各月", "逐月(日期, 3)", "list:month", shown=False),
        Step("余额", "上期(余额, 0) + 费用 × 门诊支付比例", "CNY", each="各月"),
        Step("基金支付", "末项(余额)", "CNY"),
    )

    assert problems(steps=rounds) == []


def test_in_its_own_rounds_a_step_is_one_amount_and_outside_a_list():
    rounds = (
        Step("各月", "逐月(日期, 3)", "list:month", shown=False),
        Step("各月费用", "费用", "CNY", each="各月"),
        Step("两倍", "各月费用 × 2", "CNY", each="各月"),
        Step("基金支付", "两倍 × 2", "CNY"),
    )

    assert problems(steps=rounds) == ["基金支付：第 4 个字：这里要一个数，不是一列元。"]


def test_names_codes_and_references_are_checked():
    assert "费用：这个名称用了两次。" in problems(steps=(*SMALL.steps, Step("费用", "1", "CNY")))
    assert "门诊起付线：这个名称已经是参数或固定的词，请换一个。" in problems(
        steps=(*SMALL.steps, Step("门诊起付线", "1", "CNY"))
    )
    assert any("名称要写进公式" in problem for problem in problems(steps=(*SMALL.steps, Step("甲且乙", "1", "CNY"))))
    assert "又一笔：这个代码用了两次。" in problems(
        questions=(*SMALL.questions, Question("eligible", "又一笔", "money"))
    )
    assert any("代码只能用小写字母" in problem for problem in problems(outputs=(Output("FundPay", "基金支付"),)))
    assert "没有：没有叫“没有”的步骤。" in problems(outputs=(Output("fund_pay", "没有"),))
    assert "基金支付：取数日期“没有”既不是问题也不是步骤。" in problems(
        steps=(SMALL.steps[0], replace(SMALL.steps[1], day="没有"))
    )


def test_a_part_that_was_only_just_added_is_told_what_it_lacks_and_nothing_of_parts_without_a_name():
    begun = replace(SMALL, steps=(*SMALL.steps, Step("", "", "CNY")), outputs=(*SMALL.outputs, Output("", "")))
    said = [problem.sentence for problem in (*check_definition(begun, {}), *check_references(begun, {}))]

    assert "还没有选步骤。" in said
    assert [sentence for sentence in said if "“”" in sentence] == []


def test_an_output_without_a_code_is_called_by_its_step():
    problems = check_definition(replace(SMALL, outputs=(Output("", "没有的"),)), {})

    assert ("没有的", "代码只能用小写字母、数字和下划线，以字母开头。") in [(p.part, p.sentence) for p in problems]


def test_what_nothing_uses_is_found():
    assert "闲置：这个问题的回答没有用到。" in problems(questions=(*SMALL.questions, Question("idle", "闲置", "money")))
    assert "闲置：这一步的结果没有用到。" in problems(steps=(*SMALL.steps, Step("闲置", "1", "CNY")))


def test_questions_are_checked():
    assert any(
        "没有“colour”这种问题" in problem
        for problem in problems(questions=(*SMALL.questions, Question("x", "甲", "colour")))
    )
    assert "甲：单选题没有选项。" in problems(questions=(*SMALL.questions, Question("x", "甲", "choice")))


def test_place_and_day_are_asked_where_a_policy_value_is_read_and_nowhere_else():
    _place, day, _, amount = SMALL.questions
    plain = (Step("基金支付", "费用 × 2", "CNY"),)

    assert problems(questions=SMALL.questions[2:]) == [
        "问题：缺少问“参保地”的问题，没有它取不到数值。",
        "问题：缺少问“日期”的问题，没有它取不到数值。",
    ]
    assert problems(steps=plain, questions=(amount,)) == []
    assert problems(steps=plain) == [f"{name}：这个问题的回答没有用到。" for name in ("参保地", "日期", "医院等级")]
    by_month = (Step("基金支付", "费用 × 月数差(日期, 日期)", "CNY"),)
    assert "日期：这个问题的回答没有用到。" not in problems(steps=by_month, questions=(day, amount))
    assert "缺少问“参保地”" not in "".join(problems(steps=with_typo(), questions=(amount,)))


def with_typo():
    return (Step("基金支付", "费用 × 门珍支付比例", "CNY"),)


def test_a_calculator_without_cases_or_expectations_cannot_be_published():
    silent = replace(SMALL.cases[0], expected={})
    odd = replace(SMALL.cases[0], answers={"colour": "1"}, expected={"total": "1"})

    assert problems(cases=()) == ["算例：还没有算例；没有算例不能发布。"]
    assert problems(cases=(silent,)) == ["起付线以上：没有写应得的结果。"]
    assert problems(cases=(odd,)) == ["起付线以上：没有代码为“colour”的问题。", "起付线以上：没有代码为“total”的结果。"]


def test_an_area_offers_what_its_values_distinguish():
    offered = offering(SMALL, {"hospital_level": {"level1": "一级", "level3": "三级"}})

    assert offered.questions[2].options == (Option("level1", "一级"), Option("level3", "三级"))


def test_a_question_the_area_does_not_distinguish_is_not_asked():
    assert [question.code for question in offering(SMALL, {}).questions] == ["region", "as_of", "eligible"]


def test_a_question_with_its_own_options_is_always_asked():
    own = Question("who", "身份", "choice", dimension="person_type", options=(Option("a", "甲"), Option("b", "乙")))
    definition = replace(SMALL, questions=(own,))

    assert offering(definition, {}).questions[0].options == own.options
    assert offering(definition, {"person_type": {"b": "乙", "c": "丙"}}).questions[0].options == own.options
