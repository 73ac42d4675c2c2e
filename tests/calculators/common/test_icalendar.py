"""Calendar files: what RFC 5545 asks of lines, texts and all-day events."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from calculators.common.icalendar import CalendarEvent, calendar, escaped, folded

EVENT = CalendarEvent(
    "350000.enrolment.2026@example.org",
    date(2026, 12, 31),
    date(2025, 1, 1),
    "福建居民医保集中缴费最后一天",
    "到 2026年12月31日为止；错过以后，要等几个月\n依据：某文件",
    "https://example.org/areas/350000/",
)


def test_a_calendar_ends_every_line_with_crlf():
    written = calendar("福建医保的日子", [EVENT])

    assert written.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert written.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "\n" not in written.replace("\r\n", "")


def test_an_all_day_event_ends_on_the_day_after_and_keeps_its_uid():
    lines = calendar("福建", [EVENT]).split("\r\n")

    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20250101T000000Z"} <= set(lines)
    assert "UID:350000.enrolment.2026@example.org" in lines


@pytest.mark.parametrize(
    ("text", "written"),
    [("a,b;c", "a\\,b\\;c"), ("a\\b", "a\\\\b"), ("a\r\nb\nc", "a\\nb\\nc"), ("a\x00b\tc", "ab c")],
)
def test_a_calendar_text_escapes_what_separates_values(text, written):
    assert escaped(text) == written


@pytest.mark.parametrize(("length", "pieces"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_folded_behind_75_octets(length, pieces):
    assert len(folded("x" * length).split("\r\n")) == pieces


@given(st.text(min_size=80, max_size=200))
def test_folding_cuts_no_character_and_unfolds_to_the_same_line(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert folded(line).replace("\r\n ", "") == line
