"""The pinyin table against pypinyin, from which `make pinyin` writes it: the same syllables in less memory."""

import pytest
from hypothesis import given, strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

from articles.import_export.demo import demo_texts
from articles.text import runs
from calculators.common.pinyin import read, syllables


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("重庆的重点", "chong qing de zhong dian"),
        ("银行行为", "yin hang xing wei"),
        ("举行业务", "ju xing ye wu"),
        ("调整与调动", "tiao zheng yu diao dong"),
        ("缴费率", "jiao fei lv"),
        ("〇级", "ling ji"),
    ],
)
def test_pinyin_of_a_character_depends_on_its_phrase(text, pinyin):
    assert syllables(text) == pinyin.split()


def test_what_has_no_pinyin_stays_as_it_is_between_syllables():
    assert read("做CT检查1.2次？") == ["zuo", "CT", "jian", "cha", "1.2", "ci", "？"]
    assert read("") == []


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_read_and_nothing_but_chinese_characters_becomes_pinyin(text):
    assert "".join(read(f"\U000f0000{text}")).startswith("\U000f0000")


def test_a_character_nobody_reads_has_no_syllable():
    assert syllables("医\u9ff0保") == ["yi", *lazy_pinyin("\u9ff0", errors="ignore"), "bao"]
    assert syllables("ア\U0003fffe") == []


def test_every_phrase_has_the_syllables_of_pypinyin():
    phrases = [phrase for phrase in PHRASES_DICT if RE_HANS.match(phrase)]
    differing = [phrase for phrase in phrases if syllables(phrase) != lazy_pinyin(phrase, errors="ignore")]

    assert len(phrases) > 40_000
    assert differing == [], "run `make pinyin`"


def test_every_character_has_the_syllable_of_pypinyin():
    differing = [chr(code) for code in PINYIN_DICT if syllables(chr(code)) != lazy_pinyin(chr(code), errors="ignore")]

    assert differing == [], "run `make pinyin`"


def test_the_shipped_articles_have_the_syllables_of_pypinyin():
    chinese = {run for _, text in demo_texts() for run in runs(text) if run[0] >= "\u3400"}
    differing = [run for run in chinese if syllables(run) != lazy_pinyin(run, errors="ignore")]

    assert len(chinese) > 2000
    assert differing == []


# At the end of a text that breaks off inside a phrase pypinyin reads each character alone; this one is in no phrase.
END = "\u4dae"


@given(st.lists(st.sampled_from(sorted(PHRASES_DICT)[::97])).map("".join))
def test_phrases_side_by_side_are_cut_as_pypinyin_cuts_them(text):
    assert [piece for piece in read(f"{text}{END}") if piece.isascii()] == lazy_pinyin(f"{text}{END}", errors="ignore")


def test_a_phrase_at_the_end_of_a_text_is_read_as_a_phrase():
    assert syllables("跑了和尚跑不了") == ["pao", "le", "he", "shang", "pao", "bu", "liao"]
