"""View-only forms of the office: in words, without codes or JSON, and without a box that could not be saved."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from articles.models import Article, Category
from calculators.models import Dimension, Parameter
from tests.calculators.factories import DEDUCTIBLE, stored
from tests.office_page import fields_of, open_form, save

pytestmark = pytest.mark.django_db
PARAMETERS, DIMENSIONS = "/admin/calculators/parameter", "/admin/calculators/dimension"
BOXES = re.compile(r'<(?:textarea|select)\b[^>]*name="([^"]+)|<input[^>]*type="(?:text|number|submit)"[^>]*')


@pytest.fixture
def viewed(client, staff):
    """The main part of a page as an author sees it, who may change none of these."""
    client.force_login(staff("编辑", username="author"))
    return lambda address: client.get(address).content.decode().split('id="content"')[1]


def test_a_parameter_and_a_dimension_are_shown_in_words(viewed):
    parameter = Parameter.objects.get(name="职工门诊起付线")
    parameter.other_units = ["CNY/visit"]
    parameter.save()
    page = viewed(f"{PARAMETERS}/{parameter.pk}/change/")
    assert parameter.code not in page
    assert "元/次" in page
    assert "参保身份" in page
    assert "CNY" not in page
    dimension = Dimension.objects.get(code="person_type")
    page = viewed(f"{DIMENSIONS}/{dimension.pk}/change/")
    assert "退休" in page
    assert "retired" not in page
    assert "回到列表" in page


def test_a_tag_that_one_may_only_look_at_has_no_box_to_write_its_introduction_in(viewed):
    category = Category.objects.create(name="健康新闻")
    article = Article.objects.create(title="甲", body="<p>文</p>", category=category)
    article.tags.add("门诊")
    page = viewed(f"/admin/taggit/tag/{article.tags.get().pk}/change/")

    assert BOXES.findall(page) == []


def test_a_calculator_that_one_may_only_look_at_is_tried_without_saving_and_its_versions_are_not_offered(viewed):
    case = replace(DEDUCTIBLE.cases[0], answers={"person_type": "retired", "bill": "1"}, expected={"over": "unlimited"})
    calculator = stored(DEDUCTIBLE, cases=(case, *DEDUCTIBLE.cases))
    change = reverse("admin:calculators_calculator_change", args=[calculator.pk])
    page = viewed(change)
    assert BOXES.findall(page) == []
    assert "身份 = 退休，本次费用 = 1" in page
    assert [
        code
        for code in ("person_type", "retired", "unlimited", "choice", "money", "CNY")
        if re.search(rf"\b{code}\b", re.sub("<[^>]*>", "", page))
    ] == []
    cases = re.findall(r'href="(\?case=[^#"]+)#trial"', page)
    assert f"<summary>算例：{DEDUCTIBLE.cases[0].name}" in viewed(change + cases[1])

    assert "查看并恢复" not in viewed(reverse("admin:calculators_calculator_history", args=[calculator.pk]))


def test_a_policy_manager_makes_a_parameter_without_codes_or_json(client, manager):
    fields = open_form(client, f"{PARAMETERS}/add/")
    wanted = {"name": "试验用的标准", "family": "试验", "shape": "choice", "unit": "text", "options": "按年、按次"}
    assert save(client, f"{PARAMETERS}/add/", fields, **wanted, other_units=["CNY"]).status_code == 302
    made = Parameter.objects.get(name="试验用的标准")
    assert (made.code, made.options, made.other_units) == ("shi_yan_yong_de_biao_zhun", ["按年", "按次"], ["CNY"])

    address = f"{PARAMETERS}/{made.pk}/change/"
    page = client.get(address)
    assert fields_of(page, address)["options"] == ["按年、按次"]
