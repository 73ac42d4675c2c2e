"""The floor under relevance: a page says when no article is about what was asked, and the office hears of it."""

import pytest

from articles.models import GlossaryTerm, MissedSearch, Synonym
from calculators.common import page_keys

ADMISSION = "没有专门讲这个的文章，下面只是提到了这些字"
LONG_TEXT = f"<p>{'职工医保的门诊费用怎么报，先看起付线。' * 12}假肢和助听器不在其中。</p>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def synonym():
    """Store a synonym: synonym("试管", "辅助生殖")."""

    def store(word, meaning):
        Synonym.objects.create(word=word, meaning=meaning)
        page_keys.invalidate(page_keys.ALL_SYNONYMS)

    return store


def test_words_that_are_only_mentioned_are_admitted_and_noted(publish, search):
    publish("职工门诊怎么报", LONG_TEXT)

    assert ADMISSION in search("假肢")
    assert MissedSearch.objects.open().get().words == "假肢"


def test_at_most_three_that_only_mention_the_words_are_listed_and_not_counted(publish, search):
    for number in range(5):
        publish(f"职工门诊第{number}问", LONG_TEXT)

    mentioned, about = search("假肢"), search("职工门诊")

    assert mentioned.count("<h3>") == 3
    assert "最相关的在前" not in mentioned
    assert about.count("<h3>") == 5
    assert "最相关的在前" in about


@pytest.mark.parametrize("asked", ["起付线", "起付标准", " drg "])
def test_a_term_of_the_glossary_is_explained_above_the_articles_that_mention_it(publish, search, asked):
    GlossaryTerm.objects.create(
        term="起付线", also="起付标准、DRG", slug="line", explanation="每年先由自己付满的那一段钱。"
    )
    page_keys.invalidate(page_keys.GLOSSARY)
    publish("门诊怎么报", f"<p>{'先看别的事。' * 40}起付线和起付标准和 DRG。</p>")

    page = search(asked)

    assert 'href="/glossary/#line"' in page
    assert "每年先由自己付满的那一段钱。" in page
    assert page.index("每年先由自己付满的那一段钱。") < page.index("门诊怎么报</a>")
    assert ADMISSION not in page
    assert not MissedSearch.objects.exists()
    assert "每年先由自己付满" not in search(f"{asked}多少")


@pytest.mark.parametrize("asked", ["门诊怎么报", "职工门诊", "先看起付线", "menzhen", "门枕怎么报"])
def test_what_an_article_is_about_is_no_miss(publish, search, asked):
    publish("职工门诊怎么报", LONG_TEXT)

    assert ADMISSION not in search(asked)
    assert not MissedSearch.objects.exists()


PREMIUMS = "2026 年居民医保交多少钱：北京、上海、重庆"


@pytest.mark.parametrize("asked", ["北京居民医保老人交多少钱", "重庆老人居民医保交多少钱"])
def test_a_sentence_of_words_in_any_order_is_no_miss(publish, search, asked):
    publish(PREMIUMS, "<p>老年人和孩子交得少，差额由财政补。</p>")
    for number in range(12):
        publish(f"第{number}问", f"<p>{'前面说的是别的事。' * 20}北京和重庆的居民医保，老人怎么办。</p>")

    page = search(asked)

    assert ADMISSION not in page
    assert not MissedSearch.objects.exists()


@pytest.mark.parametrize("asked", ["北京退休老人装假肢能报多少", "新冠疫苗"])
def test_a_sentence_about_something_else_is_a_miss(publish, search, asked):
    publish("职工门诊怎么报", LONG_TEXT)
    publish(PREMIUMS, f"<p>{'每年一次。' * 40}新冠治疗和疫苗另说。</p>")

    assert ADMISSION in search(asked)


def test_a_synonym_of_the_title_is_what_the_article_is_about(publish, search, synonym):
    publish("辅助生殖进了医保吗", "<p>按当地目录。</p>")
    synonym("试管婴儿", "辅助生殖")

    assert ADMISSION not in search("试管婴儿")


def test_a_common_meaning_ranks_as_a_rare_word_does(publish, titles):
    publish("居民医保交多少钱", "<p>每年一次。</p>")
    publish("职工和新农合的比例", "<p>新农合如今叫居民医保，多少钱另说。</p>")
    for number in range(5):
        publish(f"居民医保第{number}问", "<p>居民医保。</p>")
    Synonym.objects.create(word="新农合", meaning="居民医保")

    assert titles("新农合交多少钱")[0] == "居民医保交多少钱"


def test_an_empty_search_shows_what_people_ask(publish, client):
    publish("断缴一个月有没有影响")

    page = client.get("/search/").content.decode()

    assert "大家在问" in page
    assert "断缴一个月有没有影响" in page
