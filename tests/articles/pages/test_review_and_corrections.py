"""Who read an article last, when it is read again, and what was corrected: said on the page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Category, Correction
from articles.workflow import permissions, steps
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea


@pytest.fixture
def article(db, staff):
    reviewer = staff("主编", username="chief", last_name="编辑部", first_name="")
    category = Category.objects.create(name="健康新闻")
    return Article.objects.create(
        title="甲",
        body="<p>文</p>",
        category=category,
        status="published",
        reviewer=reviewer,
        reviewed_on=date(2026, 3, 1),
        review_by=timezone.localdate(),
    )


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_the_page_names_reviewer_last_and_next_day(client, article):
    shown = page(client, article)

    assert "编辑部审核" in shown
    assert 'datetime="2026-03-01"' in shown
    assert f'datetime="{timezone.localdate():%Y-%m-%d}"' in shown


@pytest.mark.parametrize(("late", "banner"), [(0, False), (1, True)])
def test_past_its_review_day_the_page_says_so_in_words(client, article, late, banner):
    Article.objects.update(review_by=timezone.localdate() - timedelta(days=late))

    assert ("还没有复审" in page(client, article)) is banner


def test_an_article_nobody_reviewed_claims_nothing(client, article):
    Article.objects.update(reviewed_on=None, reviewer=None, review_by=None)

    assert "审核" not in page(client, article)


def test_corrections_stay_on_the_page(client, article):
    heading = '<h2 id="corrections">更正</h2>'
    assert heading not in page(client, article)
    Correction.objects.create(article=article, day=date(2026, 3, 2), text="原写 1300 元，应为 1800 元。")
    shown = page(client, article)

    assert heading in shown
    assert "原写 1300 元，应为 1800 元。" in shown


def test_an_article_read_by_its_author_alone_names_no_reviewer(client, article):
    Article.objects.update(author=article.reviewer)

    assert "审核" not in page(client, article)
    assert "reviewedBy" not in page(client, article)


def test_nobody_reviews_an_article_of_their_own(article, staff):
    author = staff("主编", username="author")
    article.author = author
    article.save()

    with pytest.raises(permissions.NotAllowed, match="另一个人"):
        steps.mark_reviewed(article, by=author)


def test_a_figure_that_changed_is_listed_under_what_was_updated(client, article):
    today = timezone.localdate()
    deductible = Parameter.objects.get(name="职工门诊起付线")
    document, area = PolicyDocument.objects.get(slug="bj_op_2023"), PoolingArea.objects.get(code="110000")
    for first_day, number in ((today - timedelta(days=60), 1900), (today - timedelta(days=30), 2000)):
        PolicyValue.objects.create(
            parameter=deductible,
            area=area,
            document=document,
            conditions={"person_type": ["in_service"]},
            number=number,
            unit="CNY/year",
            effective_from=first_day,
        )
    Article.objects.update(body="<p>〔职工门诊起付线·北京·在职〕</p>")
    shown = page(client, article)

    assert "更新了什么" in shown
    assert "北京职工门诊起付线（在职）由 1,900 元 变为" in shown


def test_an_article_without_a_changed_figure_lists_no_update(client, article):
    assert "更新了什么" not in page(client, article)
