"""Correction of spelling: whole words only, and none that is right."""

import pytest

from articles.search.engine.query import understand
from articles.search.spelling import meant

TITLES = [
    "职工医保跟农村合作医疗报销比例",
    "医保为啥医院查不到",
    "断缴医保吗",
    "异地就医怎么备案",
    "退休年限不够怎么补",
]


@pytest.mark.parametrize(
    "typed",
    [
        "医疗保险",
        "医疗保险断缴",
        "农村医疗保险",
        "城乡居民医疗保险停交多久失效",
        "职工医疗保险门诊",
        "医保码",
        "医保吗",
        "2026居民医保缴费",
    ],
)
def test_a_word_of_the_dictionary_is_never_corrected(typed):
    assert meant(understand(typed, ()), TITLES) == ""


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("医宝断缴", "医保断缴"),
        ("异地旧医", "异地就医"),
        ("退修年限", "退休年限"),
        ("抱销比例", "报销比例"),
        ("生育津帖", "生育津贴"),
    ],
)
def test_a_misspelt_word_becomes_a_whole_word_of_a_title_or_the_dictionary(typed, corrected):
    assert meant(understand(typed, ()), TITLES) == corrected


def test_pinyin_is_spelt_out_as_whole_words_only():
    assert meant(understand("jiuyi", ()), TITLES) == "就医"
    assert meant(understand("diliao", ()), ["异地疗养"]) == ""


@pytest.mark.parametrize(("typed", "corrected"), [("qifuxian", "起付线"), ("起富线", "起付线"), ("医疗保险", "")])
def test_a_word_of_the_dictionary_is_meant_where_nothing_was_found(typed, corrected):
    assert meant(understand(typed, ()), []) == corrected


def test_what_an_article_says_is_no_mistake():
    assert meant(understand("生育津帖", ()), TITLES, ["这里说的生育津帖是旧写法"]) == ""
