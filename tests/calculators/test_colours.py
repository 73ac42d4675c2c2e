"""Accent colours: what is too pale is refused with a darker shade, and every palette that is left can be read."""

import colorsys

import pytest

from calculators import colours

HUES = [f"#{round(r * 255):02x}{round(g * 255):02x}{round(b * 255):02x}" for r, g, b in (
    colorsys.hls_to_rgb(hue / 24, light / 10, saturation) for hue in range(24) for light in (1, 2, 3, 4, 5) for saturation in (0.2, 0.6, 1)
)]  # fmt: skip
READABLE = [accent for accent in HUES if not colours.contrast_problem(accent)]


def test_contrast_is_that_of_wcag():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("accent", "is_refused"), [("#6b6b6b", False), ("#707070", True), ("#ffcc00", True)])
def test_an_accent_is_refused_where_text_in_it_is_below_aa_on_the_darkest_light_ground(accent, is_refused):
    assert (colours.lowest_contrast(accent) < 4.5) == is_refused == bool(colours.contrast_problem(accent))


@pytest.mark.parametrize("accent", ["#ffcc00", "#ff0000", "#ffffff", "#33cc99"])
def test_the_darker_shade_that_a_refusal_names_is_accepted(accent):
    shade = colours.contrast_problem(accent).removesuffix("。")[-7:]

    assert colours.contrast_problem(shade) == ""


def test_every_accepted_accent_gives_a_light_and_a_dark_palette_that_can_be_read():
    assert len(READABLE) > 100
    for accent in READABLE:
        light, dark = colours.light_palette(accent), colours.dark_palette(accent)
        pairs = [(light["accent"], ground) for ground in (*colours.LIGHT_GROUNDS, light["accent-wash"])]
        pairs += [(dark["accent"], ground) for ground in (colours.DARK_PAPER, colours.DARK_WASH, dark["accent-wash"])]
        pairs += [(text, light["band"]) for text in (colours.WHITE, light["band-quiet"])]
        pairs += [(text, dark["band"]) for text in (colours.DARK_INK, dark["band-quiet"])]
        pairs += [(colours.WHITE, light["band-button"]), (colours.DARK_INK, dark["band-button"])]
        pairs += [(dark["on-accent"], dark["accent"])]

        assert [pair for pair in pairs if colours.contrast(*pair) < 4.5] == [], accent


def test_the_palette_sheet_colours_screens_and_not_paper():
    sheet = colours.palette_sheet("#7a2a9e")

    assert sheet.startswith("@media screen{:root{--accent:#7a2a9e;")
    assert sheet.count("{") == sheet.count("}")
