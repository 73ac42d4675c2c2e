"""Canvas of the pictures that are passed on (social cards of articles, cards of results): colours, type, lines, the site's mark.

The typeface stands beside this module (.ci/font_subset), so that a picture looks the same on every machine; a character
outside GB 2312 and the shipped content is a box. Pillow is loaded with the first picture.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from calculators.colours import SHIPPED_ACCENT, WHITE, quiet_on
from calculators.common.lazy_module import LazyModule
from calculators.common.site_identity import SiteIdentity

Image, ImageDraw, ImageFont = LazyModule("PIL.Image"), LazyModule("PIL.ImageDraw"), LazyModule("PIL.ImageFont")
TYPEFACE = Path(__file__).with_name("fonts") / "NotoSansSC.otf"

SHIPPED_PALE = "#d3e6e2"
PNG_COLOURS = 32
LINE_HEIGHT = 1.4
NEVER_FIRST = "，。、：；！？）》”’…%"
MARK_PIXELS = 52


@cache
def font(size: float) -> Any:
    return ImageFont.truetype(TYPEFACE, size)


def break_lines(words: Iterable[str], size: float, room: float) -> list[str]:
    """Lines of at most `room` pixels: between words, and inside one only where it is longer than a line."""
    lines = [""]
    for word in words:
        for piece in [word] if font(size).getlength(word) <= room else word:
            fits = font(size).getlength(lines[-1] + piece) <= room
            if fits or piece in NEVER_FIRST:
                lines[-1] += piece
            else:
                lines.append(piece.lstrip())
    return lines


def break_evenly(words: Sequence[str], size: float, room: float) -> list[str]:
    """The same number of lines, as even as they can be."""
    lines = break_lines(words, size, room)
    while len(lines) > 1 and room > size and len(break_lines(words, size, room - size)) == len(lines):
        room -= size
        lines = break_lines(words, size, room)
    return lines


def ground_colour(site: SiteIdentity) -> str:
    """The site's accent, on which text is white."""
    return site.accent or SHIPPED_ACCENT


def quiet_colour(site: SiteIdentity) -> str:
    """Of the quieter text on that ground."""
    return quiet_on(site.accent) if site.accent else SHIPPED_PALE


def draw_mark(pen: Any, left: float, middle: float, site: SiteIdentity) -> None:
    """The site's mark in white on its colour, and its name."""
    ground = ground_colour(site)
    half = MARK_PIXELS / 2
    pen.rounded_rectangle((left, middle - half, left + MARK_PIXELS, middle + half), 11, WHITE)
    pen.rectangle((left + 11, middle - 5, left + 41, middle + 5), ground)
    pen.rectangle((left + 21, middle - 15, left + 31, middle + 15), ground)
    pen.text((left + 72, middle), site.name, WHITE, font(38), anchor="lm", stroke_width=0.6)


def encode_png(image: Any) -> bytes:
    """A PNG of few colours, which is a third of the size of one with all. 0.08 s; the smallest would be a tenth less and take 0.6."""
    buffer = BytesIO()
    image.quantize(PNG_COLOURS, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
