from decimal import Decimal

import pytest

from calculators.values.money import NotANumber, grouped, parse_number, percent, yuan
from calculators.values.rounding import to_fen


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("0.015", "0.02"), ("-0.005", "-0.01")],
)
def test_half_a_fen_is_rounded_up(exact, rounded):
    assert to_fen(Decimal(exact)) == Decimal(rounded)


@pytest.mark.parametrize(
    "typed", ["12000", "１２０００", "12,000", "1.2万", "１．２万", " 12000.00 元", "¥12,000", "12 000"]
)
def test_a_number_is_read_as_people_type_it(typed):
    assert parse_number(typed) == 12000


@pytest.mark.parametrize("typed", ["", "一千", "12..3", "1e5", "0x10", "NaN", "Infinity", "1.2万万", "--5"])
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(NotANumber, match="不是数字"):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["9" * 20, "9" * 20 + "万", "0." + "9" * 18])
def test_as_many_digits_as_can_be_reckoned_with_are_read(typed):
    assert round(parse_number(typed), 2) > 0


@pytest.mark.parametrize("typed", ["9" * 21, "9" * 30, "9" * 5000, "0." + "0" * 19, "0." + "0" * 300 + "1万"])
def test_a_number_of_more_digits_is_refused_in_words(typed):
    with pytest.raises(NotANumber, match="太长，请检查"):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["12,00", "1,2000", "1234,567", "1,23,456", "12，00", "1.5,000", "1,"])
def test_a_comma_that_could_be_a_decimal_point_is_refused(typed):
    with pytest.raises(NotANumber, match="逗号位置不对"):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["1,234,567.50", "1，234，567.5", "￥1,234,567.5元"])
def test_thousands_may_be_set_apart(typed):
    assert parse_number(typed) == Decimal("1234567.50")


def test_a_minus_sign_is_read_so_that_the_bounds_can_refuse_it():
    assert parse_number("－5") == -5


@pytest.mark.parametrize(
    ("number", "shown"), [("1800.000000", "1,800"), ("10478.40", "10,478.4"), ("0", "0"), ("1000000", "1,000,000")]
)
def test_needless_zeros_are_not_shown(number, shown):
    assert grouped(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1080", "1,080 元"), ("1080.5", "1,080.50 元"), ("1079.996", "1,080 元"), ("0.01", "0.01 元"), ("0", "0 元")],
)
def test_yuan_are_shown_to_the_fen_only_where_there_are_fen(amount, text):
    assert yuan(Decimal(amount)) == text


@pytest.mark.parametrize(("ratio", "shown"), [("0.70", "70%"), ("0.985", "98.5%"), ("1", "100%"), ("0", "0%")])
def test_a_ratio_is_shown_as_a_percentage(ratio, shown):
    assert percent(Decimal(ratio)) == shown
