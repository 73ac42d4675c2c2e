"""Accent colours: contrast by WCAG 2.2, and the light and dark palettes of the visitors' pages made from one accent.

`palette_sheet("#0a5c55")` is a style sheet of custom properties; its text always has a contrast of 4.5 or more on the
grounds of `site.css`, in light because `contrast_problem` refuses a paler accent, in dark because the accent is made paler.
"""

import re

HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")
SHIPPED_ACCENT = "#0a5c55"  # --accent of site.css
MIN_TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, level AA
DARK_ACCENT_CONTRAST = 7.0  # pale enough to be read at night
WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUNDS = (WHITE, "#fcfbf8", "#f2f0e9")  # white, --paper and --wash of site.css
DARK_PAPER, DARK_WASH, DARK_INK = "#141917", "#1e2522", "#e3e7e4"
STEPS = tuple(step / 50 for step in range(51))


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    shares = [level / 255 for level in channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of the other colour in this one."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def accent_wash(accent: str) -> str:
    return mixed(accent, WHITE, 0.91)


def lowest_contrast(accent: str) -> float:
    """Of the accent as text on the light grounds, its own wash among them."""
    return min(contrast(accent, ground) for ground in (*LIGHT_GROUNDS, accent_wash(accent)))


def contrast_problem(accent: str) -> str:
    """A Chinese sentence if text in this colour is too pale on the light grounds; it names a darker shade that is not."""
    if lowest_contrast(accent) >= MIN_TEXT_CONTRAST:
        return ""
    darker = next(shade for s in STEPS if lowest_contrast(shade := mixed(accent, BLACK, s)) >= MIN_TEXT_CONTRAST)
    return (
        f"{accent} 太浅：在白底上的对比度是 {contrast(accent, WHITE):.1f}，在浅底上只有 {lowest_contrast(accent):.1f}，"
        f"链接和按钮的字要有 {MIN_TEXT_CONTRAST}（WCAG AA）才看得清。同一色调里够深的是 {darker}。"
    )


def dark_accent(accent: str) -> str:
    """The accent as text on dark grounds: with as much white as the contrast needs."""
    return _towards(WHITE, accent, DARK_ACCENT_CONTRAST, (DARK_PAPER, DARK_WASH, _dark_wash(accent)))


def _dark_wash(accent: str) -> str:
    return mixed(accent, DARK_PAPER, 0.65 + 0.15 * luminance(accent))


def _towards(end: str, colour: str, least: float, grounds: tuple[str, ...]) -> str:
    """The colour, mixed with as little of `end` as gives it this contrast with all grounds; `end` where nothing does."""
    shades = (mixed(colour, end, share) for share in STEPS)
    return next((shade for shade in shades if min(contrast(shade, g) for g in grounds) >= least), end)


def quiet_on(band: str, ink: str = WHITE) -> str:
    """A quieter shade of the text on a band."""
    return _towards(ink, mixed(band, ink, 0.7), MIN_TEXT_CONTRAST, (band,))


def light_palette(accent: str) -> dict[str, str]:
    return {
        "accent": accent,
        "accent-wash": accent_wash(accent),
        "accent-line": mixed(accent, WHITE, 0.75),
        "fund": accent,
        "band": accent,
        "band-quiet": quiet_on(accent),
        "band-button": mixed(accent, BLACK, 0.45),
    }


def dark_palette(accent: str) -> dict[str, str]:
    pale, wash = dark_accent(accent), _dark_wash(accent)
    return {
        "accent": pale,
        "accent-wash": wash,
        "accent-line": mixed(wash, pale, 0.25),
        "on-accent": mixed(accent, BLACK, 0.85),
        "fund": mixed(pale, DARK_PAPER, 0.2),
        "band": wash,
        "band-quiet": quiet_on(wash, DARK_INK),
        "band-button": _towards(BLACK, accent, MIN_TEXT_CONTRAST, (DARK_INK,)),
    }


def palette_sheet(accent: str) -> str:
    """On screens only: what is printed stays black."""
    light, dark = (
        ";".join(f"--{name}:{colour}" for name, colour in palette.items())
        for palette in (light_palette(accent), dark_palette(accent))
    )
    return f"@media screen{{:root{{{light}}}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
