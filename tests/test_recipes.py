"""The README's recipes, followed: a public page, a worklist entry, a city with values. Fields and question kinds have tests of their own."""

import sys
from types import ModuleType

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.shortcuts import render
from django.urls import include, path

from articles.models import Category
from articles.workflow import worklist
from calculators.common import page_keys
from calculators.library.loading import load_calculators
from calculators.models import PolicyDocument, PolicyValue, PoolingArea
from yibao_site import urls

pytestmark = pytest.mark.django_db
TABLE = """参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注
职工门诊起付线,长沙,在职,300,元/年,2026-01-01,,test_document,,待核实,,示例
职工门诊支付比例,长沙,在职·三级,0.6,比例,2026-01-01,,test_document,,待核实,,示例
职工门诊封顶线,长沙,在职,1500,元/年,2026-01-01,,test_document,,待核实,,示例
"""


def categories(request):
    page_keys.depends_on(page_keys.ALL_CATEGORIES)
    return render(request, "articles/every_category.html", {"categories": Category.objects.all()})


@pytest.fixture
def new_page(settings, tmp_path, monkeypatch):
    """Recipe 1 in a URLconf and a folder of templates of the test's own."""
    template = tmp_path / "articles" / "every_category.html"
    template.parent.mkdir()
    template.write_text(
        '{% extends "base.html" %}{% block content %}{% for category in categories %}<p>{{ category }}</p>{% endfor %}{% endblock %}',
        encoding="utf-8",
    )
    urlconf = ModuleType("urls_with_a_new_page")
    urlconf.urlpatterns = [path("every-category/", categories), path("", include(urls.urlpatterns))]
    monkeypatch.setitem(sys.modules, urlconf.__name__, urlconf)
    settings.ROOT_URLCONF = urlconf.__name__
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    return "/every-category/"


def test_a_public_page_is_a_view_a_path_and_a_template_and_says_its_page_keys(client, new_page):
    Category.objects.create(name="待遇报销", slug="daiyu-baoxiao")
    with page_keys.collecting() as keys:
        page = client.get(new_page)

    assert "<p>待遇报销</p>" in page.content.decode()
    assert 'lang="zh-Hans"' in page.content.decode()
    assert page_keys.ALL_CATEGORIES in keys


def test_a_condition_on_articles_is_a_worklist_entry_with_its_list(client, staff, monkeypatch):
    author = staff("主编")
    client.force_login(author)
    Category.objects.create(name="待遇报销", slug="daiyu-baoxiao").articles.create(title="没有摘要的文章", body="")
    entry = worklist.Work("正文还空着", "写几句，或者删掉。", lambda user, now: Q(body=""))
    monkeypatch.setitem(worklist.WORK, "empty_body", entry)
    shown = client.get("/admin/").content.decode()
    listed = client.get("/admin/articles/article/?work=empty_body").content.decode()

    assert '<span class="count">1</span> 正文还空着</a>' in shown
    assert "写几句，或者删掉。" in shown
    assert "没有摘要的文章" in listed


def test_a_city_with_values_is_entered_in_the_office_and_its_calculator_answers(client, staff):
    load_calculators()
    client.force_login(staff("政策管理员"))
    area = {"code": "430100", "name": "长沙市", "short_name": "长沙", "parent": PoolingArea.objects.get(code="CN").pk}
    assert client.post("/admin/calculators/poolingarea/add/", area).status_code == 302
    document = {"title": "示例文件", "slug": "test_document", "number": "", "issuer": "示例机关", "grade": "B"}
    assert client.post("/admin/calculators/policydocument/add/", document).status_code == 302

    values = "/admin/calculators/policyvalue/import/"
    dry_run = client.post(values, {"file": SimpleUploadedFile("changsha.csv", TABLE.encode())})
    confirmed = {"table": dry_run.context["confirm"].initial["table"], "reason": "示例"}
    assert client.post(values, confirmed).status_code == 302

    assert PolicyValue.objects.filter(area__code="430100").count() == 3
    assert PolicyDocument.objects.get(slug="test_document").values.count() == 3
    assert "300 元" in client.get("/areas/430100/").content.decode()
    answers = "region=430100&person_type=in_service&hospital_level=level3&eligible=1300&as_of=2026-11-29"
    result = client.get(f"/api/v1/calculators/employee_outpatient/compute?{answers}").json()
    assert result["outputs"]["fund_pay"] == "600.00"
