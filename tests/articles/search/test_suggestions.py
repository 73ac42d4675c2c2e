import pytest

from articles.models import Article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["门诊", "menzhen", "门诊起", "MENZHEN"])
def test_titles_are_suggested_while_typing(client, publish, typed):
    publish("门诊起付线是多少")
    publish("门诊起付线草稿", status=Article.Status.DRAFT)

    suggested = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]

    assert [one["text"] for one in suggested] == ["门诊起付线是多少"]


@pytest.mark.parametrize("typed", ["", "门", "x" * 500, "\x00'\"", "a:b", 'a"b', "a\\b", "(a", "a|b", "ﬁ%00"])
def test_suggesting_takes_anything(client, typed):
    assert client.get("/search/suggest/", {"q": typed}).json() == {"suggestions": []}


@pytest.mark.parametrize("typed", ["b:CT", "CT|b", "b CT"])
def test_latin_words_of_a_title_are_suggested_whatever_signs_stand_between_them(client, publish, typed):
    publish("做CT检查B超怎么报")

    suggested = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]

    assert [one["text"] for one in suggested] == ["做CT检查B超怎么报"]


def test_the_first_hit_of_the_full_search_is_suggested(client, publish):
    publish("门槛费怎么算", "<p>起付线就是门槛费。</p>")
    publish("职工医保门诊起付线是多少元吗", "<p>起付线。</p>")

    suggested = client.get("/search/suggest/", {"q": "起付线多少"}).json()["suggestions"]

    assert suggested[0]["text"] == "职工医保门诊起付线是多少元吗"


def test_a_figure_is_suggested_with_its_place_and_for_whom(client):
    suggested = client.get("/search/suggest/", {"q": "北京退休门诊起付线"}).json()["suggestions"]

    assert any(one["text"].startswith("北京职工门诊起付线（") and "1,300 元" in one["text"] for one in suggested)
