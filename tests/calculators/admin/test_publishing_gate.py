"""The publish gate: a definition whose page or office form could fail is not published, and can be opened and mended."""

from dataclasses import replace

import pytest
from django.utils import timezone

from calculators.definition import RESERVED_CODES, Option, Output, Question, Step
from calculators.models import PoolingArea
from calculators.publishing import availability
from calculators.publishing.gate import PublishingBlocked, publish
from calculators.worksheet import Statement, then_and_now
from tests.calculators.admin.calculator_form import LIST, form_of, keys_of, page
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored

pytestmark = pytest.mark.django_db

REGION, DATE, BASE, LEAVE = MATERNITY.questions
[TOTAL], [ALLOWANCE] = MATERNITY.steps, MATERNITY.outputs
[OVER] = DEDUCTIBLE.steps


def steps(*others, total=TOTAL, outputs=()):
    """The allowance with other steps before it, each with an output unless `outputs` are given."""
    given = outputs or tuple(Output(f"other{place}", step.name) for place, step in enumerate(others))
    return replace(MATERNITY, steps=(*others, total), outputs=(ALLOWANCE, *given))


def charted(step):
    return steps(step, outputs=(Output("charted", step.name, part="fund"),))


def asking(question):
    """The allowance with one more question, which another step reads."""
    step = Step("含附加", f"如果(有规定({question.name})，1，0)", "count")
    return replace(steps(step), questions=(*MATERNITY.questions, question))


def question(place, **changes):
    """The allowance with one question changed."""
    asked = list(MATERNITY.questions)
    asked[place] = replace(asked[place], **changes)
    return replace(MATERNITY, questions=tuple(asked))


def reading(*others, **changes):
    """The step that reads a policy value, changed."""
    return replace(DEDUCTIBLE, steps=(*others, replace(OVER, **changes)))


