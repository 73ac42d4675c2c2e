import pytest
from django.urls import reverse

from articles.models import Synonym

URL = reverse("admin:articles_article_tags")


@pytest.fixture
def tags(publish):
    """门诊 is borne by two articles, 职工门诊 by one; 社保卡 is also called 医保卡."""
    publish("甲", tags=["门诊", "社保卡"])
    publish("乙", tags=["门诊", "职工门诊"])
    Synonym.objects.create(word="医保卡", meaning="社保卡")


@pytest.fixture
def ask(client, staff, tags):
    client.force_login(staff("编辑"))
    return lambda **query: client.get(URL, query).json()


def names(answer):
    return [(one["name"], one["count"]) for one in answer["suggestions"]]


def test_tags_that_begin_with_the_word_come_first_with_their_articles_counted(ask):
    assert names(ask(word="门诊", names="门诊")) == [("门诊", 2), ("职工门诊", 1)]


def test_a_tag_is_found_by_its_synonym_and_the_synonym_is_told(ask):
    found = ask(word="医保", names="医保")["suggestions"]

    assert [(one["name"], one["synonym"]) for one in found] == [("社保卡", "医保卡")]


def test_a_tag_that_is_typed_already_is_not_suggested_again(ask):
    assert names(ask(word="门", names="门诊；门")) == [("职工门诊", 1)]


def test_nothing_is_suggested_for_no_word_and_for_one_that_no_tag_has(ask):
    assert ask(word="", names="门诊")["suggestions"] == []
    assert ask(word="胡写", names="胡写")["suggestions"] == []


def test_each_typed_tag_is_told_as_known_new_or_stored_under_another_name(ask):
    typed = ask(names="门诊，胡写的词、医保卡;社保卡")["typed"]

    assert [(one["name"], one["is_new"], one["count"], one["meant"]) for one in typed] == [
        ("门诊", False, 2, ""),
        ("胡写的词", True, 0, ""),
        ("医保卡", False, 1, "社保卡"),
        ("社保卡", False, 1, ""),
    ]


def test_tags_are_told_to_staff_alone(client, tags):
    assert client.get(URL, {"word": "门"}).status_code == 302


def test_suggestions_cost_the_same_queries_for_one_tag_and_for_many(ask, django_assert_num_queries, publish):
    publish("丙", tags=[f"门诊{number}" for number in range(20)])
    ask(word="门", names="门")

    with django_assert_num_queries(8):
        ask(word="门", names="门")
    with django_assert_num_queries(9):  # a synonym among them asks for the names of all tags
        ask(word="门诊", names="门诊、胡写、医保卡、门诊1、门诊2")
