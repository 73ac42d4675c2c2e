from dataclasses import replace

import pytest
from django.urls import reverse

from calculators.definition import Question, Step, from_toml, to_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator
from calculators.publishing.gate import inspect_definition, publish
from tests.calculators.admin.calculator_form import LIST, form_of, keys_of, page, save_draft
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored, wrong

pytestmark = pytest.mark.django_db


def told_at(response, name):
    """The sentences at the fields of the parts `name`, by place and field."""
    formset = next(each.formset for each in response.context["inline_admin_formsets"] if each.formset.prefix == name)
    return {
        (place, field): " ".join([*form.errors.get(field, []), *(str(told["sentence"]) for told in problems)])
        for place, form in enumerate(formset.forms)
        for field in form.fields
        if (problems := form.problems.get(field, [])) or form.errors.get(field)
    }


def test_a_calculator_is_made_with_all_its_parts_in_one_form(client, manager):
    client.post(f"{LIST}add/", form_of(MATERNITY))

    calculator = Calculator.objects.get(code="maternity_allowance")
    assert calculator.definition() == MATERNITY
    assert calculator.written == to_toml(MATERNITY)
    assert calculator.history.first().history_change_reason == "试验"
    assert calculator.live is None


def test_a_save_is_one_version_in_the_history(client, manager):
    calculator = stored()
    before = calculator.history.count()
    changed = replace(MATERNITY, steps=(replace(MATERNITY.steps[0], explanation="按月基数折算"),))
    client.post(page("change", calculator), form_of(changed, keys_of(calculator)))

    assert calculator.history.count() == before + 1
    assert "按月基数折算" in calculator.history.first().written
    assert calculator.history.first().history_user == manager


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("缴费基数 ÷ 30 × 产假天", "第 13 个字：没有叫“产假天”的量。是不是“产假天数”？"),
        ("缴费基数 ÷", "第 6 个字"),
        ("缴费基数 + 10%", "元和比例不能相加减"),
        ("产假天数 × 2", "公式算出来的是数，单位却是元"),
        ("生育津贴总额 + 缴费基数 × 产假天数", "绕成了圈"),
    ],
)
def test_what_is_wrong_in_a_formula_is_told_at_its_field_with_its_column(client, manager, formula, sentence):
    broken = replace(MATERNITY, steps=(replace(MATERNITY.steps[0], formula=formula),))
    shown = save_draft(client, broken).content.decode()

    assert sentence in shown.split('id="steps-0"')[1]
    calculator = Calculator.objects.get(code="maternity_allowance")
    assert calculator.steps.get().formula == formula
    assert not inspect_definition(calculator.definition()).holds


def test_what_is_wrong_in_a_formula_is_marked_at_its_characters(client, manager):
    broken = replace(MATERNITY, steps=(replace(MATERNITY.steps[0], formula="缴费基数 ÷ 30 × 产假天 + 1"),))

    assert "缴费基数 ÷ 30 × <mark>产假天</mark> + 1" in save_draft(client, broken).content.decode()


def test_what_is_wrong_in_a_condition_or_an_output_is_told_at_its_field(client, manager):
    asked = replace(MATERNITY.questions[3], shown_if="缴费基 > 0")
    broken = replace(
        MATERNITY,
        questions=(*MATERNITY.questions[:3], asked),
        outputs=(replace(MATERNITY.outputs[0], step="生育津贴"),),
    )
    response = save_draft(client, broken)

    assert "是不是“缴费基数”" in told_at(response, "questions")[3, "shown_if"]
    assert "是不是“生育津贴总额”" in told_at(response, "outputs")[0, "step"]


@pytest.mark.parametrize(
    ("field", "cell", "sentence"),
    [
        ("answers", "缴费基 = 9000", "没有代码或名称为“缴费基”的问题。是不是“缴费基数”？"),
        ("expected", "allowanc = 1", "是不是“allowance”？"),
        ("answers", "缴费基数 9000", "第 1 行“缴费基数 9000”请写成“名称 = 内容”"),
        ("answers", "leave_days = 1\nleave_days = 2", "“leave_days”写了两次"),
        ("expected", "", "没有写应得的结果"),
        ("on", "下周", "日期"),
        ("area", "", "必填"),
    ],
)
def test_what_is_wrong_in_a_case_is_told_at_its_field(client, manager, field, cell, sentence):
    response = save_draft(client, MATERNITY, **{f"cases-0-{field}": cell})

    assert sentence in told_at(response, "cases")[0, field]


def test_a_case_may_use_the_words_of_questions_and_results(client, manager):
    words = {"cases-0-answers": "缴费基数 = 9000\n产假天数：98", "cases-0-expected": "生育津贴总额＝29400.00"}
    client.post(f"{LIST}add/", form_of(MATERNITY, **words))

    assert Calculator.objects.get(code="maternity_allowance").definition() == MATERNITY


