"""Out and in again without loss; what cannot come in is said row by row, and then nothing does."""

from datetime import datetime
from io import BytesIO

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from articles.admin.import_export import A_PART
from articles.import_export import files
from articles.import_export.demo import demo_texts, load_categories
from articles.import_export.importer import import_article, import_articles
from articles.models import Article, Category
from articles.workflow import steps
from tests.calculators.factories import library_live

IMPORT = reverse("admin:articles_article_import")
WXR = """<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>旧站文章</title><content:encoded><![CDATA[第一段。<script>alert(1)</script>

第二段。<img src="https://old.example/a.png">]]></content:encoded><excerpt:encoded>摘要</excerpt:encoded>
<category domain="category">健康新闻</category><category domain="post_tag">门诊</category>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date>2024-05-06 07:08:09</wp:post_date></item>
<item><title>附件</title><wp:post_type>attachment</wp:post_type></item></channel></rss>"""


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


def csv_of(*rows, header="标题,栏目,标签,正文"):
    return "\n".join([header, *rows]).encode()


def run(name, data, **options):
    return import_articles(files.read(name, data), **options)


def problems(name, data):
    return "".join(sentence for row in run(name, data).rows for sentence in row.problems)


def read(name, data):
    return [(one.front, one.body, one.notes) for one in files.read(name, data)]


def load_every_fourth_article():
    load_categories()
    library_live()
    return [import_article(text, slug=slug) for slug, text in demo_texts()[::4]]


def test_articles_go_out_and_in_again_unchanged_and_fill_an_empty_site(db):
    count = len(load_every_fourth_article())
    before = list(files.exported(Article.objects.order_by("slug")))
    data = files.to_table(Article.objects.all(), "csv")
    again = run("a.csv", data)
    assert [row.done for row in again.rows] == ["未变"] * count
    assert not Article.objects.exclude(edit_status="").exists()

    Article.objects.all().delete()
    assert run("a.csv", data).is_clean
    assert list(files.exported(Article.objects.order_by("slug"))) == before


def test_every_format_brings_back_the_same(db):
    load_every_fourth_article()
    articles = Article.objects.order_by("slug")
    expected = read("a.csv", files.to_table(articles, "csv"))
    assert len(expected) == len(demo_texts()[::4]) >= 10

    assert read("a.xlsx", files.to_table(articles, "xlsx")) == expected
    for row in files.exported(articles):
        assert [one.done for one in run("a.md", files.to_markdown(row).encode()).rows] == ["未变"]


def test_a_changed_row_is_a_new_version_that_readers_do_not_see_yet(category, chief):
    article = Article.objects.create(title="旧", body="<p>旧</p>", category=category, status="published")
    rows = csv_of(f"新,{category},门诊,<p>新</p>,{article.slug}", header="标题,栏目,标签,正文,网址名")
    report = run("a.csv", rows, by=chief)

    assert report.rows[0].done.startswith("新版本")
    assert Article.objects.get().title == "旧"
    assert steps.newest(article).content["title"] == "新"


def test_a_cell_that_would_run_as_a_formula_goes_out_harmless_and_comes_back(category):
    Article.objects.create(title="=HYPERLINK(1)", slug="a", body="<p>文</p>", category=category)
    data = files.to_table(Article.objects.all(), "csv")
    assert b"'=HYPERLINK(1)" in data
    path = BytesIO(files.to_table(Article.objects.all(), "xlsx"))
    assert load_workbook(path).active["B2"].value == "'=HYPERLINK(1)"

    assert run("a.csv", data).rows[0].done == "未变"


def test_a_body_too_long_for_an_xlsx_cell_is_said_and_not_cut_off(category, chief, client):
    article = Article.objects.create(title="长", slug="long", body=f"<p>{'长' * 33_000}</p>", category=category)
    client.force_login(chief)
    chosen = {"action": "export_xlsx", ACTION_CHECKBOX_NAME: [article.pk]}
    page = client.post(reverse("admin:articles_article_changelist"), chosen, follow=True)

    assert "请导出为 CSV" in page.content.decode()


def test_cells_of_an_xlsx_are_read_as_they_are_shown(category):
    book = Workbook()
    for cells in (["标题", "栏目", "发布时间", "正文"], [0.7, str(category), datetime(2026, 1, 6, 9), "<p>文</p>"]):  # noqa: DTZ001 - as openpyxl gives it
        book.active.append(cells)
    book.active["A2"].number_format = "0%"
    file = BytesIO()
    book.save(file)
    [incoming] = files.read("a.xlsx", file.getvalue())

    assert incoming.front == {"title": "70%", "category": str(category), "published": datetime(2026, 1, 6, 9)}  # noqa: DTZ001


