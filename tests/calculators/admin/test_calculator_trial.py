from dataclasses import replace

import pytest

from calculators.definition import Case, Output, Step
from tests.calculators.admin.calculator_form import LIST, PARTS, form_of, keys_of, page
from tests.calculators.factories import DAY, DEDUCTIBLE, MATERNITY, stored

pytestmark = pytest.mark.django_db


def test_the_form_shows_what_each_step_computes_on_the_chosen_case(client, manager):
    calculator = stored()
    first = client.get(page("change", calculator)).content.decode()
    second = client.get(f"{page('change', calculator)}?case=除不尽，末尾进到分").content.decode()

    assert "9,000 ÷ 30 × 98" in first
    assert "没有问题，2 个算例都成立" in first
    assert "10,000 ÷ 30 × 128" in second
    assert "42666.67" in second


def test_a_trial_computes_what_is_typed_and_stores_nothing(client, manager):
    calculator = stored()
    changed = replace(MATERNITY, steps=(replace(MATERNITY.steps[0], formula="缴费基数 ÷ 31 × 产假天数"),))
    answers = form_of(changed, keys_of(calculator)) | {"calculator": calculator.pk, "trial_case": "除不尽，末尾进到分"}
    shown = client.post(f"{LIST}try/", answers).content.decode()

    assert "10,000 ÷ 31 × 128" in shown
    assert "应为 42666.67，算得 41290.32" in shown
    assert calculator.definition() == MATERNITY


def test_a_trial_of_a_broken_step_still_shows_the_others(client, manager):
    two = replace(MATERNITY, steps=(Step("每天", "缴费基数 ÷", "CNY"), Step("生育津贴总额", "缴费基数 × 3", "CNY")))
    shown = client.post(f"{LIST}try/", form_of(two)).content.decode()

    assert "“每天”这一步算不出来" in shown
    assert "9,000 × 3" in shown


def test_a_trial_of_an_output_that_names_a_question_says_so_and_shows_the_steps(client, manager):
    wrong = replace(MATERNITY, outputs=(Output("allowance", "缴费基数", headline=True),))
    page = client.post(f"{LIST}try/", form_of(wrong))

    assert "没有叫“缴费基数”的步骤" in page.content.decode()
    assert "9,000 ÷ 30 × 98" in page.content.decode()


def test_a_trial_survives_a_form_that_is_barely_begun(client, manager):
    barely = {f"{name}-TOTAL_FORMS": 1 for name in PARTS} | {f"{name}-INITIAL_FORMS": 0 for name in PARTS}
    barely |= {"questions-0-name": "基数", "steps-0-name": "某步", "cases-0-name": "某例", "outputs-0-code": "x"}

    assert client.post(f"{LIST}try/", barely).status_code == 200


def test_saving_to_try_comes_back_to_the_same_case(client, manager):
    calculator = stored()
    answers = form_of(MATERNITY, keys_of(calculator)) | {"_try": "1", "trial_case": "除不尽，末尾进到分"}
    response = client.post(page("change", calculator), answers, follow=True)

    assert response.redirect_chain[0][0].endswith("#trial")
    assert "10,000 ÷ 30 × 128" in response.content.decode()


def test_a_step_the_case_does_not_need_is_no_trouble(client, manager):
    steps = (
        Step("另算", "缴费基数 ÷ (产假天数 − 98)", "CNY"),
        Step("生育津贴总额", "如果(产假天数 > 98, 另算, 缴费基数 ÷ 30 × 产假天数)", "CNY"),
    )
    shown = client.post(f"{LIST}try/", form_of(replace(MATERNITY, steps=steps))).content.decode()

    assert "这个算例用不到" in shown
    assert "“另算”这一步算不出来" not in shown


def test_where_nothing_comes_out_every_step_in_trouble_says_so(client, manager):
    steps = (Step("另算", "缴费基数 ÷ (产假天数 − 98)", "CNY"), Step("生育津贴总额", "另算 × 2", "CNY"))
    shown = client.post(f"{LIST}try/", form_of(replace(MATERNITY, steps=steps))).content.decode()

    assert "“另算”这一步算不出来" in shown
    assert "这个算例用不到" not in shown


def test_a_case_for_an_area_without_values_says_so_in_the_trial(client, manager):
    nowhere = Case("没有收录", DAY, "520000", {"bill": "1"}, {"over": "0"})
    shown = client.get(page("change", stored(DEDUCTIBLE, cases=(nowhere,)))).content.decode()

    assert "没有结果：" in shown


def test_a_trial_tells_each_line_of_the_form_what_it_is_now(client, manager):
    shown = client.post(f"{LIST}try/", form_of(MATERNITY)).content.decode()

    assert 'data-part="questions-2" data-title="缴费基数" data-gist="金额"' in shown
    assert 'data-title="生育津贴总额" data-gist="= 缴费基数 ÷ 30 × 产假天数（元）" data-result="29,400 元"' in shown
    assert "缴费基数 9000，产假天数 98 → 生育津贴总额 29400.00" in shown


def test_a_trial_needs_neither_codes_nor_results_nor_the_questions_everybody_is_asked(client, manager):
    questions = tuple(replace(question, code="") for question in MATERNITY.questions[2:])
    words = {"answers": {"缴费基数": "9000", "产假天数": "98"}, "expected": {"生育津贴总额": "29400.00"}}
    bare = replace(MATERNITY, questions=questions, outputs=(), notes=(), cases=(replace(MATERNITY.cases[0], **words),))
    shown = client.post(f"{LIST}try/", form_of(bare)).content.decode()

    assert "9,000 ÷ 30 × 98" in shown
    assert "没有问题，1 个算例都成立" in shown


def test_one_slip_in_a_formula_is_told_once(client, manager):
    slip = replace(MATERNITY, steps=(replace(MATERNITY.steps[0], formula="缴费基数 ÷ 30 x 产假天数"),))
    shown = client.post(f"{LIST}try/", form_of(slip)).content.decode()

    report = shown.split("能不能发布")[1].split('id="part-report"')[0]
    assert "“x”前面缺少运算符。乘号请写 × 或 *。" in report
    assert report.count("<li") == 1
