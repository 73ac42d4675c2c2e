import numpy as np
import pytest

from articles.similarity.profile import Profile, Terms, profile_of
from articles.similarity.questions import is_question, kinds, topic
from articles.similarity.term_numbers import number

BODY = "北京职工医保门诊起付线按年度累计，超过以后按比例支付。"


def test_a_stored_profile_reads_back_the_same():
    profile = profile_of("起付线是多少？", BODY, ["北京", "门诊"])

    again = Profile.from_bytes(profile.to_bytes())

    assert again.question is True
    for before, after in zip(profile.fields, again.fields, strict=True):
        assert np.array_equal(before.ids, after.ids)
        assert np.array_equal(before.counts, after.counts)


def test_an_empty_text_has_a_profile_too():
    assert Profile.from_bytes(profile_of("", "").to_bytes()).untitled


def test_terms_are_counted_and_ascend():
    terms = Terms.of(["门诊", "住院", "门诊"])

    assert sorted(terms.counts) == [1, 2]
    assert list(terms.ids) == sorted(terms.ids)


def test_a_term_said_very_often_is_counted_up_to_a_limit():
    assert Terms.of(["医保"] * 70_000).counts.tolist() == [65_535]


def test_traditional_and_simplified_texts_have_one_profile():
    assert profile_of("門診報銷", "起付線").to_bytes() == profile_of("门诊报销", "起付线").to_bytes()


def test_a_title_that_is_the_beginning_of_the_text_says_nothing():
    assert profile_of("北京职工医保，门诊", BODY).untitled


def test_a_question_that_the_text_repeats_is_still_a_title():
    assert not profile_of("北京职工医保门诊起付线是多少", "北京职工医保门诊起付线是多少？" + BODY).untitled


@pytest.mark.parametrize("title", ["医保卡余额会清零吗", "起付线怎么算", "异地就医备案要多久？", "医保中心电话是哪个"])
def test_a_question_is_known_by_its_words(title):
    assert is_question(title)


@pytest.mark.parametrize("title", ["个人账户共济清单", "总则", "异地就医备案新规"])
def test_a_label_is_no_question(title):
    assert not is_question(title)


def test_two_wordings_ask_the_same_kind_of_question():
    assert kinds("住院能不能报销") == kinds("住院可以报销吗")


def test_what_a_title_is_about_is_left_when_its_question_is_taken_out():
    assert topic("请问异地就医怎么办理？") == set("异地就医理")
    assert topic("起付线是什么意思") == set("起付线")


def test_the_meaning_of_a_title_is_kept_where_there_is_one():
    plain, meant = profile_of("起付线是多少？", BODY), profile_of("起付线是多少？", BODY, meaning=np.array([0.6, 0.8]))

    assert Profile.from_bytes(plain.to_bytes()).meaning is None
    assert Profile.from_bytes(meant.to_bytes()).meaning == pytest.approx([0.6, 0.8], abs=1e-3)


@pytest.mark.parametrize(
    ("title", "names", "contact"),
    [
        ("成都市医保局电话是多少", ["成都"], True),
        ("北京医保在上海能用吗", ["北京", "上海"], False),
        ("全国医保热线", [], True),
        ("起付线是多少", [], False),
    ],
)
def test_a_profile_knows_the_places_its_title_names_and_whether_it_gives_their_number(title, names, contact):
    profile = profile_of(title, BODY)

    assert set(profile.places.ids.tolist()) == {number(name) for name in names}
    assert Profile.from_bytes(profile.to_bytes()).contact is contact
