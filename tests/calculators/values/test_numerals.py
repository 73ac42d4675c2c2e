import re
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from calculators.values.numerals import NUMBER, UnusableNumber, read_number_word
from calculators.values.spellings import chinese_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5000", 5000),
        ("12,000", 12000),
        ("1.2万", 12000),
        ("1万2", 12000),
        ("1万2千5", 12500),
        ("3千5", 3500),
        ("2w", 20000),
        ("5k", 5000),
        ("两千五", 2500),
        ("二百五", 250),
        ("八千", 8000),
        ("一万二", 12000),
        ("六万五", 65000),
        ("十万", 100000),
        ("十五万", 150000),
        ("一百二十万", 1200000),
        ("两万五千三", 25300),
        ("一千零五", 1005),
        ("三百零五", 305),
        ("一万零五百", 10500),
        ("二零三二", 2032),
        ("十二", 12),
        ("七十", 70),
        ("三百", 300),
        ("一亿两千万", 120000000),
        ("一亿零十万", 100100000),
        ("一千零十五", 1015),
        ("9" * 20, 99999999999999999999),
    ],
)
def test_a_number_word_is_read_as_it_is_spoken(text, number):
    assert re.fullmatch(NUMBER, text)
    assert read_number_word(text) == Decimal(number)


@given(st.integers(0, 10**9))
def test_every_chinese_number_is_read_back(number):
    spelled = chinese_number(number)

    assert re.fullmatch(NUMBER, spelled)
    assert read_number_word(spelled) == number


@pytest.mark.parametrize("text", ["两三万", "七八百", "三五千", "9" * 21, "九" * 30, "9亿亿亿", "9999999999999万亿亿"])
def test_a_rough_number_and_one_too_long_to_reckon_with_are_not_read(text):
    with pytest.raises(UnusableNumber):
        read_number_word(text)


@pytest.mark.parametrize("text", ["老百姓", "千万别", "万一", "百分"])
def test_words_with_a_unit_alone_hold_no_number(text):
    assert not [found for found in re.findall(NUMBER, text) if len(found) > 1]
