from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from calculators.worksheet.then_and_now import compare_statements, encode_stamp, read_stamp

MOMENT = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)


@given(st.integers(min_value=0, max_value=2**33))
def test_a_stamp_reads_back_to_the_end_of_its_minute(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    read = read_stamp(encode_stamp(at))

    assert timedelta(0) < read - at <= timedelta(minutes=1)


@pytest.mark.parametrize("text", ["", "!", "2026-11-24", "zzzzzzzzz", "zzzzzzzz", "<script>", "Ａ"])
def test_what_is_no_stamp_is_nothing(text):
    assert read_stamp(text) is None


def test_nothing_and_nothing_do_not_differ():
    changes = compare_statements(None, None, MOMENT)

    assert (changes.outputs, changes.figures, changes.formulas) == ((), (), False)
