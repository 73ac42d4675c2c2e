"""Tables of articles as people have them: from Excel, with merged cells, a comma too many, or tabs in UTF-16."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import Workbook

from articles.import_export import files
from articles.import_export.importer import import_articles
from articles.models import Article


@pytest.fixture(autouse=True)
def category(news):
    return news


def csv_of(*rows, header="标题,栏目,标签,正文"):
    return "\n".join([header, *rows]).encode()


def run(name, data):
    return import_articles(files.read(name, data))


def problems(name, data):
    return "".join(sentence for row in run(name, data).rows for sentence in row.problems)


def test_what_stands_behind_an_unquoted_comma_refuses_its_row_alone():
    report = run("a.csv", csv_of("好,健康新闻,,<p>文</p>", "坏,健康新闻,,先付,再报,余下", "好二,健康新闻,,<p>文</p>"))

    assert [bool(row.problems) for row in report.rows] == [False, True, False]
    assert "多出的是“再报，余下”" in report.rows[1].problems[0]
    assert not Article.objects.exists()


def test_what_stands_below_no_column_name_refuses_its_row():
    rows = csv_of("好,健康新闻,,<p>文</p>,,", "坏,健康新闻,记得改,<p>文</p>", header="标题,栏目,,正文,,")

    assert [row.problems for row in run("a.csv", rows).rows] == [
        [],
        ["第 3 列没有列名，里面却有“记得改”：请在第一行写上列名，或清空这一格。"],
    ]


def test_a_column_named_twice_is_refused():
    assert "重复的列：标题" in problems("a.csv", csv_of("甲,乙,健康新闻,<p>文</p>", header="标题,标题,栏目,正文"))


def test_the_sentences_of_a_table_name_columns_as_editors_see_them():
    rows = csv_of("甲,,昨天,<p>文</p>", header="标题,栏目,发布时间,正文")

    assert problems("a.csv", rows) == "没有写栏目。发布时间读不懂：“昨天”，要写成日期时间，如 2026-01-06 09:00。"


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize(("encoding", "first"), [("utf-16", ""), ("gb18030", "sep={}\r\n"), ("utf-8-sig", "sep={}\n")])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.tsv"])
def test_the_text_tables_that_excel_saves_come_in(separator, encoding, first, name):
    text = f'标题|栏目|发布时间|正文\n甲|健康新闻|2024年3月5日 9:05|"一{separator}二"\n'.replace("|", separator)
    report = run(name, (first.format(separator) + text).encode(encoding))

    article = Article.objects.get()
    assert report.is_clean
    assert article.body.startswith("<p>一")
    assert article.body.endswith("二</p>")
    assert f"{timezone.localtime(article.published_at):%Y-%m-%d %H:%M}" == "2024-03-05 09:05"


def test_an_xlsx_with_merged_categories_and_serial_days_comes_in():
    book = Workbook()
    for cells in (
        ["栏目", "标题", "发布时间", "正文"],
        ["健康新闻", "甲", 45356, "文"],
        [None, "乙", "2024/3/5 9:05", "文"],
    ):
        book.active.append(cells)
    book.active.merge_cells("A2:A3")
    file = BytesIO()
    book.save(file)
    report = run("a.xlsx", file.getvalue())

    assert [row.done for row in report.rows] == ["新建，发布时间 2024-03-05 00:00", "新建，发布时间 2024-03-05 09:05"]
    assert "“栏目”是合并的格子，这一行也按“健康新闻”读。" in report.rows[1].said
