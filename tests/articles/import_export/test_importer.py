import pytest
from django.utils import timezone

from articles.import_export.importer import ImportProblem, ImportResult, from_markdown, import_article, import_articles
from articles.import_export.markdown import parse, to_html
from articles.models import Article, Category

FRONT = """title = "北京门诊怎么报"
category = "待遇报销"
tags = ["门诊", "C++ 与 医保", "北京"]
area = "110000"
sources = ["gf1998_44"]
published = 2026-01-06T09:00:00+08:00
"""
BODY = "起付线是〔职工门诊起付线·北京·在职〕。\n\n- 一\n- 二\n"


@pytest.fixture(autouse=True)
def category(db):
    return Category.objects.create(name="待遇报销")


def text(front=FRONT, body=BODY):
    return f"+++\n{front}+++\n\n{body}"


def refusal(front=FRONT, body=BODY):
    with pytest.raises(ImportProblem) as caught:
        import_article(text(front, body))
    return str(caught.value)


def test_an_article_arrives_with_everything_it_names():
    article = import_article(text(), slug="beijing")

    assert article.slug == "beijing"
    assert article.area.short_name == "北京"
    assert set(article.tags.names()) == {"门诊", "C++ 与 医保", "北京"}
    assert [source.document.slug for source in article.sources.all()] == ["gf1998_44"]
    assert article.is_public(timezone.now())
    assert "<ul>" in article.body


def test_without_a_day_it_is_a_draft():
    article = import_article(text(FRONT.replace("published", "draft = true\npublished")))

    assert article.status == Article.Status.DRAFT


def test_a_day_to_come_is_a_schedule():
    article = import_article(text(FRONT.replace("2026-01-06", "2099-01-06")))

    assert article.status == Article.Status.SCHEDULED
    assert not article.is_public(timezone.now())


def test_a_day_without_a_zone_is_a_day_in_shanghai():
    article = import_article(text(FRONT.replace("2026-01-06T09:00:00+08:00", "2026-01-06T09:00:00")))

    assert timezone.localtime(article.published_at).hour == 9


def test_a_calculator_that_is_not_there_is_left_out_and_said_so():
    notes = []
    article = import_article(text(FRONT + 'calculators = ["no_such"]\n'), notes=notes)

    assert article.pk
    assert notes == ["没有这个计算器，先略过：no_such。"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('category = "待遇报销"', 'category = "没有的栏目"', "没有这个栏目：没有的栏目。"),
        ('area = "110000"', 'area = "999999"', "没有这个地区：999999。"),
        ('"gf1998_44"', '"gf1998_44", "nothing"', "没有这个来源：nothing。"),
        ('title = "北京门诊怎么报"', 'title = ""', "标题"),
        ('title = "北京门诊怎么报"', "title = 3", "要写成一段文字"),
        ('tags = ["门诊", "C++ 与 医保", "北京"]', "tags = [1]", "标签（tags）要写成文字的列表"),
        ("area =", "aera =", "不认识的字段“aera”。"),
        ("2026-01-06T09:00:00+08:00", '"昨天"', "发布时间（published）读不懂：“昨天”"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(old, new, sentence):
    assert sentence in refusal(FRONT.replace(old, new))
    assert not Article.objects.exists()


def test_an_unknown_figure_refuses_the_article():
    assert "没有叫“火星”的地区" in refusal(body="〔职工门诊起付线·火星·在职〕")


def test_a_body_is_needed():
    assert "正文" in refusal(body="")


@pytest.mark.parametrize("broken", ["没有头", "+++\ntitle = \n+++\n正文", "+++\ntitle = 'a'\n正文"])
def test_a_text_without_readable_front_matter_is_refused(broken):
    with pytest.raises(ImportProblem):
        import_article(broken)


def incoming(*texts):
    """What was read of each file, or the row that says why it could not be."""
    for text in texts:
        try:
            yield from_markdown("a.md", text)
        except ImportProblem as error:
            yield ImportResult("a.md", problems=error.sentences)


def test_one_bad_file_keeps_all_out_and_every_row_has_its_report():
    report = import_articles(incoming(text(), text(FRONT.replace("待遇报销", "无")), ""))

    assert [bool(row.problems) for row in report.rows] == [False, True, True]
    assert not Article.objects.exists()


def test_a_dry_run_stores_nothing():
    report = import_articles(incoming(text()), dry_run=True)

    assert report.is_clean
    assert not Article.objects.exists()


def test_a_clean_batch_is_stored():
    assert import_articles(incoming(text(), text(body="另一篇的正文。"))).is_clean
    assert Article.objects.count() == 2


def test_emphasis_signs_inside_a_reference_are_left_alone():
    assert "〔a_b_c*d*·北京〕" in to_html("见〔a_b_c*d*·北京〕。").html


def test_markup_inside_a_reference_is_no_way_round_the_sanitiser():
    assert "<script" not in to_html("〔<script>alert(1)</script>〕").html


def test_windows_line_ends_are_read():
    assert parse(text().replace("\n", "\r\n")).front["title"] == "北京门诊怎么报"
