from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from articles.text import (
    DICTIONARY,
    bigrams,
    excerpt,
    join_tags,
    normalise,
    plain_text,
    slug_from_title,
    split_tags,
    words,
)


def test_full_width_traditional_and_upper_case_fold_to_one_form():
    assert normalise("ＤＲＧ門診統籌") == "drg门诊统筹"


def test_terms_of_the_dictionary_stay_whole():
    assert words("丙类药品与门诊统筹的起付线") == ["丙类", "药品", "门诊统筹", "起付线"]


@pytest.mark.parametrize("term", DICTIONARY)
def test_each_dictionary_term_is_one_word(term):
    assert words(term) == [normalise(term)]


def test_the_dictionary_lists_no_term_twice():
    assert len(set(DICTIONARY)) == len(DICTIONARY)


def test_traditional_text_has_the_same_words_as_simplified():
    assert words("職工醫保門診起付線") == words("职工医保门诊起付线")


def test_words_drop_grammar_and_punctuation_but_keep_the_question():
    assert words("请问，异地就医是怎么报销的呢？") == ["异地就医", "怎么", "报销"]


def test_an_amount_and_a_latin_word_stay_whole():
    assert words("1,800元 COVID-19 C++") == ["1,800", "元", "covid-19", "c++"]


def test_several_threads_segment_with_one_segmenter():
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(words, ["门诊统筹的起付线" * 50] * 100))

    assert all(result == ["门诊统筹", "起付线"] * 50 for result in results)


def test_bigrams_cover_every_pair_within_a_phrase():
    assert bigrams("起付线") == ["起付", "付线"]


def test_bigrams_do_not_reach_across_punctuation():
    assert bigrams("医保，药") == ["医保", "药"]


def test_bigrams_keep_numbers_and_latin_words_whole():
    assert bigrams("按DRG付费1.2万") == ["按", "drg", "付费", "1.2", "万"]


def test_nothing_has_no_words():
    assert words("") == bigrams("？！ \n") == []


def test_each_block_is_a_line_and_inline_marks_leave_no_gap():
    html = "<h2>先说结论</h2><p>起付线<strong>1,800</strong>元<br>按年算</p><ul><li>门诊</li></ul>"

    assert plain_text(html) == "先说结论\n起付线1,800元\n按年算\n门诊"


def test_cells_of_a_row_are_one_line_apart_by_a_space():
    html = "<table><tr><th>地区</th><td>北京</td></tr><tr><td>成都</td></tr></table>"

    assert plain_text(html) == "地区 北京\n成都"


def test_entities_are_decoded_once():
    assert plain_text("<p>a&nbsp;&lt;b&gt; &amp;lt; 〔2021〕</p>") == "a <b> &lt; 〔2021〕"


def test_scripts_and_comments_are_not_text():
    assert plain_text("<p>医保<!-- 注 --><script>x()</script>码</p>") == "医保码"


def test_a_source_line_broken_inside_chinese_leaves_no_space():
    assert plain_text("<p>起付线\n按年算 DRG\npayment</p>") == "起付线按年算 DRG payment"


def test_a_less_than_sign_in_plain_text_survives():
    assert plain_text("血压<140为达标") == "血压<140为达标"


def test_a_short_text_is_its_own_excerpt():
    assert excerpt("<p>余额不清零。</p>", 10) == "余额不清零。"


def test_an_excerpt_ends_with_the_last_whole_sentence_that_fits():
    assert excerpt("余额不清零。可以结转使用。报销限额每年重算。", 14) == "余额不清零。可以结转使用。"


def test_an_excerpt_is_cut_with_an_ellipsis_where_no_sentence_fills_half():
    text = excerpt("对。" + "门诊费用按年度累计" * 4, 20)

    assert text.endswith("…")
    assert len(text) <= 20


def test_a_sentence_that_just_fits_is_kept():
    assert excerpt("一二三四。五六七", 5) == "一二三四。"
    assert excerpt("一二三四。五六七", 4) == "一二三…"


def test_an_excerpt_never_cuts_an_amount():
    text = "北京职工门诊一年的起付标准为1,800元，超过部分按比例支付"

    assert {excerpt(text, n) for n in range(16, 20)} == {"北京职工门诊一年的起付标准为…"}


def test_blocks_of_an_excerpt_are_joined_by_a_space():
    assert excerpt("<p>不清零</p><ul><li>跨年也不清零。</li></ul>") == "不清零 跨年也不清零。"


def test_an_excerpt_glues_no_heading_to_a_sentence():
    html = "<h2>先说结论</h2><p>不清零。</p><h3>谁来缴</h3><p>女职工由单位缴。</p>"

    assert excerpt(html) == "不清零。 女职工由单位缴。"


def test_an_excerpt_of_headings_alone_is_made_of_them():
    assert excerpt("<h2>先说结论</h2><p> </p>") == "先说结论"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("异地就医备案2026年新规", "yi-di-jiu-yi-bei-an-2026-nian-xin-gui"),
        ("重庆DRG付费：1.2万", "chong-qing-drg-fu-fei-1-2-wan"),
        ("綠色通道", "lv-se-tong-dao"),
        ("１２３９３热线", "12393-re-xian"),
        ("？！", ""),
    ],
)
def test_slug_spells_the_title_in_pinyin(title, slug):
    assert slug_from_title(title) == slug


def test_a_long_slug_ends_with_a_whole_syllable():
    assert slug_from_title("医保报销", max_length=10) == "yi-bao-bao"
    assert slug_from_title("医保报销", max_length=9) == "yi-bao"


def test_tags_split_on_chinese_and_latin_separators():
    assert split_tags("门诊，起付线、北京；a,b;c\r\n成都") == [
        "门诊",
        "起付线",
        "北京",
        "a",
        "b",
        "c",
        "成都",
    ]


def test_a_space_inside_a_tag_survives():
    assert split_tags(" Covid 19 、 门诊　共济 ") == ["Covid 19", "门诊 共济"]


def test_quotes_go_and_repeated_tags_are_kept_once_in_order():
    assert split_tags("“门诊”,\"医保\"，＂门诊＂、DRG、drg、'起付线'") == [
        "门诊",
        "医保",
        "DRG",
        "起付线",
    ]


def test_separators_alone_make_no_tags():
    assert split_tags("，、 ；\n") == split_tags("") == []


def test_joined_tags_split_into_the_same_names():
    names = ["门诊", "Covid 19", "起付线"]
    line = join_tags(SimpleNamespace(name=name) for name in names)

    assert line == "门诊、Covid 19、起付线"
    assert split_tags(line) == names
