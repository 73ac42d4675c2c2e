"""The card at the top of the search page where somebody asks a calculator a question."""

import re
from datetime import date

import pytest
from django.utils import timezone

from articles.models import MissedSearch
from calculators.common import page_keys
from calculators.common.page_keys import content_outdated
from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(
    value for name, value in vars(page_keys).items() if name.isupper() and isinstance(value, str)
) - {
    page_keys.SITE  # kept in memory by every server
}
WHOLE = "北京退休68岁三级医院门诊花了5000能报多少"


@pytest.fixture(autouse=True)
def shipped_calculators(db, monkeypatch):
    for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml")):
        definition = from_toml(path.read_text(encoding="utf-8"))
        stored(definition).go_live(definition, timezone.now(), "")
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 11, 29))


@pytest.fixture
def card(client):
    def of(query):
        page = client.get("/search/", {"q": query}).content.decode()
        found = re.search(r'<(section|form) class="(?:question|notice)".*?</\1>', page, re.DOTALL)
        return re.sub(r"\s+", " ", found[0]) if found else ""

    return of


def text_of(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_a_whole_question_is_answered_with_its_working_and_sources(card):
    answer = card(WHOLE)

    assert "大约 1,870–2,933 元" in answer
    assert "按比例应支付：3,450 × 85% = 2,932.5 元" in answer
    assert "其中自费和乙类先付大约多少：约半成" in answer
    assert "按 2026年11月29日 的规定" in answer
    assert "/documents/" in answer


def test_one_condition_can_be_changed_with_all_answers_filled_in(card, client):
    address = re.search(r'href="([^"]+)"[^>]*>改一个条件', card(WHOLE))[1].replace("&amp;", "&")
    page = client.get(address).content.decode()

    assert "大约 1,870–2,933 元" in page
    assert 'value="68"' in page


def test_what_is_missing_is_asked_in_a_form_that_knows_the_rest(card, client):
    form = card("北京住院花了3万医保报多少")

    assert 'action="/calculators/inpatient/"' in form
    assert '<input type="hidden" name="eligible" value="30000">' in form
    assert 'name="hospital_level"' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    page = client.get("/calculators/inpatient/", hidden | {"hospital_level": "level3"}).content.decode()
    assert 'class="headline"' in page


def test_the_card_says_how_many_questions_are_open(card):
    assert "再答一个问题就能算" in card("北京在职门诊花3000报多少")
    assert "再答两个问题就能算" in card("北京门诊花3000报多少")


def test_one_open_choice_shows_the_sum_of_each_option_and_a_second_open_question_shows_none(card, client):
    rows = re.findall(
        r'<a href="([^"]+)" rel="nofollow">(\w+)</a></th><td class="number">([^<]+)',
        card("北京在职门诊花3000全部政策范围内报多少"),
    )

    assert len(rows) == 4
    assert rows[0][1] == "社区"
    for address, _, text in rows:
        page = client.get(address.replace("&amp;", "&")).content.decode()
        assert 'class="headline"' in page
        assert text in page
    assert "</table>" not in card("北京门诊花3000报多少")


def test_an_identity_that_nobody_said_is_asked_and_never_presumed(card):
    asked = card("北京三级医院门诊花了5000能报多少")

    assert 'name="person_type"' in asked
    assert "大约" not in text_of(asked)


def test_the_choice_of_place_and_identity_answers_what_the_words_leave_open(card, client):
    client.cookies["choice"] = "110000.in_service"

    assert "大约 1,190–2,065 元" in card("三级医院门诊花了5000能报多少")
    assert "用的是你选的" in card("三级医院门诊花了5000能报多少")
    assert "大约 1,870–2,933 元" in card(WHOLE)
    assert 'name="person_type"' in card("我爸三级医院门诊花了5000能报多少")


@pytest.mark.parametrize(
    ("person", "query", "calculator"),
    [
        ("resident", "门诊花3000报多少", "居民门诊报销"),
        ("resident", "看病花了300能报多少", "居民门诊报销"),
        ("resident", "住院花2万报多少", "住院报销和大病二次报销"),
        ("resident", "职工门诊花3000报多少", "职工门诊报销"),
        ("resident", "退休门诊花3000报多少", "职工门诊报销"),
        ("in_service", "门诊花3000报多少", "职工门诊报销"),
        ("in_service", "居民门诊花3000报多少", "居民门诊报销"),
        ("retired", "孩子门诊花3000报多少", "居民门诊报销"),
        ("flexible", "门诊花3000报多少", "职工门诊报销"),
        ("", "门诊花3000报多少", "职工门诊报销"),
    ],
)
def test_a_question_that_names_no_scheme_is_put_to_that_of_the_chosen_identity(person, query, calculator, card, client):
    client.cookies["choice"] = f"110000.{person}".rstrip(".")

    assert calculator in card(query)


def test_the_chosen_identity_is_that_of_the_form_and_not_asked_again(card, client):
    client.cookies["choice"] = "110000.resident"

    assert 'name="person_type" value="resident"' in card("门诊花3000报多少")
    assert 'value="resident"' in card("住院花2万报多少")
    assert "/calculators/resident_outpatient/" in card("住院3万门诊5千能报多少")


def test_a_chosen_place_without_values_is_said_not_to_be_there(card, client):
    client.cookies["choice"] = "430100.retired"

    assert "长沙还没有收录" in text_of(card("住院2万报多少"))
    assert "长沙" not in text_of(card(WHOLE))


def test_presets_that_decide_are_named_beside_the_answer(card):
    answer = text_of(card("北京退休70岁三级医院住院花了2万报多少"))

    assert "今年第几次住院按“1 次”算" in answer
    assert "今年第几次住院按" not in text_of(card("北京退休70岁三级医院第二次住院花了2万报多少"))


def test_a_place_without_values_is_said_not_to_be_there(card):
    answer = text_of(card("长沙住院2万报多少"))

    assert "长沙还没有收录" in answer
    assert "0731-12393" in answer
    assert 'href="/areas/430100/"' in card("长沙住院2万报多少")


def test_two_amounts_ask_which_is_meant(card):
    answer = card("北京住院3万门诊5千能报多少")

    assert "你问的是哪一样" in answer
    assert "eligible=30000" in answer
    assert "eligible=5000" in answer


def test_a_negative_amount_is_refused_at_its_field(card):
    answer = card("北京在职三级医院住院-5000元能报多少")

    assert "不能是负数" in answer
    assert 'value="-5000"' in answer


@pytest.mark.parametrize("query", ["医保断交三个月以上", "北京 门诊 起付线", "12393", "🤒", "<b>住院</b>", "' OR 1=1"])
def test_a_search_that_asks_no_calculator_has_no_card(card, query):
    assert 'class="question"' not in card(query) or query == "医保断交三个月以上"


def test_an_answered_question_is_no_missed_search(card):
    card(WHOLE)

    assert not MissedSearch.objects.exists()


def test_an_answered_question_does_not_say_that_nothing_was_found(client):
    assert "没有找到写着" not in client.get("/search/", {"q": WHOLE}).content.decode()
    assert "没有找到写着" in client.get("/search/", {"q": "长沙住院2万报多少"}).content.decode()


def test_markup_in_a_question_is_escaped(card):
    assert "<script>" not in card("<script>北京住院3万报多少</script>")


def test_a_question_asked_again_costs_no_query_for_its_form(client, monkeypatch, django_assert_num_queries):
    content_outdated.send(None, keys=EVERYTHING)
    monkeypatch.setattr(page_keys, "may_cache", lambda: True)
    client.get("/search/", {"q": WHOLE})

    with django_assert_num_queries(1):  # what is found; the area's values and their words are cached
        client.get("/search/", {"q": WHOLE})
    content_outdated.send(None, keys=EVERYTHING)
