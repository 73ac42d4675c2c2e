"""Characters that XML or a database cannot carry, or nobody can see, in any text."""

import json
from xml.etree import ElementTree

import pytest
from django.apps import apps
from hypothesis import given, strategies as st

from calculators.common.characters import clean, clean_within, removed
from calculators.common.stored_text import APPS, KINDS, clean_before_save

TAKEN_OUT = [
    "\x00",
    "\x01",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x7f",
    "\x85",
    "\x9f",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0001ffff",
    "\u200b",
    "\xad",
    "\ufeff",
    "\u202e",
]
CARRIED = "门诊 1,800 元\t换行\n𠀀😀\u200d\ufe0f\ufffd"
any_text = st.text(st.characters(exclude_categories=()))


@given(any_text)
def test_a_cleaned_text_is_carried_by_xml_json_and_utf8_and_stays_clean(text):
    cleaned = clean(text)

    escaped = cleaned.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
    assert ElementTree.fromstring(f"<x>{escaped}</x>").text == (cleaned or None)  # noqa: S314 - our own
    assert json.loads(json.dumps(cleaned, ensure_ascii=False).encode()) == cleaned
    assert clean(cleaned) == cleaned
    assert bool(removed(text)) is (cleaned != text)


@pytest.mark.parametrize("character", TAKEN_OUT, ids=ascii)
def test_each_character_that_cannot_be_carried_is_told_with_what_stands_around_it(character):
    assert clean(f"门诊{character}报销").replace(" ", "") == "门诊报销"
    assert "门诊" in removed(f"门诊{character}报销")


def test_what_can_be_carried_stays():
    assert clean(CARRIED) == CARRIED
    assert removed(CARRIED) == ""


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("门诊\x0b报销", "门诊 报销"), ("一\n门诊\x0b报销", "一\n门诊\n报销"), ("一\r\x0c二", "一 二")],
)
def test_what_ended_a_line_elsewhere_still_divides_the_words(text, cleaned):
    assert clean(text) == cleaned


def test_texts_in_lists_and_mappings_are_cleaned_with_their_keys():
    assert clean_within({"a\x00": ["b\x01", {"c": ("d\x02", 3, None)}]}) == {"a": ["b", {"c": ("d", 3, None)}]}


def columns():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in APPS:
            yield from ((model, field) for field in model._meta.concrete_fields if isinstance(field, KINDS))


@pytest.mark.parametrize(
    ("model", "field"), list(columns()), ids=lambda one: getattr(one, "__name__", None) or one.attname
)
def test_every_text_column_of_every_model_is_cleaned_before_it_is_saved(model, field):
    row = model(**{field.attname: "门\x01诊"})
    clean_before_save(model, row)

    assert getattr(row, field.attname) == "门诊"
