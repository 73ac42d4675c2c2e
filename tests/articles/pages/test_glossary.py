import tomllib

import pytest

from articles.import_export.demo import DEMO
from articles.models import GlossaryTerm
from articles.pages.glossary import MAX_TERMS_IN_A_TEXT, Glossary, GlossaryEntry, explain
from articles.text import split_tags
from tests.articles.factories import shows

SHIPPED = tomllib.loads((DEMO / "glossary.toml").read_text(encoding="utf-8"))["term"]
GLOSSARY = Glossary(
    GlossaryEntry(row["term"], row["slug"], row["explanation"], tuple(split_tags(row.get("also", ""))))
    for row in SHIPPED
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def deductible():
    return GlossaryTerm.objects.create(
        term="起付线", also="起付标准", slug="deductible", explanation="报销从哪里开始算。"
    )


def test_the_first_of_each_term_can_be_tapped():
    html, terms = GLOSSARY.explain("<p>起付线以上按比例，起付线以下自己付。</p>")

    assert html.count('popovertarget="term-deductible">起付线</button>') == 1
    assert [term.term for term in terms] == ["起付线"]


def test_another_word_for_the_same_has_the_same_explanation():
    html, terms = GLOSSARY.explain("<p>起付标准就是起付线。</p>")

    assert '<button type="button" class="term" popovertarget="term-deductible">起付标准</button>就是起付线' in html
    assert len(terms) == 1


def test_the_longest_word_is_meant():
    assert [term.term for term in GLOSSARY.explain("<p>待遇等待期</p>")[1]] == ["待遇等待期"]
    assert GLOSSARY.explain("<p>大病保险</p>")[1][0].slug == "catastrophic-insurance"


def test_a_term_that_is_part_of_another_is_marked_where_it_stands_alone():
    parts = Glossary(
        [
            GlossaryEntry("统筹", "pool", "…"),
            GlossaryEntry("统筹基金", "fund", "…"),
            GlossaryEntry("门诊统筹", "outpatient", "…"),
        ]
    )

    assert [term.slug for term in parts.explain("<p>门诊统筹由统筹基金付，统筹到市。</p>")[1]] == [
        "outpatient",
        "fund",
        "pool",
    ]


def test_a_word_of_two_terms_is_the_first_ones():
    assert (
        Glossary([GlossaryEntry("甲", "a", "…", ("乙",)), GlossaryEntry("乙", "b", "…")]).explain("乙")[1][0].slug
        == "a"
    )


def test_a_text_without_a_glossary_stays_as_it_is():
    assert Glossary().explain("<p>起付线</p>") == ("<p>起付线</p>", [])


def test_a_term_is_found_as_it_is_written_and_is_no_pattern():
    assert Glossary([GlossaryEntry("药.店", "shop", "…")]).explain("<p>药品店</p>")[1] == []


def test_links_headings_figures_and_tables_stay_as_they_are():
    html = (
        '<h2>起付线</h2><p><a href="/x/">起付线</a><data class="figure" value="1">起付线</data></p>'
        "<table><tr><td>起付线</td></tr></table>"
    )

    assert GLOSSARY.explain(html) == (html, [])


def test_after_a_link_words_are_explained_again():
    assert len(GLOSSARY.explain('<p><a href="/x/">起付线</a>和封顶线</p>')[1]) == 1


def test_words_in_attributes_are_no_words():
    html = '<p><img src="/x" alt="起付线"></p>'

    assert GLOSSARY.explain(html) == (html, [])


def test_a_text_is_not_strewn_with_buttons():
    html = "".join(f"<p>{term.term}</p>" for term in GLOSSARY.terms)

    assert len(GLOSSARY.explain(html)[1]) == MAX_TERMS_IN_A_TEXT


def test_the_glossary_is_the_editors_and_read_in_one_query(deductible, django_assert_num_queries):
    GlossaryTerm.objects.create(term="封顶线", explanation="一个年度里最多付多少。", order=0)

    with django_assert_num_queries(1):
        terms = explain("<p>起付标准和封顶线</p>")[1]

    assert terms == [
        GlossaryEntry("起付线", "deductible", "报销从哪里开始算。", ("起付标准",)),
        GlossaryEntry("封顶线", "feng-ding-xian", "一个年度里最多付多少。"),
    ]


def test_a_changed_explanation_shows_on_the_glossary_page_and_in_articles(client, publish, deductible):
    article = publish(body="<p>起付线是多少？</p>").get_absolute_url()
    deductible.explanation = "改过的解释 & <b>。"
    deductible.save()

    for address in (article, "/glossary/"):
        assert shows(client, address, "改过的解释 &amp; &lt;b&gt;。")


def test_a_deleted_term_is_marked_nowhere(client, publish, deductible):
    article = publish(body="<p>起付线是多少？</p>").get_absolute_url()
    assert shows(client, article, 'popovertarget="term-deductible"')
    deductible.delete()

    assert not shows(client, article, "popovertarget")
    assert shows(client, "/glossary/", "还没有写名词解释。")


def test_the_glossary_page_shows_other_words_and_an_anchor(client, deductible):
    assert shows(client, "/glossary/", '<div id="deductible">')
    assert shows(client, "/glossary/", "（也叫起付标准）")
