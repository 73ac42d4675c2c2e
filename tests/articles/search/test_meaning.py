"""Search with the sentence model: what says the same in other words comes first, and nothing depends on it."""

import pytest
from django.utils import timezone

from articles import related, semantics
from articles.search import meaning
from articles.search.find import find

pytestmark = pytest.mark.django_db
ASKED = "停缴医保有什么后果"
SAME, OTHER = "中断缴费以后，医保待遇会受到什么影响", "医保局的新办公楼"


@pytest.fixture
def semantic(settings):
    settings.SEMANTIC = True
    meaning._vector.cache_clear()


def test_meaning_lifts_what_words_put_close_behind():
    assert meaning.fused([1, 2, 3, 4, 5, 6], {2: 0.9, 3: 0.8, 4: 0.8, 5: 0.8, 6: 0.7, 1: 0.6}) == [2, 1, 3, 4, 5, 6]


def test_meaning_does_not_overturn_what_words_put_far_apart():
    order = list(range(100))
    likeness = {key: key / 100 for key in order}

    assert meaning.fused(order, likeness)[0] == 0


def test_without_vectors_the_order_is_that_of_the_words():
    assert meaning.fused([3, 1, 2], {}) == [3, 1, 2]
    assert meaning.fused([3, 1, 2], {1: 0.9})[0] == 3


@pytest.mark.usefixtures("semantic")
def test_what_means_the_same_is_nearer_than_what_shares_a_word(publish):
    same, other = publish(SAME), publish(OTHER)
    related.work()
    likeness = meaning.nearness(ASKED, [same.pk, other.pk])

    assert likeness[same.pk] > likeness[other.pk]


def test_what_is_found_is_ordered_by_meaning_too(publish, titles, monkeypatch):
    same, other = publish(SAME), publish(OTHER)
    assert titles(ASKED) == [SAME, OTHER]
    monkeypatch.setattr(meaning, "WORTH", 2)
    monkeypatch.setattr("articles.search.find.nearness", lambda text, keys: {other.pk: 0.9, same.pk: 0.8})

    assert titles(ASKED) == [OTHER, SAME]


@pytest.mark.usefixtures("semantic")
def test_an_article_whose_vector_is_not_made_yet_is_found_all_the_same(publish, titles):
    publish(SAME)
    related.work()
    publish("停缴医保的后果")

    assert "停缴医保的后果" in titles(ASKED)


@pytest.mark.usefixtures("semantic")
def test_a_query_vector_is_made_once(publish, monkeypatch):
    publish(SAME)
    related.work()
    find(ASKED, timezone.now())
    monkeypatch.setattr(semantics, "query_vectors", lambda texts: 1 / 0)

    assert find(ASKED, timezone.now()).keys


@pytest.mark.usefixtures("semantic")
@pytest.mark.parametrize("text", ["qifuxian", "CT"])
def test_letters_alone_are_not_given_to_the_model(publish, monkeypatch, text):
    monkeypatch.setattr(semantics, "query_vectors", lambda texts: 1 / 0)
    publish("门诊CT起付线")

    assert find(text, timezone.now()).keys


@pytest.mark.usefixtures("semantic")
def test_a_visitor_does_not_wait_behind_others_for_a_vector(publish, monkeypatch):
    monkeypatch.setattr(meaning, "PATIENCE", 0)
    publish(SAME)
    related.work()
    for _ in range(meaning.AT_ONCE):
        meaning._turns.acquire()
    try:
        assert meaning.nearness(ASKED, find(ASKED, timezone.now()).keys) == {}
    finally:
        meaning._turns.release(meaning.AT_ONCE)


@pytest.mark.usefixtures("semantic")
def test_finding_with_the_extra_costs_four_queries(publish, django_assert_num_queries):
    publish(SAME)
    related.work()
    find("医保", timezone.now())

    with django_assert_num_queries(4):
        find(ASKED, timezone.now())
