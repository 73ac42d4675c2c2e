"""栏目 that the site does not have: the import page offers to map each to one of ours or to make it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Category
from tests.articles.import_export.conftest import CHECK, IMPORT

pytestmark = pytest.mark.django_db
CSV = "标题,栏目,正文\n甲,门诊,<p>文</p>\n乙,门诊,<p>文</p>\n丙,住院,<p>文</p>\n丁,健康新闻,<p>文</p>\n戊,,<p>文</p>\n".encode()
WITHOUT_LAST = CSV.rpartition("戊".encode())[0]


@pytest.fixture(autouse=True)
def category(news):
    return news


def test_a_dry_run_asks_for_each_unknown_category_once(admin_client):
    page = admin_client.post(IMPORT, {"files": SimpleUploadedFile("a.csv", CSV)})

    assert list(page.context["unknown"]) == ["门诊", "住院", ""]
    assert "“门诊”" in page.content.decode()
    assert "没有写栏目的" in page.content.decode()
    assert "新建这个栏目" in page.content.decode()
    checked = admin_client.post(CHECK, {"files": SimpleUploadedFile("a.csv", CSV), "from": 0}).json()
    assert checked["unknown"] == ["门诊", "住院", ""]


def test_a_category_is_mapped_to_one_of_ours(import_page, news):
    rows = import_page({"a.csv": CSV}, really=True, becomes=dict.fromkeys(["门诊", "住院", ""], str(news.pk)))

    assert all(row.startswith("新建") for row in rows)
    assert Article.objects.filter(category=news).count() == 5
    assert Category.objects.count() == 1


def test_a_category_is_made_where_that_was_chosen_and_not_by_a_dry_run(import_page, news):
    becomes = {"门诊": "new", "住院": str(news.pk)}
    rows = import_page({"a.csv": WITHOUT_LAST}, becomes=becomes)
    assert all(row.startswith("新建") for row in rows)
    assert not Category.objects.filter(name="门诊").exists()

    import_page({"a.csv": WITHOUT_LAST}, really=True, becomes=becomes)
    assert Article.objects.filter(category__name="门诊").count() == 2
    assert Category.objects.get(name="门诊").slug == "men-zhen"


def test_one_row_without_a_choice_keeps_all_out_and_makes_nothing(import_page):
    rows = import_page({"a.csv": CSV}, really=True, becomes={"门诊": "new"})

    assert [row.startswith("不能导入") for row in rows] == [False, False, True, False, True]
    assert "没有这个栏目：住院。" in rows[2]
    assert "没有写栏目。" in rows[4]
    assert not Article.objects.exists()
    assert not Category.objects.filter(name="门诊").exists()


def test_who_may_not_add_categories_is_offered_none_and_makes_none(client, staff, import_page):
    client.force_login(staff("编辑"))
    page = client.post(IMPORT, {"files": SimpleUploadedFile("a.csv", CSV)}).content.decode()
    assert "新建这个栏目" not in page

    rows = import_page({"a.csv": WITHOUT_LAST}, really=True, becomes={"门诊": "new", "住院": "new"}, client=client)
    assert "你没有新建栏目的权限：“门诊”。" in rows[0]
    assert Category.objects.count() == 1


@pytest.mark.parametrize("chosen", ["999999", "x", "-1", "new "])
def test_a_choice_that_is_none_is_no_choice(import_page, chosen):
    assert "没有这个栏目：门诊。" in import_page({"a.csv": WITHOUT_LAST}, really=True, becomes={"门诊": chosen})[0]


def test_a_name_too_long_for_a_category_is_told(import_page):
    row = import_page({"a.csv": CSV.replace("门诊".encode(), ("长" * 21).encode())}, becomes={"长" * 21: "new"})[0]

    assert f"不能新建栏目“{'长' * 21}”" in row


def test_a_category_in_other_letters_is_the_same_category(import_page):
    Category.objects.create(name="DRG 付费")

    assert import_page({"a.csv": "标题,栏目,正文\n甲,ＤＲＧ 付费,<p>文</p>\n".encode()})[0].startswith("新建")
