import pytest
from django.core.exceptions import ValidationError

from articles.models import GlossaryTerm

TEXT = "报销从哪里开始算，超过的部分才付。"

pytestmark = pytest.mark.django_db


@pytest.fixture
def deductible():
    return GlossaryTerm.objects.create(term="起付线", also="起付标准、门槛费", explanation=TEXT)


def said(**fields):
    """What full_clean says of a glossary term with these fields, in a dictionary of sentences."""
    term = GlossaryTerm(**{"term": "封顶线", "explanation": TEXT} | fields)
    try:
        term.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("fields", [{}, {"also": "最高支付限额、年度限额"}, {"term": "DRG 付费"}, {"term": "起付"}])
def test_a_glossary_term_without_a_fault(deductible, fields):
    assert said(**fields) == {}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"term": "起付标准"}, "term"),
        ({"also": "限额、门槛费"}, "also"),
        ({"also": "起付线"}, "also"),
    ],
)
def test_a_word_of_another_glossary_term_is_refused(deductible, fields, name):
    word = fields[name].split("、")[-1]

    assert said(**fields) == {name: [f"“{word}”已经在“起付线”那一条里：一个词只有一个解释。"]}


def test_letters_of_another_case_are_the_same_word():
    GlossaryTerm.objects.create(term="DRG", explanation=TEXT)

    assert "also" in said(also="drg")


def test_the_same_glossary_term_is_refused_with_the_term_named(deductible):
    assert "“起付线”已经在“起付线”那一条里：一个词只有一个解释。" in said(term="起付线")["term"]


def test_a_glossary_term_keeps_its_own_words(deductible):
    deductible.full_clean()

    assert deductible.words == ("起付线", "起付标准", "门槛费")


def test_other_words_are_stored_apart_and_once():
    term = GlossaryTerm(term="起付线", also="起付标准，门槛费；起付标准 ", explanation=TEXT)
    term.full_clean()

    assert term.also == "起付标准、门槛费"


def test_the_term_itself_is_no_other_word_for_it():
    assert said(also="最高限额、封顶线") == {"also": ["“封顶线”就是名词本身，不用再写。"]}


@pytest.mark.parametrize("word", ["<b>线</b>", "起付&线", "a\"b'", "〔职工门诊起付线〕", "……"])
def test_markup_and_references_are_no_words_of_a_glossary(word):
    assert said(term=word)["term"] == [f"“{word}”不能用：名词是纯文字，不能有引号、〔〕、<、> 和 &。"]


def test_a_word_of_one_character_is_refused():
    assert said(also="药")["also"] == ["“药”只有一个字，会标到别的词里：至少写两个字。"]


def test_another_word_that_is_too_long_is_refused():
    assert said(also="长" * 21)["also"] == [f"“{'长' * 21}”太长：最多 20 个字。"]


@pytest.mark.parametrize("text", ["先自己付，<b>超过</b>的部分才付。", "先自己付&nbsp;超过的部分才付。"])
def test_an_explanation_with_markup_is_refused(text):
    assert said(explanation=text) == {"explanation": ["解释是纯文字，不能用 HTML 标记。"]}


def test_an_explanation_may_compare():
    assert said(explanation="年龄 < 60 岁且缴费 > 20 年的人。") == {}


def test_an_explanation_with_a_reference_is_refused():
    sentences = said(explanation="一年〔职工门诊起付线·北京·在职〕。")["explanation"]

    assert sentences == ["解释里不能引用数值〔…〕：数值随地区和日期变，写在文章里。"]


@pytest.mark.parametrize("text", ["", "  ", "短"])
def test_an_empty_or_short_explanation_is_refused(text):
    assert len(said(explanation=text)["explanation"]) == 1


def test_words_that_are_part_of_another_are_told(deductible):
    part = GlossaryTerm(term="起付", explanation=TEXT)
    whole = GlossaryTerm(term="住院起付线", explanation=TEXT)

    assert part.overlaps() == [("起付", "起付线"), ("起付", "起付标准")]
    assert whole.overlaps() == [("起付线", "住院起付线")]
    assert GlossaryTerm(term="封顶线").overlaps() == []


def test_a_glossary_term_without_a_place_comes_last_and_is_spelt(deductible):
    same_sound = GlossaryTerm.objects.create(term="起付现", explanation=TEXT)
    symbols = GlossaryTerm.objects.create(term="①②", explanation=TEXT)

    assert list(GlossaryTerm.objects.all()) == [deductible, same_sound, symbols]
    assert [term.order for term in (deductible, same_sound, symbols)] == [0, 1, 2]
    assert (deductible.slug, same_sound.slug) == ("qi-fu-xian", "qi-fu-xian-2")
    assert symbols.slug
