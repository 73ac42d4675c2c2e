from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calculators.definition import to_toml
from calculators.models import Calculator
from calculators.publishing.gate import publish
from tests.calculators.admin.calculator_form import LIST, form_of, keys_of, page
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored, wrong

pytestmark = pytest.mark.django_db


def test_publishing_says_what_blocks_it_and_lets_a_reason_pass(client, manager):
    calculator = stored(wrong())
    blocked = client.post(page("publish", calculator), {"reason": ""}).content.decode()
    assert "整月基数，98 天" in blocked
    assert "算得 29400.00（步骤“生育津贴总额”）" in blocked
    assert not Calculator.objects.live().filter(pk=calculator.pk).exists()

    client.post(page("publish", calculator), {"reason": "窗口答复与文件不一致，已去函"})

    version = calculator.history.first()
    assert Calculator.objects.live().filter(pk=calculator.pk).exists()
    assert version.history_user == manager
    assert "窗口答复与文件不一致，已去函" in version.history_change_reason


def test_a_calculator_with_problems_has_no_button_to_publish_it(client, manager):
    shown = client.get(page("publish", stored(cases=()))).content.decode()

    assert "还没有算例" in shown
    assert 'name="reason"' not in shown


def test_taking_a_calculator_down_needs_a_reason(client, manager):
    calculator = stored()
    publish(calculator, by=manager)
    client.post(page("withdraw", calculator), {"reason": ""})
    assert Calculator.objects.live().filter(pk=calculator.pk).exists()

    client.post(page("withdraw", calculator), {"reason": "政策废止"})

    assert not Calculator.objects.live().filter(pk=calculator.pk).exists()


def test_the_list_tells_what_is_live_and_what_waits(client, manager):
    calculator = stored()
    publish(calculator, by=manager)
    calculator.store(wrong())
    stored(DEDUCTIBLE)

    shown = client.get(LIST).content.decode()
    assert "已发布，有修改还没发布" in shown
    assert "没有发布" in shown
    assert "超过起付线多少" not in client.get(f"{LIST}?state=live").content.decode().split('id="result_list"')[1]


def test_a_file_goes_out_and_comes_back_in_as_it_was(client, manager):
    calculator = stored(DEDUCTIBLE)
    exported = client.get(page("export", calculator))
    assert 'filename="over_deductible.toml"' in exported["Content-Disposition"]
    calculator.delete()

    file = SimpleUploadedFile("over_deductible.toml", exported.content)
    client.post(f"{LIST}import/", {"file": file})

    assert Calculator.objects.get(code="over_deductible").definition() == DEDUCTIBLE


def test_an_import_replaces_the_working_copy_and_not_what_is_live(client, manager):
    calculator = stored()
    publish(calculator, by=manager)
    client.post(f"{LIST}import/", {"text": to_toml(wrong())})

    calculator.refresh_from_db()
    assert calculator.definition() == wrong()
    assert calculator.published() == MATERNITY


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请选择文件或贴上内容"),
        ("code = ", "文件不是合格的 TOML"),
        ('code = "a"', "缺少“name”"),
        (to_toml(MATERNITY).replace("money", "gold"), "没有“gold”这种问题"),
        (to_toml(MATERNITY).replace("÷ 30 ×", "÷ × 30"), "步骤“生育津贴总额”的公式"),
        (to_toml(replace(MATERNITY, summary="长" * 200)), "120"),
    ],
)
def test_a_file_that_cannot_be_a_calculator_is_refused_in_words(client, manager, text, sentence):
    shown = client.post(f"{LIST}import/", {"text": text}).content.decode()

    assert sentence in shown
    assert not Calculator.objects.filter(code="maternity_allowance").exists()


def test_a_draft_is_looked_at_as_a_visitor_before_it_is_published(client, manager):
    calculator = stored()
    answers = {"region": "110000", "contribution_base": "9000", "leave_days": "98"}
    shown = client.get(page("preview", calculator), answers).content.decode()

    assert "这是预览" in shown
    assert "29,400 元" in shown
    assert client.get(calculator.get_absolute_url()).status_code == 404


def test_saving_leads_to_the_preview_or_to_publishing(client, manager):
    calculator = stored()
    for name in ("preview", "publish"):
        answers = form_of(MATERNITY, keys_of(calculator)) | {f"_{name}": "1"}
        assert client.post(page("change", calculator), answers).url == page(name, calculator)


def test_the_names_a_formula_may_use_are_listed_with_what_they_are(client, manager):
    shown = client.get(f"{LIST}names/").content.decode()

    assert "职工门诊起付线" in shown
    assert "取大(甲, 乙, …)" in shown
    assert "几个数中最大的。" in shown


@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_pages_of_a_calculator_have_a_title(client, manager, name):
    shown = client.get(page(name, stored())).content.decode()

    assert "“生育津贴” | 医保指南</title>" in shown
    assert shown.count("<h1>") == 1


def test_publishing_is_the_main_button_only_where_there_is_something_to_publish(client, manager):
    calculator = stored()
    change = f"{LIST}{calculator.pk}/change/"
    assert 'class="publishlink"' in client.get(change).content.decode()
    publish(calculator, by=manager)
    assert 'class="publishlink"' not in client.get(change).content.decode()
    assert "没有要发布的修改" in client.get(page("publish", calculator)).content.decode()

    calculator.store(wrong())
    assert 'class="publishlink"' in client.get(change).content.decode()
