"""Calendar files after RFC 5545: all-day events, lines that end in CRLF and are folded at 75 octets. No Django.

    calendar("医保的日子", [CalendarEvent(uid="350000.enrolment.2026@yibao", day=date(2026, 12, 31), …)])

An all-day event has no time zone of its own; `X-WR-TIMEZONE` tells programs that ask for one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from calculators.common.characters import clean

MAX_LINE_OCTETS = 75
PRODUCT = "-//yibao_site//Deadlines//ZH-CN"  # of the program, whatever the site is called
DAYS_OF_WARNING = 7


@dataclass(frozen=True)
class CalendarEvent:
    """`uid` stays when the day is moved; `changed_on` is the day on which what it says was set."""

    uid: str
    day: date
    changed_on: date
    title: str
    text: str
    url: str


def calendar(name: str, events: Iterable[CalendarEvent]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Shanghai"]
    for event in events:
        lines += _event(event)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.changed_on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"DESCRIPTION:{escaped(event.text)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.title)}")
    yield from (f"TRIGGER:-P{DAYS_OF_WARNING}D", "END:VALARM", "END:VEVENT")


def escaped(text: str) -> str:
    """A text value: no control characters, and what separates values is written with a backslash."""
    one_line = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return one_line.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n").replace("\t", " ")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each but the first behind a space; no character is cut in two."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_LINE_OCTETS:
            pieces.append("")
            size = 1  # the space
        pieces[-1] += character
        size += octets
    return "\r\n ".join(pieces)
