"""What stands on a page is gathered ahead, and never shows a name that is no longer true."""

from datetime import date

import pytest
from django.utils import timezone

from articles.models import Article, ArticlePage, ArticleSource, Category, Correction, TagPage
from articles.pages.parts import parts_of
from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, DimensionChoice, PolicyDocument, PoolingArea
from tests.articles.calculator_factory import live_calculator

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(django_capture_on_commit_callbacks):
    category = Category.objects.create(name="待遇报销")
    with django_capture_on_commit_callbacks(execute=True):
        article = Article.objects.create(
            title="门诊怎么报",
            body="<p>〔职工门诊起付线·北京·在职〕</p>",
            category=category,
            status=Article.Status.PUBLISHED,
            published_at=timezone.now(),
        )
        article.tags.set(["门诊"])
        calculator = live_calculator("trial", "试验计算器")
        article.calculators.add(calculator)
        document = PolicyDocument.objects.get(number="国办发〔2021〕14号")
        ArticleSource.objects.create(article=article, document=document, clause="第三条")
    return article


def shown(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_a_published_article_is_gathered_when_it_is_committed(article):
    page = ArticlePage.objects.get(article=article)

    assert [tag["name"] for tag in page.parts["tags"]] == ["门诊"]
    assert list(page.references) == ["职工门诊起付线·北京·在职"]


def test_a_gathered_article_is_read_without_a_query(article, django_assert_num_queries):
    article = Article.objects.select_related("page").get(pk=article.pk)

    with django_assert_num_queries(0):
        parts = parts_of(article)
    assert [source.document.number for source in parts.sources] == ["国办发〔2021〕14号"]
    assert parts.calculators[0].get_absolute_url() == "/calculators/trial/"


def rename_tag(article):
    tag = article.tags.get()
    tag.name = "新的名字"
    tag.save()


def rename_document(article):
    document = article.sources.get().document
    document.title = "新的名字"
    document.save()


def rename_calculator(article):
    calculator = article.calculators.get()
    calculator.live = calculator.live | {"name": "新的名字"}
    calculator.save()


def set_tags(article):
    article.tags.set(["新的名字"])


def add_calculator(article):
    article.calculators.add(live_calculator("new", "新的名字"))


def add_from_the_other_side(article):
    live_calculator("new", "新的名字").articles.add(article)


def add_source(article):
    document = PolicyDocument.objects.create(slug="new", title="新的名字", grade="A")
    ArticleSource.objects.create(article=article, document=document)


def correct(article):
    Correction.objects.create(article=article, day=date(2026, 5, 1), text="新的名字")


def rename_area(article):
    area = PoolingArea.objects.get(short_name="上海")
    PoolingArea.objects.filter(short_name="北京").update(short_name="旧北京")
    area.short_name = "北京"
    area.save()


CHANGES = [rename_tag, rename_document, rename_calculator, set_tags]
CHANGES += [add_calculator, add_from_the_other_side, add_source, correct]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_is_shown_is_seen_at_once(client, article, change):
    assert "新的名字" not in shown(client, article)
    change(article)

    assert "新的名字" in shown(client, article)


def test_a_source_taken_off_is_gone_at_once(client, article):
    article.sources.all().delete()

    assert "第三条" not in shown(client, article)


def test_a_calculator_taken_down_is_gone_at_once(client, article):
    article.calculators.get().delete()

    assert "试验计算器" not in shown(client, article)


def test_a_tag_deleted_is_gone_at_once(client, article):
    article.tags.get().delete()

    assert "/tags/" not in shown(client, article)


def test_a_word_that_is_renamed_is_no_longer_understood(client, article):
    assert "1,800 元" in shown(client, article)
    choice = DimensionChoice.objects.get(name="在职")
    choice.name = "在岗"
    choice.save()

    assert "没有“在职”这个条件" in shown(client, article)


def test_a_name_that_is_given_to_another_area_means_that_area(client, article):
    assert "1,800 元" in shown(client, article)
    rename_area(article)

    assert "1,800 元" not in shown(client, article)


def test_what_was_gathered_before_a_change_is_not_stored_after_it(article, monkeypatch):
    ArticlePage.objects.filter(article=article).outdate()
    article = Article.objects.select_related("page").get(pk=article.pk)

    def changed_meanwhile(html):
        rename_tag(article)
        return 1

    monkeypatch.setattr("articles.pages.parts.minutes", changed_meanwhile)
    parts_of(article)

    assert ArticlePage.objects.get(article=article).parts is None


def test_an_introduction_follows_a_word_that_is_renamed(client, article):
    TagPage.objects.create(tag=article.tags.get(), introduction="<p>〔职工门诊起付线·北京·在职〕</p>")
    choice = DimensionChoice.objects.get(name="在职")
    choice.name = "在岗"
    choice.save()

    assert "没有“在职”这个条件" in client.get("/tags/门诊/").content.decode()


@pytest.fixture
def outpatient():
    """A live calculator that computes with 职工门诊起付线."""
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    calculator = Calculator(name=definition.name, code=definition.code, summary=definition.summary)
    calculator.go_live(definition, timezone.now(), "试验")
    return calculator


def beside(article):
    return [(one.code, one.why) for one in parts_of(Article.objects.get(pk=article.pk)).calculators]


COMPUTED = ("employee_outpatient", "用到文中的职工门诊起付线")


def test_a_calculator_that_computes_with_a_cited_value_follows_the_editors_own(article, outpatient):
    assert beside(article) == [("trial", ""), COMPUTED]


def test_without_a_cited_value_and_on_another_matter_only_the_editors_own_stand_there(article, outpatient):
    article.title, article.body, article.summary = "断缴以后怎么补", "<p>断缴三个月以内可以补缴。</p>", "可以补缴。"
    article.save()

    assert beside(article) == [("trial", "")]


def test_a_calculator_that_is_published_or_taken_down_changes_what_stands_beside(article, outpatient):
    definition = outpatient.published()
    assert COMPUTED in beside(article)

    outpatient.go_live(None, timezone.now(), "试验")
    assert COMPUTED not in beside(article)

    outpatient.go_live(definition, timezone.now(), "试验")
    assert COMPUTED in beside(article)

    outpatient.delete()
    assert COMPUTED not in beside(article)


def test_the_page_says_why_a_calculator_stands_there(client, article, outpatient):
    assert COMPUTED[1] in shown(client, article)
