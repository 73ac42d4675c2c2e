"""Import page: what its dry run says of tables and Markdown as people have them, and what then comes in."""

import pytest

from articles.models import Article

pytestmark = pytest.mark.django_db
HEADERS = "标题,栏目,发布时间,正文"


def test_a_cell_behind_the_last_column_refuses_its_row_and_is_shown(import_page, news):
    rows = import_page({"a.csv": f"{HEADERS}\n起付线,健康新闻,2024-01-01,先付,1800 元\n".encode()}, really=True)

    assert "比表头的格子多，多出的是“1800 元”" in rows[0]
    assert not Article.objects.exists()


def test_a_column_named_twice_refuses_the_file(import_page, news):
    rows = import_page({"a.csv": f"{HEADERS},正文\n起付线,健康新闻,2024-01-01,甲,乙\n".encode()}, really=True)

    assert "表头里有重复的列：正文。" in rows[0]
    assert not Article.objects.exists()


def test_bold_words_that_end_in_a_chinese_sign_are_bold(import_page, news):
    text = '+++\ntitle = "余额"\ncategory = "健康新闻"\n+++\n\n**注意：**余额不清零。\n'
    import_page({"a.md": text.encode()}, really=True)

    assert Article.objects.get().body.strip() == "<p><strong>注意：</strong>余额不清零。</p>"


@pytest.mark.parametrize(
    ("separator", "day"), [(";", "2024/3/5 9:05"), ("\t", "2024年3月5日 9:05"), ("|", "2024-03-05 09:05")]
)
def test_a_table_of_excels_separators_and_days_comes_in(import_page, news, separator, day):
    lines = [
        separator.join(["标题", "栏目", "发布时间", "正文"]),
        separator.join(["起付线", "健康新闻", day, "先付。"]),
    ]
    told = f"sep={separator}\n" if separator == "|" else ""
    import_page({"a.csv": (told + "\n".join(lines) + "\n").encode()}, really=True)

    article = Article.objects.get()
    assert article.title == "起付线"
    assert article.published_at.isoformat() == "2024-03-05T01:05:00+00:00"
