"""The office wears the colours of the visitors' site, in the light and in the dark."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "yibao_site" / "static" / "site"
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]+);")
LIGHT, DARK = r":root[^{]*\{(?P<tokens>.*?)\}", r"prefers-color-scheme: dark\) \{\s*:root \{(?P<tokens>.*?)\}"
OWN = {"error-wash"}  # messages of the office; the public site has none


def tokens(file, block):
    text = (STATIC / file).read_text(encoding="utf-8")
    return dict(TOKEN.findall(re.search(block, text, re.DOTALL)["tokens"]))


@pytest.mark.parametrize("block", [LIGHT, DARK])
def test_the_colours_of_the_office_are_those_of_the_public_site(block):
    public, office = tokens("site.css", block), tokens("office_colours.css", block)

    assert office
    assert {name: colour for name, colour in office.items() if name not in OWN} == {
        name: public[name] for name in office if name not in OWN
    }


def test_the_dark_switch_has_the_colours_of_a_dark_system():
    assert tokens("office_colours.css", r'html\[data-theme="dark"\] \{(?P<tokens>.*?)\}') == tokens(
        "office_colours.css", DARK
    )
