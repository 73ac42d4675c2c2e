"""Names of parameters, areas, dimensions and calculators, however they are written, and the codes made of them."""

import pytest
from django.urls import reverse

from calculators.models import Calculator, Dimension, Parameter, PoolingArea
from tests.calculators.admin.calculator_form import save_draft
from tests.calculators.factories import MATERNITY
from tests.office_page import open_form

pytestmark = pytest.mark.django_db
ALIKE = ["ＣＴ检查费", "CT\u200b检查费", "C\xadT检查费", "CT\u200d检查费", "ct检查费"]
PARAMETER = {"family": "门诊", "shape": "amount", "unit": "CNY", "other_units": [], "dimensions": []}
MADE = {
    Parameter: (["name"], PARAMETER),
    PoolingArea: (["name", "short_name"], {"code": "990001"}),
    Dimension: (["name"], {}),
    Calculator: (["name"], {"summary": "算多少。"}),
}


def add(client, model, **changes):
    """Post the form of a new row; the answer."""
    address = reverse(f"admin:calculators_{model._meta.model_name}_add")
    return client.post(address, open_form(client, address) | changes)


@pytest.mark.parametrize("model", MADE)
def test_a_name_that_looks_like_another_is_refused_beside_its_field(admin_client, model):
    columns, others = MADE[model]
    add(admin_client, model, **dict.fromkeys(columns, "CT检查费"), **others)
    assert model.objects.filter(name="CT检查费").exists()
    before = model.objects.count()
    for written in [*ALIKE, "CT检查费"]:
        refused = add(admin_client, model, **dict.fromkeys(columns, written), **others | {"code": ""})
        form = refused.context["adminform"].form
        assert all("已有“CT检查费”" in form.errors[column][0] for column in columns), written

    assert model.objects.count() == before
    row = model.objects.get(name="CT检查费")
    address = reverse(f"admin:calculators_{model._meta.model_name}_change", args=[row.pk])
    assert admin_client.post(address, open_form(admin_client, address)).status_code == 302  # it is no twin of itself


def test_a_parameter_is_named_as_a_formula_spells_it(admin_client):
    add(admin_client, Parameter, name="ＣＴ\u200b检查费", **PARAMETER)

    assert Parameter.objects.filter(name="CT检查费", code="ct_jian_cha_fei").exists()


def test_parts_of_a_calculator_are_named_as_a_formula_spells_them(client, manager):
    changes = {
        "questions-2-name": "基数Ａ",
        "steps-0-name": "津贴Ｂ",
        "steps-0-formula": "基数Ａ",
        "outputs-0-step": "津贴Ｂ",
    }
    save_draft(client, MATERNITY, **changes)
    definition = Calculator.objects.get(name="生育津贴").definition()

    assert definition.questions[2].name == "基数A"
    assert definition.steps[0].name == definition.outputs[0].step == "津贴B"


def test_choices_made_with_their_dimension_need_no_codes_and_look_unlike(admin_client):
    names = ["甲档", "（甲）档", "！！"]
    choices = {"choices-TOTAL_FORMS": "3", "choices-INITIAL_FORMS": "0"}
    for place, name in enumerate(names):
        choices |= {f"choices-{place}-name": name, f"choices-{place}-code": "", f"choices-{place}-order": place}
    refused = add(admin_client, Dimension, name="缴费方式", **choices | {"choices-2-name": "甲\u200d档"})
    assert "已有“甲档”" in refused.content.decode()
    assert not Dimension.objects.filter(name="缴费方式").exists()

    add(admin_client, Dimension, name="缴费方式", **choices)
    made = Dimension.objects.get(name="缴费方式").choices.values_list("name", "code")
    assert list(made) == [("甲档", "jia_dang"), ("（甲）档", "jia_dang_2"), ("！！", "choice")]


def test_long_names_of_one_beginning_have_codes_of_their_own(admin_client):
    for last in "装双":
        add(admin_client, Dimension, name="装" * 12 + last)

    codes = set(Dimension.objects.filter(name__startswith="装装").values_list("code", flat=True))
    assert codes == {"zhuang_zhuang_zhuang_zhuang", "zhuang_zhuang_zhuang_zhuang_2"}


@pytest.mark.parametrize("model", MADE)
def test_a_name_of_signs_alone_leaves_no_code_empty(admin_client, model):
    columns, others = MADE[model]
    add(admin_client, model, **dict.fromkeys(columns, "（！）"), **others)

    assert all(model.objects.values_list("code", flat=True))