def test_an_unfinished_calculator_is_saved_and_says_what_is_missing(client, manager):
    unfinished = replace(MATERNITY, cases=())
    response = save_draft(client, unfinished)

    assert Calculator.objects.get(code="maternity_allowance").definition() == unfinished
    assert "还没有算例；没有算例不能发布。" in response.content.decode()


def test_parts_follow_their_order_and_one_without_a_place_comes_last(client, manager):
    calculator = stored()
    more = replace(MATERNITY, steps=(*MATERNITY.steps, Step("每天", "缴费基数 ÷ 30", "CNY")))
    order = {"questions-0-order": "35", "questions-3-order": "5", "steps-1-order": ""}
    client.post(page("change", calculator), form_of(more, keys_of(calculator), **order))

    definition = Calculator.objects.get(pk=calculator.pk).definition()
    assert [question.name for question in definition.questions] == ["产假天数", "生育日期", "缴费基数", "参保地"]
    assert list(calculator.questions.values_list("order", flat=True)) == [10, 20, 30, 40]
    assert [step.name for step in definition.steps] == ["生育津贴总额", "每天"]


def test_options_are_one_a_line(client, manager):
    asked = Question("kind", "类型", "choice", shown_if="缴费基数 > 0")
    response = client.post(
        f"{LIST}add/",
        form_of(
            replace(MATERNITY, questions=(*MATERNITY.questions, asked)), **{"questions-4-options": "a 顺产\nb：难产"}
        ),
    )

    assert response.status_code == 302
    options = Calculator.objects.get(code="maternity_allowance").questions.last().options
    assert options == [{"code": "a", "label": "顺产"}, {"code": "b", "label": "难产"}]


def test_an_earlier_version_is_read_and_restored_whole(client, manager):
    calculator = stored()
    first = calculator.history.first()
    calculator.store(wrong(), "改错了")
    address = reverse("admin:calculators_calculator_simple_history", args=[calculator.pk, first.pk])
    assert "缴费基数 ÷ 30" in client.get(address).content.decode()

    client.post(address)

    assert calculator.definition() == MATERNITY
    assert calculator.history.first().history_change_reason.startswith("恢复成")


def test_the_code_of_a_live_calculator_stays(client, manager):
    calculator = stored()
    publish(calculator, by=manager)
    client.post(page("change", calculator), form_of(MATERNITY, keys_of(calculator), code="another"))

    calculator.refresh_from_db()
    assert calculator.code == "maternity_allowance"


def test_an_editor_of_articles_looks_but_does_not_touch(client, staff):
    calculator = stored()
    client.force_login(staff("编辑"))

    assert client.get(page("change", calculator)).status_code == 200
    for address in (page("publish", calculator), page("withdraw", calculator), f"{LIST}import/", f"{LIST}add/"):
        assert client.post(address, form_of(MATERNITY)).status_code == 403
    assert client.post(f"{LIST}try/", form_of(MATERNITY)).status_code == 403
    assert client.get(page("export", calculator)).status_code == 200


def test_nobody_else_sees_any_of_it(client):
    calculator = stored()

    for name in ("change", "publish", "withdraw", "export"):
        assert client.get(page(name, calculator)).status_code == 302


def test_more_parts_and_cases_take_no_more_queries(client, manager, django_assert_num_queries):
    few = stored(DEDUCTIBLE)
    extra = [replace(DEDUCTIBLE.cases[1], name=f"第 {number} 例") for number in range(9)]
    steps = [Step(f"第{number}步", "本次费用", "CNY") for number in range(9)]
    many = stored(DEDUCTIBLE, code="many", name="很多", cases=tuple(extra), steps=(*DEDUCTIBLE.steps, *steps))
    client.get(page("change", few))

    for calculator in (few, many):
        with django_assert_num_queries(22):
            client.get(page("change", calculator))


def test_the_form_of_the_largest_shipped_calculator_with_its_cases_from_elsewhere_can_be_sent(client, manager):
    path = max((LIBRARY_FOLDER / "calculators").glob("*.toml"), key=lambda path: path.stat().st_size)
    shipped = from_toml(path.read_text(encoding="utf-8"))
    assert any(case.area == "CN" for case in shipped.cases)
    Calculator.objects.filter(code=shipped.code).delete()
    response = client.post(f"{LIST}add/", form_of(shipped))

    assert response.status_code == 302
    assert Calculator.objects.get(code=shipped.code).definition() == shipped


def test_line_ends_of_the_browser_are_not_kept(client, manager):
    text = replace(MATERNITY, description="一\r\n二", steps=(replace(MATERNITY.steps[0], explanation="一\r\n二"),))
    client.post(f"{LIST}add/", form_of(text))

    assert "\r" not in Calculator.objects.get(code="maternity_allowance").written
