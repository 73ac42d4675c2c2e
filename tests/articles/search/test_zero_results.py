import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, MissedSearch, Synonym
from articles.search import zero_results

pytestmark = pytest.mark.django_db


def test_a_search_that_finds_nothing_says_what_to_try_and_is_counted(search):
    search("飞船 票价")
    page = search("票价 飞船")

    assert "没有找到" in page
    assert list(MissedSearch.objects.values_list("words", "count")) == [("飞船 票价", 2)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11010119900307123X 报销", "报销"),
        ("138-1234-5678 报销", "报销"),
        ("卡号 12345678", "卡号"),
        ("我叫张小明，怎么报", ",怎么报"),
        ("a.b@example.com 报销", "报销"),
        ("2026年 100000元", "2026年 100000元"),
    ],
)
def test_nothing_personal_is_kept(typed, kept):
    assert zero_results.impersonal(typed) == kept


def test_half_of_a_short_word_is_shown_and_marked_but_answers_nothing(publish, search):
    publish("医保的门槛是什么")

    assert "医保的<mark>门槛</mark>" in search("门槛费")
    assert MissedSearch.objects.get().words == "门槛费"


def test_only_a_number_is_not_noted_at_all(search):
    search("13812345678")

    assert not MissedSearch.objects.exists()


def test_what_is_found_and_what_a_filter_hid_is_not_noted(publish, search):
    publish("门诊起付线")
    search("门诊起付线")
    search("飞船", area="110000")

    assert not MissedSearch.objects.exists()


def test_an_article_that_answers_closes_the_entry(publish, search):
    search("飞船票价")
    assert zero_results.close_answered(timezone.now()) == 0

    publish("飞船票价能报吗", status=Article.Status.DRAFT)
    assert zero_results.close_answered(timezone.now()) == 0

    publish("飞船票价能报吗")
    assert zero_results.close_answered(timezone.now()) == 1
    assert MissedSearch.objects.get().status == "answered"


def test_a_synonym_that_answers_closes_the_entry_at_once(publish, search):
    publish("门诊起付线")
    search("开头自己掏")
    Synonym.objects.create(word="开头自己掏", meaning="起付线")

    assert MissedSearch.objects.get().status == "answered"


def test_what_editors_dismissed_stays_dismissed(search):
    search("飞船票价")
    MissedSearch.objects.update(status="dismissed")
    search("飞船票价")

    assert MissedSearch.objects.get().status == "dismissed"


def test_the_worklist_shows_open_searches_until_they_are_dismissed(client, staff, search):
    search("飞船票价")
    client.force_login(staff("主编"))
    assert "没有结果的搜索" in client.get(reverse("admin:index")).content.decode()

    address = reverse("admin:articles_missedsearch_changelist")
    missed_pk = MissedSearch.objects.get().pk
    assert "飞船票价" in client.get(address).content.decode()
    client.post(address, {"action": "dismiss", "_selected_action": [missed_pk]})

    assert MissedSearch.objects.get().status == "dismissed"


def test_random_searches_leave_room_for_those_that_readers_repeat(search, monkeypatch):
    monkeypatch.setattr(zero_results, "MAX_KEPT_SEARCHES", 3)
    for words in ["飞船票价", "飞船票价", "甲乙丙", "丁戊己", "庚辛壬", "子丑寅"]:
        search(words)

    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"飞船票价", "庚辛壬", "子丑寅"}