FAULTS = {
    "a list in the chart": (
        steps(
            Step("各月", "逐月(生育日期, 3)", "list:month"),
            Step("各月津贴", "缴费基数", "CNY", each="各月"),
            outputs=(Output("charted", "各月津贴", part="fund"),),
        ),
        "各月津贴：图里只能放金额，“各月津贴”的结果是一列元。",
    ),
    "a ratio in the chart": (charted(Step("几成", "50%", "ratio")), "图里只能放金额，“几成”的结果是比例。"),
    "a day in the chart": (charted(Step("哪天", "生育日期", "date")), "图里只能放金额，“哪天”的结果是日期。"),
    "a condition in the chart": (charted(Step("是吗", "产假天数 > 1", "boolean")), "“是吗”的结果是条件。"),
    "a text in the chart": (charted(Step("什么", "“甲”", "text")), "图里只能放金额，“什么”的结果是文字。"),
    "an unknown place in the chart": (
        replace(MATERNITY, outputs=(replace(ALLOWANCE, part="somebody"),)),
        "生育津贴总额：图里没有“somebody”这个位置",
    ),
    "取数日期 naming an amount": (reading(day="本次费用"), "取数日期“本次费用”是元，不是日期。"),
    "取数日期 naming a choice": (reading(day="身份"), "取数日期“身份”是文字，不是日期。"),
    "取数日期 naming a list": (
        reading(Step("各月", "逐月(就诊日期, 3)", "list:month"), day="各月"),
        "取数日期“各月”是一列年月，不是日期。",
    ),
    "a number called a date": (
        reading(Step("哪天", "1", "date"), day="哪天"),
        "哪天：公式算出来的是纯数，单位却是日期。",
    ),
    "a number called a list": (steps(Step("几个", "1", "list:CNY")), "几个：公式算出来的是纯数，单位却是一列元。"),
    "a limit called a text": (steps(Step("限额", "不设限额", "text")), "限额：公式算出来的是任意，单位却是文字。"),
    "逐期 naming a number": (
        steps(Step("每天", "缴费基数 ÷ 30", "CNY", each="产假天数")),
        "每天：逐期的一列“产假天数”是数，不是一列。",
    ),
    "另定的适用条件 naming an amount": (reading(asks={"person_type": "本次费用"}), "要一个选项，“本次费用”是元。"),
    "另定的适用条件 naming a date": (reading(asks={"hospital_level": "就诊日期"}), "要一个选项，“就诊日期”是日期。"),
    "另定的适用条件 naming a list": (
        reading(Step("各月", "逐月(就诊日期, 3)", "list:month"), asks={"hospital_level": "各月"}),
        "要一个选项，“各月”是一列年月。",
    ),
    "另定的适用条件 with a word for a range": (
        reading(asks={"age": "seventy"}),
        "适用条件“年龄”要一个整数，“seventy”不是问题也不是步骤。",
    ),
    "an unknown 适用条件 in a step": (reading(asks={"on": "retired"}), "没有“on”这个适用条件。"),
    "a step that decides an unknown 适用条件": (
        reading(Step("身份码", "“甲”", "text", dimension="parameter")),
        "没有“parameter”这个适用条件。",
    ),
    "a step that decides a 适用条件 by a list": (
        reading(Step("各月", "逐月(就诊日期, 3)", "list:month", dimension="hospital_level")),
        "要一个选项，这一步算出来的是一列年月。",
    ),
    "a question that decides an unknown 适用条件": (
        asking(Question("extra", "附加", "choice", dimension="on", options=(Option("a", "甲"),))),
        "没有“on”这个适用条件。",
    ),
    "a choice that decides a 适用条件 by numbers": (
        replace(reading(), questions=(*DEDUCTIBLE.questions, Question("age", "年龄", "choice", dimension="age"))),
        "年龄：适用条件“年龄”要一个整数，这个问题问的是单选。",
    ),
    "the day may be left open": (question(1, optional=True), "生育日期：取数要用这个问题，不能可以不填"),
    "the day may be hidden": (question(1, shown_if="产假天数 > 100"), "生育日期：取数要用这个问题"),
    "the day decides a 适用条件": (question(1, dimension="person_type"), "生育日期：取数要用这个问题"),
    "the area may be left open": (question(0, optional=True), "参保地：取数要用这个问题"),
    "a default that is no number": (question(3, default="许多"), "产假天数：预填“许多”用不了"),
    "a default out of bounds": (question(3, default="400"), "产假天数：预填“400”用不了：不能大于 365。"),
    "a hidden question with a default that is no number": (
        asking(Question("extra", "附加", "count", default="许多", shown_if="产假天数 > 1000")),
        "附加：预填“许多”用不了",
    ),
    "a minimum that is a day": (question(3, minimum="今日"), "产假天数：“今日”用不了"),
    "a maximum that is no number": (question(3, maximum="许多"), "产假天数：“许多”用不了"),
    "a minimum above the maximum": (question(3, minimum="400"), "产假天数：最小比最大还大"),
    "bounds on a choice": (
        asking(Question("extra", "附加", "choice", minimum="甲", optional=True, options=(Option("a", "甲"),))),
        "附加：这种问题没有最小和最大",
    ),
    "bounds on 是或否": (
        asking(Question("extra", "附加", "yes_no", maximum="否", optional=True)),
        "附加：这种问题没有最小和最大",
    ),
    "an amount in a list's unit": (question(2, unit="list:CNY"), "缴费基数：“金额”的单位不能是一列元。"),
    "a count in a date's unit": (question(3, unit="month"), "产假天数：“整数”的单位不能是年月。"),
    "a code the address needs": (question(3, code="seen"), "这个代码网址另有用处，请换一个。"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_publish_gate_refuses_a_definition_whose_page_could_fail(fault):
    definition, sentence = FAULTS[fault]
    with pytest.raises(PublishingBlocked) as blocked:
        publish(stored(definition), by=None, reason="照发")

    assert sentence in str(blocked.value.report)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_definition_opens_in_the_office_and_its_trial_answers(client, manager, fault):
    calculator = stored(FAULTS[fault][0])
    for case in ("", "?case=" + calculator.cases.last().name):
        assert client.get(page("change", calculator) + case).status_code == 200
    assert client.get(page("publish", calculator)).status_code == 200

    answers = form_of(FAULTS[fault][0], keys_of(calculator)) | {"calculator": calculator.pk}
    assert client.post(f"{LIST}try/", answers).status_code == 200
    # Saved as a draft that cannot be published, or refused where its rows cannot hold it.
    assert client.post(page("change", calculator), answers).status_code in {200, 302}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_page_of_a_faulty_definition_that_is_live_is_no_500(client, monkeypatch, fault):
    """Published before the gate knew: a visitor still gets a page. One area is enough to offer."""
    monkeypatch.setattr(availability, "_all_areas", lambda: [PoolingArea.objects.with_ancestors().get(code="110000")])
    calculator = live(FAULTS[fault][0])
    case = calculator.published().cases[0]
    asked = {"region": case.area, "as_of": case.on.isoformat(), "extra": "1", **case.answers}
    for answers in ({}, asked):
        assert client.get(calculator.get_absolute_url(), answers).status_code == 200
    del asked["extra"]
    assert client.get(f"/api/v1/calculators/{calculator.code}/compute", asked).status_code < 500


def live(definition):
    calculator = stored(definition)
    calculator.go_live(definition, timezone.now(), "发布")
    return calculator


def test_a_calculation_without_any_result_says_so(client, manager):
    hidden = replace(MATERNITY, outputs=(replace(ALLOWANCE, shown_if="产假天数 > 100"),))
    calculator = live(hidden)
    asked = {"region": "110000", "as_of": "2026-11-01", "contribution_base": "9000", "leave_days": "98"}

    assert "按这些回答，没有一项结果" in client.get(calculator.get_absolute_url(), asked).content.decode()
    assert "按这些回答，没有一项结果" in client.get(page("change", calculator)).content.decode()
    with pytest.raises(PublishingBlocked, match="没有一项结果"):
        publish(calculator, by=None)


def test_a_hidden_question_whose_default_is_today_leaves_the_trial_open(client, manager):
    """A worked case knows no today."""
    calculator = stored(asking(Question("extra", "附加", "date", default="今日", shown_if="产假天数 > 1000")))
    publish(calculator, by=None)

    assert "算例都成立" in client.get(page("change", calculator)).content.decode()


def test_a_chain_of_too_many_steps_opens_in_the_office(client, manager):
    chain = [Step(f"第{place}步", f"第{place + 1}步" if place < 599 else "缴费基数", "CNY") for place in range(600)]
    calculator = stored(steps(*chain, outputs=(Output("first", "第0步"),)))

    assert "步骤太多：601 个" in client.get(page("change", calculator)).content.decode()


def test_an_expected_result_that_is_no_number_does_not_hold():
    first = replace(MATERNITY.cases[0], expected={"allowance": "sNaN"})
    with pytest.raises(PublishingBlocked, match="应为 sNaN"):
        publish(stored(replace(MATERNITY, cases=(first,))), by=None)


def test_every_reserved_code_is_one_the_address_uses():
    assert {then_and_now.STAMP_CODE} == RESERVED_CODES


def test_a_page_that_cannot_be_rendered_blocks_publishing_whatever_the_reason(monkeypatch, caplog):
    def broken(self):
        raise TypeError("'>' not supported")

    monkeypatch.setattr(Statement, "warnings", property(broken))
    with pytest.raises(PublishingBlocked) as blocked:
        publish(stored(), by=None, reason="照发")

    assert [problem.part for problem in blocked.value.report.problems] == ["除不尽，末尾进到分"]
    assert "结果页打不开" in str(blocked.value.report)
    assert "'>' not supported" in caplog.text
