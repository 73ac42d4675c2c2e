from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from calculators.typed_questions.quantities import quantities_in
from calculators.typed_questions.sentence import MAX_SENTENCE, normalised_sentence

TODAY = date(2026, 11, 29)


def read(text, today=TODAY):
    return [(found.kind, found.value) for found in quantities_in(normalised_sentence(text), today)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("花了5000块", 5000),
        ("1.2万", 12000),
        ("两千五", 2500),
        ("八千能报多少", 8000),
        ("二百五", 250),
        ("９８００", 9800),
        ("一万二", 12000),
        ("六万五能报", 65000),
        ("十万块大病", 100000),
        ("2千能报", 2000),
        ("3000元", 3000),
        ("800 块", 800),
        ("￥3,500.50", "3500.5"),
        ("花了3万多", 30000),
        ("3万一共能报多少", 30000),
        ("两万三级医院", 20000),
        ("128块五能报多少", "128.5"),
        ("128块三级医院", 128),
        ("2w", 20000),
        ("花了3万5", 35000),
        ("-5000元", -5000),
        ("负三百块", -300),
        ("100000000000000块", 10**14),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, amount):
    assert read(text)[0] == ("money", Decimal(amount))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("交了12年半", 150),
        ("280个月", 280),
        ("断了两年", 24),
        ("停了四个月", 4),
        ("半年", 6),
        ("15年零3个月", 183),
        ("二十三年三个月", 279),
        ("二百八十个月", 280),
    ],
)
def test_a_duration_is_read_in_months(text, months):
    assert read(text) == [("duration", Decimal(months))]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("8月交到、11月续上", ["2026-08", "2026-11"]),
        ("3月到5月没交，6月续上", ["2026-03", "2026-06"]),
        ("2025年11月到2026年1月断的，3月恢复", ["2025-11", "2026-03"]),
        ("6月离职7月断缴9月入职", ["2026-06", "2026-07", "2026-09"]),
        ("2032年3月退休", ["2032-03"]),
        ("去年12月", ["2025-12"]),
        ("12月离职2月入职", ["2025-12", "2026-02"]),
        ("2025年11月停的，2月续", ["2025-11", "2026-02"]),
        ("十二月", ["2025-12"]),
        ("上个月停的下个月续", ["2026-10", "2026-12"]),
        ("2026-03", ["2026-03"]),
        ("明年1月", ["2027-01"]),
        ("11月29日", ["2026-11"]),
    ],
)
def test_a_month_without_a_year_is_the_latest_that_makes_sense_for_the_asked_day(text, months):
    assert [f"{value:%Y-%m}" for _, value in read(text)] == months


def test_the_asked_day_decides_the_year_of_a_month():
    assert read("8月交到", date(2026, 7, 31)) == [("month", date(2025, 8, 1))]
    assert read("8月交到", date(2026, 8, 1)) == [("month", date(2026, 8, 1))]


@pytest.mark.parametrize("text", ["2032年13月退休", "0月交到", "2026年00月"])
def test_a_month_that_does_not_exist_is_no_month_and_no_amount(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025到2030年", range(2025, 2031)),
        ("2025-2030", range(2025, 2031)),
        ("25年至27年", range(2025, 2028)),
        ("2025、2026年没报销", (2025, 2026)),
        ("2026年", (2026,)),
    ],
)
def test_years_are_read_with_those_between(text, years):
    assert read(text) == [("years", tuple(years))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("68岁", ("age", 68)),
        ("七十岁", ("age", 70)),
        ("我爸今年72退休", ("age", 72)),
        ("第二次住院", ("ordinal", 2)),
        ("首次住院", ("ordinal", 1)),
        ("去了3次", ("times", 3)),
        ("百分之七十", ("ratio", Decimal("0.7"))),
    ],
)
def test_ages_and_counts_are_read(text, found):
    assert read(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "两三万块",
        "1千到2千",
        "2-3万",
        "住了10天",
        "打12393",
        "13812345678",
        "三甲医院",
        "五险一金",
        "千万别",
        "70多岁",
        "快60了",
        "2026居民医保",
        "10^14",
        "公司有3个人",
        "地铁2号线",
    ],
)
def test_a_rough_number_and_what_counts_something_else_is_no_quantity(text):
    assert read(text) == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    sentence = normalised_sentence(text)
    found = quantities_in(sentence, TODAY)

    assert all(sentence[one.start : one.end] for one in found)


def test_a_sentence_is_cut_before_it_is_read():
    assert len(normalised_sentence("医保" * 500)) == MAX_SENTENCE


@pytest.mark.parametrize("text", ["门诊花了1,2000", "12,34567元"])
def test_an_amount_grouped_wrongly_is_no_quantity(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("门珍花了520能报消吗", "门诊花了520能报销吗"), ("医宝和医保", "医保和医保"), ("门诊", "门诊")]
)
def test_a_common_misspelling_is_mended_in_the_sentence(typed, meant):
    assert normalised_sentence(typed) == meant
