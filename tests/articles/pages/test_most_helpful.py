"""What readers found useful stands on the home page once enough of them said so."""

import re

import pytest

from articles.models import Article, Category, Feedback
from articles.pages.most_helpful import LATEST_VOTES, MIN_VOTES, most_useful

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish():
    category = Category.objects.create(name="待遇报销")

    def publish(title, votes=0, kind="helpful", status="published"):
        article = Article.objects.create(title=title, category=category, body="<p>文</p>", status=status)
        vote(article, votes, kind)
        return article

    return publish


def vote(article, times, kind="helpful"):
    path = article.get_absolute_url()
    Feedback.objects.bulk_create(Feedback(kind=kind, path=path, article=article) for _ in range(times))


def test_the_most_voted_for_comes_first(publish):
    few, many = publish("甲", MIN_VOTES), publish("乙", MIN_VOTES + 1)

    assert most_useful() == [many, few]


def test_fewer_than_three_votes_are_nobodys_opinion(publish):
    publish("甲", MIN_VOTES - 1)

    assert most_useful() == []


def test_other_kinds_of_feedback_and_articles_that_are_not_public_do_not_count(publish):
    publish("甲", 9, kind="unhelpful")
    publish("乙", 9, status="draft")

    assert most_useful() == []


def test_only_the_latest_votes_count(publish):
    old = publish("旧", MIN_VOTES)
    vote(publish("新"), LATEST_VOTES)

    assert old not in most_useful()


def test_it_costs_two_queries_however_many_votes_there_are(publish, django_assert_num_queries):
    for number in range(8):
        publish(f"第 {number} 篇", 9)

    with django_assert_num_queries(2):
        most_useful()


def test_the_home_page_asks_it_first(client, publish):
    useful = publish("医保卡余额会清零吗", MIN_VOTES)
    publish("更新的一篇")
    page = client.get("/").content.decode()
    section = page[page.index('id="asked"') : page.index('id="topics"')]

    assert re.findall('href="(.*?)"', section)[0] == useful.get_absolute_url()
