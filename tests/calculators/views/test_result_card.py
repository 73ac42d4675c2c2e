"""A result passed on: the picture card with its QR code, and the paragraph for a chat. Nothing of it is stored."""

import html
import logging
import re
from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from PIL import Image

from calculators.views import result_card
from calculators.worksheet import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outpatient")]
OUTPATIENT = "/calculators/employee_outpatient/"
ANSWERS = {"region": "110000", "person_type": "in_service", "hospital_level": "community", "eligible": "3000"}
CARD = f"{OUTPATIENT}card.png"


@pytest.fixture(autouse=True)
def no_requests_before():
    cache.clear()


def paragraph(page):
    return html.unescape(re.search(r'<textarea id="share-text"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1])


def test_the_card_of_a_result_is_a_small_picture_that_no_cache_and_no_index_keeps(client):
    told = client.get(CARD, ANSWERS)

    assert told["Content-Type"] == "image/png"
    assert told["Cache-Control"] == "no-store"
    assert told["X-Robots-Tag"] == "noindex"
    assert Image.open(BytesIO(told.content)).width == 1080
    assert len(told.content) < 60_000


def test_the_card_says_the_sum_the_working_the_place_the_day_and_the_link(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(result_card, "draw_card", lambda shared: drawn.append(shared) or b"png")
    client.get(CARD, ANSWERS | {"as_of": "2026-11-29"})
    (shared,) = drawn
    query = parse_qs(urlsplit(shared.link).query)

    assert (shared.label, shared.answer, shared.place, shared.day) == ("能报销", "1,080 元", "北京", "2026年11月29日")
    assert shared.working == (
        "起付线以上费用：3,000 − 1,800 = 1,200 元",
        "按比例应支付：1,200 × 90% = 1,080 元",
    )
    assert shared.link.startswith(f"http://testserver{OUTPATIENT}?")
    assert {code: query[code] for code in ANSWERS} == {code: [text] for code, text in ANSWERS.items()}
    assert query["as_of"] == ["2026-11-29"]
    assert query["seen"]


def test_the_link_of_a_shared_result_pins_the_day_and_drops_what_nobody_asked(client):
    page = client.get(OUTPATIENT, ANSWERS | {"utm_source": "x", "prior_eligible_ytd": ""}).content.decode()
    query = parse_qs(urlsplit(paragraph(page).split("出处：")[1]).query, keep_blank_values=True)

    assert query.keys() == ANSWERS.keys() | {"as_of", "seen"}


def test_the_paragraph_for_a_chat_is_one_line_of_plain_chinese(client):
    told = paragraph(client.get(OUTPATIENT, ANSWERS | {"as_of": "2026-11-29"}).content.decode())

    assert told.startswith(
        "职工门诊报销（北京，按 2026年11月29日的规定）：能报销 1,080 元。怎么算的：3,000 − 1,800 = 1,200 元，"
    )
    assert "仅供参考，以参保地经办机构结算为准。每一步和出处：http://testserver/calculators/" in told
    assert "\n" not in told


def test_a_shared_span_names_what_comes_of_either_answer(client):
    told = paragraph(client.get(OUTPATIENT, ANSWERS | {"outside_share": "不知道"}).content.decode())

    assert "能报销 大约 270–945 元" in told
    assert "约半成：能报销 945 元；" in told
    assert "约三成：能报销 270 元" in told


@pytest.mark.parametrize("missing", ["", "region=110000", "region=110000&eligible=abc", "eligible=%00"])
def test_without_a_result_there_is_no_card_but_the_form(client, missing):
    told = client.get(f"{CARD}?{missing}")

    assert told.status_code == 302
    assert told["Location"].startswith(OUTPATIENT)
    assert told["Cache-Control"] == "no-store"
    assert 'id="share"' not in client.get(f"{OUTPATIENT}?{missing}").content.decode()


def test_a_card_of_no_calculator_is_not_found(client):
    assert client.get("/calculators/nothing/card.png").status_code == 404


def test_a_client_gets_a_few_cards_a_minute_and_a_sentence_after_them(client, monkeypatch):
    monkeypatch.setattr(result_card, "draw_card", lambda shared: b"png")
    told = [client.get(CARD, ANSWERS).status_code for _ in range(result_card.MAX_CARDS_PER_MINUTE + 1)]
    refused = client.get(CARD, ANSWERS)

    assert told == [200] * result_card.MAX_CARDS_PER_MINUTE + [429]
    assert "过一分钟" in refused.content.decode()
    assert refused["Retry-After"] == "60"


def test_a_card_leaves_nothing_behind(client, caplog, django_assert_max_num_queries, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with caplog.at_level(logging.DEBUG), django_assert_max_num_queries(12) as queries:
        client.get(CARD, ANSWERS | {"eligible": "34567"})

    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in queries.captured_queries)
    assert "34567" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_longest_answer_and_working_stay_on_the_card():
    class Longest:
        title, place, rules, label, link = (
            "职工医保" * 20,
            "内蒙古" * 10,
            "按 2026年11月30日的规定",
            "基金支付" * 20,
            "https://x/" + "1" * 2000,
        )
        answer = "当月缴的费管到哪个月" * 40
        working = ("起付线以上费用" * 20,) * 4
        evidence = "其中有据转述的数" * 20
        statement = Statement("", date(2026, 11, 30), (), {})

    picture = Image.open(BytesIO(result_card.draw_card(Longest())))

    assert picture.height < result_card.MAX_CARD_HEIGHT
    assert picture.convert("RGB").getpixel((5, picture.height - 5)) == picture.convert("RGB").getpixel((5, 200))
