"""Who read an article last, when it is read again, and what was corrected: said on the page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Category, Correction


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
