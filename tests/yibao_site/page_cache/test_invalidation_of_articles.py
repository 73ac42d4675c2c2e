"""What is shown beside an article's own text, and what a calculator's visitors see, says so when it changes."""

import pytest

from articles.models import Category, Correction, TagPage
from calculators.common import page_keys
from calculators.models import Calculator, PolicyDocument, PoolingArea
from tests.yibao_site.page_cache.test_invalidation import article, said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return Category.objects.create(name="门诊攻略")


def test_a_correction_says_its_article_and_the_list_of_corrections(category):
    saved = article(category)
    keys = said_by(lambda: Correction.objects.create(article=saved, text="原来写错了。"))

    assert {page_keys.article(saved.pk), page_keys.CORRECTIONS} <= keys


def test_the_introduction_of_a_tag_says_its_page(category):
    saved = article(category)
    saved.tags.add("起付线")
    tag = saved.tags.get()

    assert page_keys.tag(tag.pk) in said_by(lambda: TagPage.objects.create(tag=tag, summary="一句话"))


def test_the_name_of_a_reviewer_says_the_pages_on_which_it_stands(category, staff):
    reviewer = staff("主编")

    assert page_keys.user(reviewer.pk) in said_by(reviewer.save)


def test_a_calculator_that_is_not_live_says_nothing(db):
    draft = Calculator.objects.create(code="draft", name="没发布的", summary="一句话")
    draft = Calculator.objects.get(pk=draft.pk)
    draft.name = "还没发布"

    assert said_by(draft.save) == set()


def test_work_on_the_rows_of_a_live_calculator_says_nothing_until_it_is_published(db):
    live = Calculator.objects.create(code="live", name="能用的", summary="一句话", live={})
    live = Calculator.objects.get(pk=live.pk)
    live.written = "name = '改了'"

    assert said_by(live.save) == set()
    live.live = {"changed": True}
    assert said_by(live.save) >= {page_keys.calculator(live.pk), page_keys.ALL_CALCULATORS}
    live.live = None
    assert page_keys.calculator(live.pk) in said_by(live.save)


def test_a_source_says_the_document_in_whose_list_its_article_stands(category):
    saved = article(category)
    document = PolicyDocument.objects.first()

    assert page_keys.articles_citing(document.pk) in said_by(lambda: saved.sources.create(document=document))


def test_an_article_page_notes_what_else_it_shows(client, category):
    document, beijing = PolicyDocument.objects.first(), PoolingArea.objects.get(code="110000")
    saved = article(category, area=beijing)
    saved.sources.create(document=document)
    with page_keys.collecting() as keys:
        client.get(saved.get_absolute_url())

    assert {page_keys.document(document.pk), page_keys.area(beijing.pk), page_keys.article(saved.pk)} <= keys
