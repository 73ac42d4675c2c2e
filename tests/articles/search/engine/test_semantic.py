"""Search with the sentence model: what says the same in other words comes first, and nothing depends on it."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from articles import related
from articles.models import Article
from articles.search.engine import semantic, vector_index
from articles.search.engine.find import find
from articles.text import sentence_model

pytestmark = pytest.mark.django_db
ASKED = "停缴医保有什么后果"
SAME, OTHER = "中断缴费以后，医保待遇会受到什么影响", "医保局的新办公楼"


@pytest.fixture
def semantic_search(settings):
    settings.SEMANTIC = True
    semantic._vector.cache_clear()


def test_meaning_lifts_what_words_put_close_behind():
    assert semantic.fused({1: 10.0, 2: 9.5}, {1: 0.84, 2: 0.86}, best=1.0) == [2, 1]


def test_meaning_does_not_overturn_what_words_put_far_apart():
    assert semantic.fused({1: 10.0, 2: 2.0}, {1: 0.84, 2: 0.86}, best=1.0) == [1, 2]


def test_where_words_find_little_meaning_counts_more():
    words, likeness = {1: 10.0, 2: 8.0}, {1: 0.84, 2: 0.86}

    assert semantic.fused(words, likeness, best=semantic.UNFOUND_SHARE) == [1, 2]
    assert semantic.fused(words, likeness, best=semantic.UNFOUND_SHARE - 0.01) == [2, 1]


def test_without_vectors_the_order_is_that_of_the_words():
    assert semantic.fused({1: 5.0, 2: 4.0, 3: 6.0}, {}, best=1.0) == [3, 1, 2]


def test_what_has_no_vector_yet_is_neither_lifted_nor_lowered():
    assert semantic.fused({1: 5.0, 2: 5.0, 3: 5.0}, {1: 0.9, 3: 0.8}, best=1.0) == [1, 2, 3]


@pytest.mark.usefixtures("semantic_search")
def test_what_means_the_same_is_nearer_than_what_shares_a_word(publish):
    same, other = publish(SAME), publish(OTHER)
    related.work()
    likeness = semantic.likeness(ASKED).of([same.pk, other.pk])

    assert likeness[same.pk] > likeness[other.pk]


@pytest.mark.usefixtures("semantic_search")
def test_what_says_it_in_other_words_only_is_found_too(publish, titles):
    publish(OTHER)
    publish("断保的影响", "<p>中断参保以后，待遇会受到影响。</p>")
    related.work()

    assert "断保的影响" in titles("停缴医保")


@pytest.mark.usefixtures("semantic_search")
@pytest.mark.parametrize(
    "fields", [{"status": Article.Status.DRAFT}, {"published_at": timezone.now() + timedelta(days=1)}]
)
def test_what_is_not_public_is_not_found_by_its_meaning(publish, titles, fields):
    publish(OTHER)
    hidden = publish("断保的影响", "<p>中断参保以后，待遇会受到影响。</p>")
    related.work()
    Article.objects.filter(pk=hidden.pk).update(**fields)

    assert semantic.likeness("停缴医保").of([hidden.pk])
    assert titles("停缴医保") == [OTHER]


@pytest.mark.usefixtures("semantic_search")
def test_a_filter_holds_for_what_is_found_by_its_meaning(publish, titles):
    publish("断保的影响", "<p>中断参保以后，待遇会受到影响。</p>")
    related.work()

    assert titles("停缴医保", chosen=Q(article__published_at__year=2001)) == []


@pytest.mark.usefixtures("semantic_search")
def test_where_no_word_is_found_nothing_is(publish, titles):
    publish(SAME)
    related.work()

    assert titles("火星旅游") == []


@pytest.mark.usefixtures("semantic_search")
def test_a_new_vector_is_known_after_a_while(publish, monkeypatch):
    publish(SAME)
    related.work()
    semantic.likeness(ASKED)
    later = publish(OTHER)
    related.work()
    assert not semantic.likeness(ASKED).of([later.pk])

    monkeypatch.setattr(vector_index, "FRESH_SECONDS", 0)

    assert semantic.likeness(ASKED).of([later.pk])


@pytest.mark.usefixtures("semantic_search")
def test_a_rewritten_article_has_its_new_meaning(publish, monkeypatch):
    article = publish(OTHER)
    related.work()
    before = semantic.likeness(ASKED).of([article.pk])[article.pk]
    monkeypatch.setattr(vector_index, "FRESH_SECONDS", 0)
    article.title = SAME
    article.save()
    related.work()

    assert semantic.likeness(ASKED).of([article.pk])[article.pk] > before
    assert len(vector_index.current().keys) == 1


@pytest.mark.usefixtures("semantic_search")
def test_an_article_whose_vector_is_not_made_yet_is_found_all_the_same(publish, titles):
    publish(SAME)
    related.work()
    publish("停缴医保的后果")

    assert "停缴医保的后果" in titles(ASKED)


@pytest.mark.usefixtures("semantic_search")
def test_a_query_vector_is_made_once(publish, monkeypatch):
    publish(SAME)
    related.work()
    find(ASKED, timezone.now())
    monkeypatch.setattr(sentence_model, "query_vectors", lambda texts: 1 / 0)

    assert find(ASKED, timezone.now()).keys


@pytest.mark.usefixtures("semantic_search")
@pytest.mark.parametrize("text", ["qifuxian", "CT"])
def test_letters_alone_are_not_given_to_the_model(publish, monkeypatch, text):
    monkeypatch.setattr(sentence_model, "query_vectors", lambda texts: 1 / 0)
    publish("门诊CT起付线")

    assert find(text, timezone.now()).keys


@pytest.mark.usefixtures("semantic_search")
def test_a_visitor_does_not_wait_behind_others_for_a_vector(publish, monkeypatch):
    monkeypatch.setattr(semantic, "TURN_TIMEOUT_SECONDS", 0)
    publish(SAME)
    related.work()
    for _ in range(semantic.AT_ONCE):
        semantic._turns.acquire()
    try:
        assert semantic.likeness(ASKED) is None
    finally:
        semantic._turns.release(semantic.AT_ONCE)


@pytest.mark.usefixtures("semantic_search")
def test_meaning_costs_no_query_of_its_own(publish, django_assert_num_queries):
    publish(SAME)
    related.work()
    find("医保", timezone.now())

    with django_assert_num_queries(3):
        find(ASKED, timezone.now())
