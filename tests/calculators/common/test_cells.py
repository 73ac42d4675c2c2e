from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from calculators.common.cells import FORMULA_STARTS, cell_text, escape_formula, unescape_formula


@pytest.mark.parametrize(
    ("cell", "number_format", "text"),
    [
        (None, "General", ""),
        (1800, "#,##0", "1800"),
        (0.1, "General", "0.1"),
        (0.1 + 0.2, "General", "0.3"),
        (0.7, "0%", "70%"),
        (0.285, "0.00%", "28.5%"),
        (1, "0%", "100%"),
        (5, '0"%"', "5"),
        (True, "General", "TRUE"),
        (datetime(2027, 1, 1), "yyyy-mm-dd", "2027-01-01"),  # noqa: DTZ001 - as openpyxl gives it
        (datetime(2027, 1, 1, 9, 30), "General", "2027-01-01 09:30:00"),  # noqa: DTZ001
        (" 1800 ", "General", "1800"),
    ],
)
def test_a_cell_is_read_as_an_editor_sees_it(cell, number_format, text):
    assert cell_text(cell, number_format) == text


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_written_as_a_formula(text):
    assert escape_formula(text) == f"'{text}"
    assert cell_text(escape_formula(text)) == text


@given(st.text(alphabet=st.sampled_from(["'", *FORMULA_STARTS, "a"]), max_size=6))
def test_an_apostrophe_before_a_formula_comes_off_just_where_it_was_put(text):
    assert not escape_formula(text).startswith(FORMULA_STARTS)
    assert unescape_formula(escape_formula(text)) == text
