from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, Synonym
from articles.search.engine import candidates
from articles.search.engine.find import find

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    "query",
    [
        "起付线",
        "起付",
        "线",
        "药",
        "起付綫",
        "起富线",
        "qifuxian",
        "qi fu xian",
        "menzhen",
        "CT检查",
        "ct",
        "ＣＴ",
        "1,800",
        "covid-19",
        "门诊 药",
    ],
)
def test_an_article_is_found_however_it_is_asked_for(publish, titles, query):
    publish("北京门诊起付线", "<p>CT检查和买药都算，到1,800元为止，covid-19除外。</p>")
    publish("生育津贴怎么领", "<p>单位申报。</p>")

    assert titles(query)[:1] == ["北京门诊起付线"]


def test_a_synonym_finds_what_it_means(publish, titles):
    publish("门诊起付线")
    assert titles("门槛费") == []

    Synonym.objects.create(word="门槛费", meaning="起付线")

    assert titles("门槛费") == ["门诊起付线"]
    assert titles("门诊门槛费多少") == ["门诊起付线"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.REVIEW},
        {"status": Article.Status.ARCHIVED},
        {"status": Article.Status.SCHEDULED, "published_at": NOW + timedelta(days=1)},
        {"unpublish_at": NOW - timedelta(hours=1)},
    ],
)
def test_what_is_not_public_is_not_even_counted(publish, fields):
    publish("门诊起付线", **fields)

    assert len(find("门诊起付线", timezone.now()).keys) == 0


def test_many_drafts_do_not_push_out_what_is_public(publish, titles, monkeypatch):
    monkeypatch.setattr(candidates, "LOOKED_UP", 3)
    publish("门诊起付线")
    for number in range(5):
        publish(f"门诊起付线 {number}", status=Article.Status.DRAFT)

    assert titles("起付线") == ["门诊起付线"]


def test_words_that_meet_in_an_old_article_only_still_find_it(publish, titles, monkeypatch):
    monkeypatch.setattr(candidates, "LOOKED_UP", 3)
    publish("成都怎么报", "<p>成都的门槛。</p>")
    for number in range(5):
        publish(f"成都 {number}", "<p>别的。</p>")
        publish(f"各地 {number}", "<p>门槛。</p>")

    assert titles("成都 门槛")[0] == "成都怎么报"


def test_parts_are_looked_for_only_where_few_hold_the_whole(publish, titles, monkeypatch):
    publish("起付线")
    publish("起付标准")
    assert titles("起付线") == ["起付线", "起付标准"]

    monkeypatch.setattr(candidates, "ENOUGH_LITERAL_MATCHES", 1)

    assert titles("起付线") == ["起付线"]


def test_the_title_counts_more_than_the_text(publish, titles):
    publish("生育津贴", "<p>这里顺便提到了起付线。</p>")
    publish("起付线", "<p>别的文字，长短相同，也没什么。</p>")

    assert titles("起付线") == ["起付线", "生育津贴"]


def test_of_equals_the_newer_comes_first(publish, titles):
    publish("门诊起付线甲", published_at=NOW - timedelta(days=400))
    publish("门诊起付线乙", published_at=NOW - timedelta(days=2))
    publish("门诊起付线丙", published_at=NOW - timedelta(days=900))

    assert titles("门诊起付线") == ["门诊起付线乙", "门诊起付线甲", "门诊起付线丙"]


def test_of_equals_the_reviewed_comes_first_and_the_overdue_last(publish, titles):
    today = timezone.localdate()
    publish("门诊起付线甲", review_by=today - timedelta(days=1), reviewed_on=today - timedelta(days=400))
    publish("门诊起付线乙", reviewed_on=today, review_by=today)
    publish("门诊起付线丙")

    assert titles("门诊起付线") == ["门诊起付线乙", "门诊起付线丙", "门诊起付线甲"]


def test_a_filter_narrows_what_is_found(publish, titles, category):
    publish("门诊起付线")

    assert titles("起付线", chosen=Q(article__category=category)) == ["门诊起付线"]
    assert titles("起付线", chosen=Q(article__category=0)) == []


@pytest.mark.parametrize("count", [1, 20])
def test_finding_costs_three_queries(publish, django_assert_num_queries, count):
    for number in range(count):
        publish(f"门诊起付线 {number}")
    find("门诊", timezone.now())

    with django_assert_num_queries(3):  # synonyms, candidates, texts
        find("门诊起付线 qifuxian", timezone.now())


def test_pages_beyond_the_ranked_ones_go_on(publish, titles, monkeypatch):
    monkeypatch.setattr("articles.search.engine.find.MAX_RANKED", 3)
    for number in range(8):
        publish(f"门诊起付线 {number}")

    assert sorted(titles("起付线")) == [f"门诊起付线 {number}" for number in range(8)]
