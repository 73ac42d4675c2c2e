"""Canvas of pictures that are passed on: its typeface has every character that is shipped and every one of GB 2312."""

import pytest

from articles.import_export.demo import demo_texts
from calculators.common.canvas import font


def is_drawn(character):
    """Whether the typeface has it; what it lacks is the box that a private character is."""
    return bytes(font(20).getmask(character)) != bytes(font(20).getmask("\ue000"))


def test_the_typeface_has_every_character_of_the_shipped_articles():
    written = set("".join(text for _, text in demo_texts()))

    assert len(written) > 1000
    assert {one for one in written if one.isprintable() and not one.isspace() and not is_drawn(one)} == set()


@pytest.mark.parametrize("characters", ["啊齄骱亍鼯", "１２，。《》“”…—％℃①→", "ABCxyz09 ¥%"])
def test_the_typeface_reaches_to_the_ends_of_gb_2312(characters):
    assert all(is_drawn(character) for character in characters if character != " ")
    assert not is_drawn("㐂")  # which nobody has drawn: then this says nothing
