from articles.pages.glossary import GLOSSARY, MOST_IN_A_TEXT, explain


def test_the_first_of_each_term_can_be_tapped():
    html, terms = explain("<p>起付线以上按比例，起付线以下自己付。</p>")

    assert html.count('popovertarget="term-deductible">起付线</button>') == 1
    assert [term.term for term in terms] == ["起付线"]


def test_another_word_for_the_same_has_the_same_explanation():
    html, terms = explain("<p>起付标准就是起付线。</p>")

    assert '<button type="button" class="term" popovertarget="term-deductible">起付标准</button>就是起付线' in html
    assert len(terms) == 1


def test_the_longest_word_is_meant():
    assert [term.term for term in explain("<p>待遇等待期</p>")[1]] == ["待遇等待期"]
    assert explain("<p>大病保险</p>")[1][0].slug == "catastrophic-insurance"


def test_links_headings_figures_and_tables_stay_as_they_are():
    html = (
        '<h2>起付线</h2><p><a href="/x/">起付线</a><data class="figure" value="1">起付线</data></p>'
        "<table><tr><td>起付线</td></tr></table>"
    )

    assert explain(html) == (html, [])


def test_after_a_link_words_are_explained_again():
    assert len(explain('<p><a href="/x/">起付线</a>和封顶线</p>')[1]) == 1


def test_words_in_attributes_are_no_words():
    html = '<p><img src="/x" alt="起付线"></p>'

    assert explain(html) == (html, [])


def test_a_text_is_not_strewn_with_buttons():
    html = "".join(f"<p>{term.term}</p>" for term in GLOSSARY)

    assert len(explain(html)[1]) == MOST_IN_A_TEXT


def test_every_term_has_an_address_of_its_own_and_a_short_explanation():
    words = [word for term in GLOSSARY for word in term.words]

    assert len({term.slug for term in GLOSSARY}) == len(GLOSSARY)
    assert len(set(words)) == len(words)
    assert all(10 <= len(term.text) <= 90 for term in GLOSSARY)
