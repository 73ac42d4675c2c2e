"""Order of search results by the visitor's place, or by the one that the query names."""

import pytest
from django.utils import timezone

from articles.search.engine.find import find
from articles.search.engine.place_order import PlaceOrder
from calculators.models import PoolingArea
from calculators.preferences import CHOICE_COOKIE_NAME

pytestmark = pytest.mark.django_db
BEIJING, KUNMING, GUANGXI, NANNING, CHANGSHA = "110000", "530100", "450000", "450100", "430100"
KUNMING_TITLE, BEIJING_TITLE, NATIONAL_TITLE = (
    "起付线起付线昆明起付线",
    "北京的起付线",
    "看病先过起付线，各地的起付线不同",
)


@pytest.fixture
def ordered(titles):
    """The titles found for a query by somebody who chose a place."""
    return lambda text, place="": titles(text, places=PlaceOrder.of(text, place))


@pytest.fixture
def articles(publish):
    """The one for 昆明 holds the word most often."""
    publish(KUNMING_TITLE, "<p>起付线，起付线，起付线。</p>", area=PoolingArea.objects.get(code=KUNMING))
    publish(BEIJING_TITLE, "<p>起付线一年一次。</p>", area=PoolingArea.objects.get(code=BEIJING))
    publish(NATIONAL_TITLE, "<p>先付的那一段叫起付线。</p>")


def test_without_a_place_results_stand_by_relevance_alone(articles, ordered):
    assert ordered("起付线")[0] == KUNMING_TITLE


def test_an_article_for_another_place_stands_behind_the_own_and_the_national_one(articles, ordered):
    assert ordered("起付线", BEIJING)[2:] == [KUNMING_TITLE]
    assert ordered("起付线", KUNMING)[0] == KUNMING_TITLE


def test_a_place_in_the_query_counts_more_than_the_chosen_one(articles, ordered):
    assert ordered("昆明起付线", BEIJING)[0] == KUNMING_TITLE
    assert ordered("长沙起付线", KUNMING)[0] == NATIONAL_TITLE


def test_an_article_for_the_province_is_one_for_its_city_and_the_other_way(publish, ordered):
    publish("广西的起付线，起付线", "<p>起付线。</p>", area=PoolingArea.objects.get(code=GUANGXI))
    publish("起付线在昆明", "<p>起付线，起付线。</p>", area=PoolingArea.objects.get(code=KUNMING))

    assert ordered("起付线", NANNING)[0] == "广西的起付线，起付线"
    publish("南宁起付线", "<p>一次。</p>", area=PoolingArea.objects.get(code=NANNING))
    assert ordered("起付线", GUANGXI)[2:] == ["起付线在昆明"]


def test_a_national_article_that_hardly_speaks_of_it_stays_behind(publish, ordered):
    publish("门诊统筹年度限额怎么算", "<p>门诊统筹年度限额怎么算。</p>", area=PoolingArea.objects.get(code=BEIJING))
    publish("昆明门诊统筹年度限额怎么算", "<p>门诊统筹年度限额怎么算。</p>", area=PoolingArea.objects.get(code=KUNMING))
    publish("搬家以后", "<p>带上门诊病历。怎么算都行。</p>")

    assert ordered("门诊统筹年度限额怎么算", BEIJING)[-1] == "搬家以后"


def test_whether_something_answers_does_not_depend_on_the_place(articles):
    at = timezone.now()

    assert find("起付线", at).answers is find("起付线", at, places=PlaceOrder.of("", BEIJING)).answers is True


def test_search_and_suggestions_follow_the_choice(articles, client):
    client.cookies[CHOICE_COOKIE_NAME] = BEIJING
    page = client.get("/search/", {"q": "起付线"}).context["listing"].object_list
    suggested = [one["text"] for one in client.get("/search/suggest/", {"q": "起付线"}).json()["suggestions"]]

    assert page[-1].article.title == KUNMING_TITLE
    assert next(text for text in suggested if text in {KUNMING_TITLE, BEIJING_TITLE, NATIONAL_TITLE}) != KUNMING_TITLE


def test_what_the_box_suggests_to_type_names_the_chosen_place(client, db):
    assert 'placeholder="比如：北京 门诊 起付线"' in client.get("/search/").content.decode()

    client.cookies[CHOICE_COOKIE_NAME] = f"{KUNMING}.retired"
    assert 'placeholder="比如：昆明 门诊 起付线"' in client.get("/search/").content.decode()
