"""Days and moments as people, Excel and site makers write them."""

from datetime import date, datetime

import pytest

from calculators.common.cells import read_day, read_moment

MOMENTS = {
    "2024-03-05": "2024-03-05T00:00:00",
    "2024/3/5": "2024-03-05T00:00:00",
    "2024/3/5 9:05": "2024-03-05T09:05:00",
    "2024/3/5 9:05:07": "2024-03-05T09:05:07",
    "2024/3/5 9:05 PM": "2024-03-05T21:05:00",
    "2024/3/5 12:05 AM": "2024-03-05T00:05:00",
    "2024.3.5": "2024-03-05T00:00:00",
    "2024年3月5日": "2024-03-05T00:00:00",
    "2024年3月5日 9:05": "2024-03-05T09:05:00",
    "2024年3月5日9时5分": "2024-03-05T09:05:00",
    "2024年3月5日 下午3点": "2024-03-05T15:00:00",
    "2024 年 3 月 5 日": None,
    "２０２４／３／５　９：０５": "2024-03-05T09:05:00",
    "20240305": "2024-03-05T00:00:00",
    "45356": "2024-03-05T00:00:00",
    "45356.378472": "2024-03-05T09:05:00",
    "2024-03-05 09:05:07 +0800": "2024-03-05T09:05:07+08:00",
    "2024-03-05T09:05:07+08:00": "2024-03-05T09:05:07+08:00",
    "2024-03-05T01:05:07Z": "2024-03-05T01:05:07+00:00",
    "2024-03-05T09:05:07.123": "2024-03-05T09:05:07",
    "2024/2/30": None,
    "2024/3/5 25:00": None,
    "3/5/2024": None,
    "昨天": None,
    "": None,
    "2024": None,
    "1800": None,
    "9" * 400: None,
}


def or_none(read, written):
    try:
        return read(written)
    except ValueError:
        return None


@pytest.mark.parametrize(("written", "moment"), MOMENTS.items())
def test_a_moment_is_read_as_it_is_written(written, moment):
    assert or_none(read_moment, written) == (moment and datetime.fromisoformat(moment))


@pytest.mark.parametrize("written", ["2027-02-28", "2027/2/28", "2027年2月28日", "2027/2/28 0:00", "46446"])
def test_a_day_is_read_however_it_is_written(written):
    assert read_day(written) == date(2027, 2, 28)


@pytest.mark.parametrize("written", ["2027/2/29", "2027/2/28 9:00", "28"])
def test_what_is_no_day_is_refused(written):
    assert or_none(read_day, written) is None