def test_the_day_of_publication_is_read_as_excel_saves_it_in_csv(category):
    [incoming] = files.read("a.csv", csv_of("好,2026/1/6 9:00,<p>文</p>", header="标题,发布时间,正文"))

    assert incoming.front["published"] == datetime(2026, 1, 6, 9)  # noqa: DTZ001


def test_gb18030_as_spreadsheets_write_it_is_read(category):
    assert run("a.csv", "标题,栏目,正文\n医保,健康新闻,<p>文</p>".encode("gb18030")).is_clean


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "只能导入"),
        ("a.csv", b"", "第一行要写列名"),
        ("a.csv", "标题,正文,密码\n".encode(), "不认识：密码"),
        ("a.xlsx", b"not a workbook", "不是完好的 XLSX"),
        ("a.xml", b"<rss", "读不懂这个 XML"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>', "实体声明"),
        ("a.md", b"\xff\xff", "编码"),
    ],
    ids=["别的格式", "空表", "别的列", "不是表格", "断掉的 XML", "实体", "别的编码"],
)
def test_what_is_no_such_file_is_said(db, name, data, sentence):
    assert sentence in problems(name, data)


def test_one_bad_row_names_its_number_and_keeps_all_out(category):
    report = run("a.csv", csv_of("好,健康新闻,,<p>文</p>", "坏,没有的栏目,,<p>文</p>"))

    assert [row.name for row in report.rows if row.problems] == ["a.csv 第 3 行"]
    assert not Article.objects.exists()


def test_who_may_not_publish_brings_drafts(category, staff):
    rows = csv_of("甲,健康新闻,,<p>文</p>,2024-01-01 09:00", header="标题,栏目,标签,正文,发布时间")
    report = run("a.csv", rows, by=staff("编辑"))

    assert Article.objects.get().status == "draft"
    assert "先存为草稿" in report.rows[0].notes[0]


def test_wordpress_posts_come_in_sanitised_with_their_day_and_tags(category):
    report = run("old.xml", WXR.encode())
    article = Article.objects.get()

    assert article.body == "<p>第一段。</p><p>第二段。</p>"
    assert (article.tags_text, article.summary) == ("门诊", "摘要")
    assert timezone.localtime(article.published_at).isoformat() == "2024-05-06T07:08:09+08:00"
    assert "1 张不在图片库里的图片" in report.rows[0].notes[0]


def test_the_admin_tries_first_and_imports_when_told(client, chief, category):
    client.force_login(chief)

    def post(**options):
        return client.post(
            IMPORT, {"files": SimpleUploadedFile("a.csv", csv_of("甲,健康新闻,门诊,<p>文</p>")), **options}
        )

    tried = post()
    assert not tried.context["form"].errors
    assert "每一行都可以导入" in tried.content.decode()
    assert not Article.objects.exists()

    post(really="on")
    assert Article.objects.get().author == chief


def test_a_long_file_is_checked_in_parts_and_nothing_is_stored(client, chief, category):
    client.force_login(chief)
    rows = [f"第{number}篇,{category},门诊,<p>文</p>" for number in range(A_PART + 1)] + ["坏,没有的栏目,,<p>文</p>"]

    def check(start):
        upload = SimpleUploadedFile("a.csv", csv_of(*rows))
        return client.post(reverse("admin:articles_article_import_check"), {"files": upload, "from": start}).json()

    first, last = check(0), check(A_PART)
    assert (first["total"], len(first["rows"]), len(last["rows"])) == (A_PART + 2, A_PART, 2)
    assert [row["refused"] for row in last["rows"]] == [False, True]
    assert "没有的栏目" in last["rows"][1]["said"]
    assert not Article.objects.exists()


def test_a_check_without_a_file_says_so(client, chief):
    client.force_login(chief)

    assert "必填" in client.post(reverse("admin:articles_article_import_check")).json()["error"]


def test_the_admin_exports_what_was_chosen(client, chief, category):
    Article.objects.create(title="甲", body="<p>文</p>", category=category)
    client.force_login(chief)
    for action, name in [("export_csv", "csv"), ("export_xlsx", "xlsx"), ("export_markdown", "zip")]:
        chosen = {"action": action, "_selected_action": [Article.objects.get().pk]}
        response = client.post(reverse("admin:articles_article_changelist"), chosen)

        assert f"articles.{name}" in response["Content-Disposition"]


def test_who_may_not_write_may_not_import(client, staff):
    client.force_login(staff("政策管理员"))

    assert client.get(IMPORT).status_code == 403
    assert client.post(reverse("admin:articles_article_import_check")).status_code == 403
