"""A calculator as a draft: half-finished, without codes, saved all the same."""

from dataclasses import replace

import pytest
from django.urls import reverse

from calculators.definition import from_toml
from calculators.models import Calculator
from calculators.publishing.gate import publish
from tests.calculators.admin.calculator_form import LIST, form_of, keys_of, page, save_draft
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored
from tests.office_page import open_form, save

pytestmark = pytest.mark.django_db


def test_a_new_calculator_greets_with_four_boxes_and_everything_else_a_click_away(client, manager):
    page = client.get(f"{LIST}add/").content.decode()

    assert page.count('<details class="part-panel" name="part">') == 10  # one blank of each kind, and its pattern
    assert "加一个问题" in page
    assert "顺序" not in page.split('<section id="trial"')[1]


def test_a_code_left_blank_is_the_pinyin_of_the_name(client, manager):
    questions = tuple(replace(question, code="") for question in MATERNITY.questions)
    outputs = (replace(MATERNITY.outputs[0], code="", label="生育津贴"),)
    cases = tuple(
        replace(case, answers={"缴费基数": "9000", "产假天数": "98"}, expected={"生育津贴": "29400.00"})
        for case in MATERNITY.cases[:1]
    )
    save_draft(client, replace(MATERNITY, code="", questions=questions, outputs=outputs, cases=cases))

    calculator = Calculator.objects.get(name="生育津贴")
    definition = calculator.definition()
    assert calculator.code == "sheng_yu_jin_tie"
    assert [question.code for question in definition.questions] == [
        "can_bao_di",
        "sheng_yu_ri_qi",
        "jiao_fei_ji_shu",
        "chan_jia_tian_shu",
    ]
    assert definition.cases[0].answers == {"jiao_fei_ji_shu": "9000", "chan_jia_tian_shu": "98"}
    assert definition.cases[0].expected == {"sheng_yu_jin_tie": "29400.00"}
    assert publish(calculator, by=None).holds


def test_the_last_step_is_the_result_and_no_place_is_asked_where_no_policy_value_is_read(client, manager):
    bare = replace(MATERNITY, questions=MATERNITY.questions[2:], outputs=(), notes=(), cases=())
    page = save_draft(client, bare).content.decode()

    definition = Calculator.objects.get(code="maternity_allowance").definition()
    assert [question.kind for question in definition.questions] == ["money", "count"]
    assert [output.step for output in definition.outputs] == ["生育津贴总额"]
    assert definition.outputs[0].headline
    assert "已经加上" not in page
    assert "就把最后一步“生育津贴总额”当作结果" in page
    assert 'data-asks=""' in page


def test_place_and_day_are_added_when_a_draft_that_reads_a_policy_value_is_saved(client, manager):
    page = save_draft(client, replace(DEDUCTIBLE, questions=DEDUCTIBLE.questions[2:])).content.decode()

    definition = Calculator.objects.get(code=DEDUCTIBLE.code).definition()
    assert [question.kind for question in definition.questions[:2]] == ["area", "date"]
    assert "取政策数值要问的“参保地”和“日期”已经加上。" in page
    assert 'data-asks="area on"' in page


@pytest.mark.parametrize(
    "changes",
    [
        {"steps-0-name": "", "steps-0-formula": "", "steps-0-unit": ""},
        {"questions-2-name": "", "questions-2-kind": "", "questions-2-code": ""},
        {"outputs-0-step": "没有这一步"},
        {"cases-0-expected": "", "cases-0-name": ""},
    ],
)
def test_a_half_finished_draft_is_saved_listed_opened_and_restored(client, manager, changes):
    opened = save_draft(client, MATERNITY, **changes)
    calculator = Calculator.objects.get(code="maternity_allowance")
    version = calculator.history.first()

    assert "草稿存好了" in opened.content.decode()
    assert client.get(LIST).status_code == 200
    assert client.get(page("publish", calculator)).status_code == 200
    assert client.get(page("preview", calculator)).status_code == 200
    address = reverse("admin:calculators_calculator_simple_history", args=[calculator.pk, version.pk])
    assert client.post(address).status_code == 302
    assert calculator.definition() == from_toml(version.written)


def test_a_half_finished_draft_of_a_published_calculator_is_ahead_of_it(client, manager):
    calculator = stored()
    publish(calculator, by=manager)
    client.post(page("change", calculator), form_of(MATERNITY, keys_of(calculator), **{"steps-0-formula": ""}))

    calculator.refresh_from_db()
    assert calculator.is_ahead
    assert calculator.published() == MATERNITY


def test_the_trial_takes_a_unit_from_the_formula_a_name_for_the_case_and_the_last_step_as_the_result(client, manager):
    step = replace(MATERNITY.steps[0], unit="")
    case = replace(MATERNITY.cases[0], name="", answers={"缴费基数": "9000元", "产假天数": "98天"})
    case = replace(case, expected={"生育津贴总额": "29400"})
    bare = replace(MATERNITY, questions=MATERNITY.questions[2:], steps=(step,), outputs=(), notes=(), cases=(case,))
    trial = client.post(reverse("admin:calculators_calculator_try"), form_of(bare)).content.decode()

    assert "29,400 元" in trial
    assert "<option selected>算例 1</option>" in trial
    assert "1 个算例都成立" in trial
    assert "要改" not in trial
    save_draft(client, bare)
    definition = Calculator.objects.get(code=MATERNITY.code).definition()
    assert (definition.steps[0].unit, definition.cases[0].name) == ("CNY", "算例 1")


def test_an_answer_of_a_case_that_cannot_be_read_is_told_at_the_case(client, manager):
    case = replace(MATERNITY.cases[0], answers={"缴费基数": "九千块", "产假天数": "98"})
    trial = client.post(reverse("admin:calculators_calculator_try"), form_of(replace(MATERNITY, cases=(case,))))

    told = trial.content.decode().split('data-field="cases-0-answers"')[1].split("</div>")[0]
    assert "缴费基数：“九千块”" in told


def test_options_are_words_alone_and_get_their_codes(client, manager):
    way = definition_question(options="顺产\nmany 多胞胎\n顺产 难产")
    save_draft(client, MATERNITY, **way)

    question = Calculator.objects.get(code=MATERNITY.code).questions.get(name="生产方式")
    words = [(option["code"], option["label"]) for option in question.options]
    assert words == [("shun_chan", "顺产"), ("many", "多胞胎"), ("shun_chan_nan_chan", "顺产 难产")]


def definition_question(**fields):
    place = len(MATERNITY.questions)
    row = {"name": "生产方式", "kind": "choice", "order": "90"} | fields
    return {"questions-TOTAL_FORMS": place + 1} | {f"questions-{place}-{name}": text for name, text in row.items()}


def test_a_case_is_written_in_words_and_stored_in_codes(client, manager):
    first = replace(
        DEDUCTIBLE.cases[0], answers={"person_type": "retired", "bill": "1800"}, expected={"over": "unlimited"}
    )
    calculator = stored(DEDUCTIBLE, cases=(first,))
    publish(calculator, by=manager, reason="试验")
    address = f"{LIST}{calculator.pk}/change/"
    fields = open_form(client, address)
    assert "身份 = 退休" in fields["cases-0-answers"][0]
    assert "超过的部分 = 不设限额" in fields["cases-0-expected"][0]
    assert save(client, address, fields).status_code == 302
    calculator.refresh_from_db()
    assert not calculator.is_ahead

    save(client, address, open_form(client, address), **{"cases-0-expected": "应当算不出 = 没有收录"})
    [case] = calculator.cases.all()
    assert (case.answers, case.expected) == (first.answers, {"refused": "没有收录"})
