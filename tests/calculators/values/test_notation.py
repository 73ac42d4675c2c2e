from decimal import Decimal

import pytest

from calculators.values.notation import CellValue, UnreadableCell, read_cell, write_cell


@pytest.mark.parametrize(
    ("cell", "shape", "stored"),
    [
        ("1800", "amount", "1800"),
        ("1.2万", "amount", "12000"),
        ("0", "amount", "0"),
        ("70%", "ratio", "0.7"),
        ("0.70", "ratio", "0.70"),
        ("98.5％", "ratio", "0.985"),
        ("3", "count", "3"),
        ("是", "boolean", "1"),
        ("否", "boolean", "0"),
    ],
)
def test_a_number_is_read_in_any_usual_spelling(cell, shape, stored):
    assert read_cell(cell, shape).number == Decimal(stored)


@pytest.mark.parametrize("shape", ["amount", "ratio", "text", "bands"])
def test_a_value_not_entered_yet_is_an_empty_cell(shape):
    assert write_cell(CellValue(), shape) == ""


def test_no_limit_and_the_end_are_kinds_of_their_own():
    assert read_cell("不设限额", "amount").kind == "unlimited"
    assert read_cell("停止执行", "amount").kind == "ended"


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        ("1800", "amount"),
        ("0.7", "ratio"),
        ("不设限额", "amount"),
        ("停止执行", "bands"),
        ("是", "boolean"),
        ("07-01", "date"),
        ("配偶、父母、子女", "text"),
        ("0-20000: 0.7; 20000-: 0.6", "bands"),
        ("起付线-30000: 0.85; 30000-40000: 0.9", "bands"),
        ("0-1000: 0.4~0.6; 1000-: 0.6~0.85", "bands"),
    ],
)
def test_what_is_written_reads_back_the_same(cell, shape):
    assert write_cell(read_cell(cell, shape), shape) == cell


@pytest.mark.parametrize(
    ("cell", "shape", "sentence"),
    [
        ("", "amount", "请填写数值"),
        ("很多", "amount", "不是数字"),
        ("大概", "boolean", "“是”或“否”"),
        ("两万以下七成", "bands", "不是一段"),
        ("0-100: 0.5; 200-: 0.6", "bands", "首尾相接"),
        ("0-: 0.5; 200-: 0.6", "bands", "首尾相接"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(cell, shape, sentence):
    with pytest.raises(UnreadableCell, match=sentence):
        read_cell(cell, shape)
