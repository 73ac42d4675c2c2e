"""A raised figure stays apart from the number before it, wherever the text is shown without markup, searched or compared."""

import pytest

from articles.text import excerpt, normalise, plain_text, runs
from articles.workflow import diff
from calculators.formulas.errors import FormulaError
from calculators.formulas.lexer import tokenize
from calculators.values.money import NotANumber, parse_number
from calculators.values.spellings import normalised

BODY = (
    "<p>起付线是 1,800<sup>1</sup> 元，一共 10<sup>4</sup> 人，H<sub>2</sub>O。</p>"
    "<h2>10<sup>4</sup> 人怎么报？</h2><p>甲。</p><h2>还有呢？</h2><p>10<sup>4</sup>。</p><h2>问谁？</h2><p>甲。</p><h2>几时？</h2><p>甲。</p>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>4</sup>", "10⁴"),
        ("1,800<sup>12</sup>", "1,800¹²"),
        ("1,800<sup>[1]</sup>", "1,800[1]"),
        ("1,800<sup>①</sup>", "1,800①"),
        ("1,800<sup>注 1</sup>", "1,800^注 1"),
        ("x<sub>max</sub>", "x_max"),
        ("H<sub>2</sub>O", "H₂O"),
        ("甲<sup></sup>", "甲"),
        ("甲<sup> </sup>乙", "甲 乙"),
    ],
)
def test_plain_text_spells_raised_and_lowered_words(html, text):
    assert plain_text(f"<p>{html}</p>") == text


def test_an_excerpt_is_not_cut_between_a_number_and_its_power():
    assert not excerpt("甲" * 86 + "10⁴ 元", 90).endswith("10…")


@pytest.mark.parametrize("text", ["10⁴", "10④", "1½", "１０⁴"])
def test_a_raised_sign_is_no_digit_of_the_number_before_it(text):
    assert runs(text)[0] == text[: 2 if "0" in text or "０" in text else 1].translate({0xFF11: "1", 0xFF10: "0"})
    assert "^" in normalised(text)
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize("formula", ["10² + 1", "10① + 1"])
def test_a_formula_refuses_a_raised_figure(formula):
    with pytest.raises(FormulaError):
        tokenize(formula)


def test_square_metres_and_chemistry_stay_one_word():
    assert (normalise("m²"), normalise("H₂O")) == ("m2", "h2o")


def test_versions_are_compared_with_their_raised_figures():
    assert diff.lines("<p>1,800<sup>1</sup> 元</p>") == ["1,800¹ 元"]


@pytest.mark.django_db
def test_the_page_of_an_article_keeps_raised_figures_everywhere(client, publish):
    page = client.get(publish(title="上标", body=BODY).get_absolute_url()).content.decode()

    assert "10<sup>4</sup>" in page
    assert '<meta name="description" content="起付线是 1,800¹ 元' in page
    assert '"name": "10⁴ 人怎么报？"' in page or '"name":"10⁴ 人怎么报？"' in page
    assert ">10⁴ 人怎么报？</a>" in page
    assert "104" not in page.replace("2104", "").split("<article", 1)[-1]


@pytest.mark.django_db
def test_search_finds_the_number_without_its_footnote_mark(client, publish):
    publish(title="上标", body=BODY)

    assert "上标" in client.get("/search/", {"q": "1,800"}).content.decode()
    assert "<mark>" not in client.get("/search/", {"q": "18001"}).content.decode()
    found = client.get("/search/", {"q": "起付线 人"}).content.decode()
    assert "1,800¹" in found or "1,800^1" in found
