"""试一句话: what a sentence is understood as, in the office."""

from dataclasses import replace

import pytest

from calculators.models import Calculator
from calculators.publishing.gate import publish
from tests.calculators.admin.calculator_form import LIST, form_of, page
from tests.calculators.factories import MATERNITY, stored

pytestmark = pytest.mark.django_db
PAGE = f"{LIST}sentence/"


@pytest.fixture
def spoken():
    """A calculator whose working copy says what it is asked by, while what is live does not."""
    calculator = stored()
    publish(calculator, by=None)
    questions = [
        replace(question, cues="基数 *") if question.code == "contribution_base" else question
        for question in MATERNITY.questions
    ]
    calculator.store(replace(MATERNITY, triggers="生孩子/津贴 {金额}", questions=tuple(questions)))
    return calculator


def test_a_sentence_is_tried_on_the_working_copy(client, manager, spoken):
    shown = client.get(PAGE, {"q": "北京生娃津贴，基数9000", "calculator": spoken.pk}).content.decode()

    assert f"<h2>{spoken.name}</h2>" in shown
    assert "（contribution_base）</th><td>9000</td>" in shown
    assert "参保地：北京市" in shown


def test_a_sentence_is_tried_on_what_is_live(client, manager, spoken):
    assert "没有听出问的是哪个计算器" in client.get(PAGE, {"q": "北京生娃津贴，基数9000"}).content.decode()


def test_a_place_without_values_and_an_unclear_answer_are_told(client, manager, spoken):
    shown = client.get(PAGE, {"q": "长沙津贴基数9000，基数8000", "calculator": spoken.pk}).content.decode()

    assert "长沙市（还没有收录）" in shown
    assert "说到了，但听不准" in shown


@pytest.mark.parametrize("query", ["", "医" * 201])
def test_an_empty_or_overlong_sentence_is_refused_at_its_field(client, manager, query):
    assert "errorlist" in client.get(PAGE, {"q": query}).content.decode()


def test_whoever_may_not_see_calculators_may_not_try_a_sentence(client, staff, spoken):
    client.force_login(staff(username="nobody"))

    assert client.get(PAGE, {"q": "津贴9000"}).status_code == 403
    assert client.get(PAGE, {"calculator": str(spoken.pk)}).status_code == 403


def test_the_list_and_the_form_lead_to_the_trial(client, manager, spoken):
    assert PAGE in client.get(LIST).content.decode()
    assert f"{PAGE}?calculator={spoken.pk}" in client.get(page("change", spoken)).content.decode()


def test_a_trigger_that_cannot_be_read_is_told_at_its_field(client, manager):
    shown = client.post(f"{LIST}add/", form_of(MATERNITY, triggers="{钱}")).content.decode()

    assert "花括号里没有“钱”" in shown
    assert not Calculator.objects.filter(code=MATERNITY.code).exists()


def test_phrasing_is_stored_from_the_form(client, manager):
    questions = tuple(replace(question, cues="基数") for question in MATERNITY.questions)
    spoken = replace(MATERNITY, triggers="津贴 {金额}\n产假", excluded_by="材料", questions=questions)

    assert client.post(f"{LIST}add/", form_of(spoken)).status_code == 302
    assert Calculator.objects.get(code=MATERNITY.code).definition() == spoken
