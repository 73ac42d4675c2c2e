from datetime import date
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from articles.figures.grammar import find
from articles.figures.references import pack, read, unpack
from articles.figures.rendering import Figures, plain, render
from articles.figures.resolving import problems

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_a_reference_becomes_the_value_in_force_with_its_source():
    rendered = render("<p>起付线是 〔职工门诊起付线·北京·在职〕。</p>", DAY)

    assert '<data class="figure" value="1800">' in rendered.html
    assert '<button type="button" popovertarget="figure-1">1,800 元</button>' in rendered.html
    assert "2023年1月1日起" in rendered.notes[0].source


def test_the_same_reference_shows_another_day_what_held_then():
    text = "〔职工门诊起付线·武汉·在职〕"

    assert plain(text, date(2023, 4, 9)) == "700 元"
    assert plain(text, date(2023, 4, 10)) == "0 元"


def test_a_reference_may_fix_its_own_day():
    assert plain("〔职工门诊起付线·武汉·在职·2023-03-01〕", DAY) == "700 元"


def test_each_reference_has_one_note_however_often_it_stands():
    rendered = render(
        "<p>〔职工门诊起付线·北京·在职〕和〔职工门诊起付线·北京·在职〕，〔职工门诊起付线·成都·退休〕</p>", DAY
    )

    assert [note.shown for note in rendered.notes] == ["1,800 元", "150 元"]
    assert rendered.html.count('popovertarget="figure-1"') == 2


def test_a_figure_with_the_words_of_another_says_to_screen_readers_which_one_it_is():
    rendered = render(
        "<p>〔职工门诊起付线·西安·在职〕、〔职工门诊起付线·西安·退休〕、〔职工门诊起付线·成都·退休〕</p>", DAY
    )
    alike = (
        '<button type="button" popovertarget="figure-2" aria-label="200 元：西安职工门诊起付线（退休）">200 元</button>'
    )

    assert '<button type="button" popovertarget="figure-1">200 元</button>' in rendered.html
    assert alike in rendered.html
    assert '<button type="button" popovertarget="figure-3">150 元</button>' in rendered.html


def test_an_unverified_figure_says_so_beside_the_number():
    html = render("<p>〔退休累计缴费年限·北京·男〕</p>", DAY).html

    assert '<small class="figure-caution">（待核实、起始日未核）</small>' in html


def test_bands_alone_in_a_paragraph_become_a_table():
    html = render("<p>〔职工门诊分段支付比例·北京·退休·三级·68岁〕</p>", DAY).html

    assert '<table class="bands">' in html
    assert '<th scope="col">基金累计支付额（元）</th><th scope="col">比例</th>' in html
    assert "<td>0–20,000</td><td>85%</td>" in html


def test_a_figure_that_has_lapsed_says_so_instead_of_the_old_number():
    html = render("<p>〔职工统筹基金限额·上海〕</p>", DAY).html

    assert "650,000" not in html
    assert "上海的职工统筹基金限额，2026年11月23日的标准本站还没有查到" in html


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("〔职工门诊起付线〕", "要写明参数和地区"),
        ("〔职工门诊起付线·火星·在职〕", "没有叫“火星”的地区"),
        ("〔职工门诊起付线·北京·离休〕", "没有“离休”这个条件"),
        ("〔职工门诊起付钱·北京·在职〕", "没有叫“职工门诊起付钱”的参数。是不是“职工门诊起付线”？"),
        ("〔职工门诊起付线·北京·2023-13-01〕", "没有 2023-13-01 这一天"),
    ],
)
def test_a_reference_without_a_figure_is_a_problem_in_words(text, sentence):
    assert sentence in problems(f"<p>{text}</p>", DAY)[0]


def test_a_text_whose_references_all_hold_has_no_problems():
    assert problems("<p>〔职工门诊起付线·北京·在职〕与〔职工门诊封顶线·北京〕</p>", DAY) == []


def test_references_are_found_once_each_in_order():
    assert find("〔甲·北京〕〔乙·北京〕〔甲·北京〕") == ["甲·北京", "乙·北京"]


def test_many_figures_of_many_places_take_three_queries(django_assert_num_queries):
    html = "".join(f"<p>〔职工门诊起付线·{place}·退休〕</p>" for place in ["北京", "成都", "武汉", "西安"])
    with django_assert_num_queries(3):
        render(html, DAY)


def test_references_read_before_cost_one_query_for_their_figures(django_assert_num_queries):
    html = "<p>〔职工门诊起付线·北京·退休〕〔职工门诊起付线·武汉·在职·2023-03-01〕〔不分段〕〔起付线·火星〕</p>"
    known = unpack(pack(read(find(html))), [html])

    with django_assert_num_queries(1):
        kept = Figures([html], DAY, known).render(html)
    assert kept == render(html, DAY)


def test_a_figure_alone_in_its_paragraph_may_come_from_a_document_with_a_year_in_its_number():
    html = render("<p>〔职工门诊起付线·上海·在职〕</p><p>见国办发〔2021〕14号。</p>", DAY).html

    assert "500 元" in html
    assert "国办发〔2021〕14号" in html


@pytest.mark.parametrize(("day", "said"), [(date(2023, 4, 9), True), (date(2023, 4, 10), False)])
def test_the_note_says_from_which_day_another_value_holds(day, said):
    notes = render("<p>〔职工门诊起付线·武汉·在职〕</p>", day).notes
    shown = render_to_string("articles/_figure_notes.html", {"notes": notes})

    assert ("将于 2023年4月10日起调整。" in shown) is said


def test_a_figure_of_a_past_day_is_not_said_to_change():
    assert render("<p>〔职工门诊起付线·武汉·在职·2023-03-01〕</p>", DAY).notes[0].changes_on is None


REFERENCE = "〔职工门诊起付线·北京·在职〕"
IN_ATTRIBUTES = {
    "alt": f'<p><img alt="起付线 {REFERENCE} 表" src="/media/pictures/a.webp"></p>',
    "title": f'<p><a href="/areas/" title="{REFERENCE}起">北京</a>和{REFERENCE}</p>',
    "link": f'<p><a href="/areas/">{REFERENCE}起</a>，{REFERENCE}</p>',
    "address": f'<p><a href="/search/?q={REFERENCE}">北京</a></p>',
    "caption": f'<figure><img alt="图" src="/media/pictures/a.webp"><figcaption>{REFERENCE}</figcaption></figure>',
}


class Elements(HTMLParser):
    """The elements of a text with their attributes, in order, and its words."""

    def __init__(self, html):
        super().__init__()
        self.found, self.words, self.open_links = [], "", 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        assert not (tag == "a" and self.open_links)
        self.open_links += tag == "a"

    def handle_endtag(self, tag):
        self.open_links -= tag == "a"

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("html", IN_ATTRIBUTES.values(), ids=IN_ATTRIBUTES)
def test_a_reference_in_an_attribute_or_a_link_breaks_no_element(html):
    before, after = Elements(html), Elements(render(html, DAY).html)

    kept = [(tag, attrs.keys()) for tag, attrs in before.found]
    own = [one for one in after.found if one[0] not in {"data", "small", "button"}]
    assert [(tag, attrs.keys()) for tag, attrs in own] == kept
    assert not {'"', "<", ">", "="} & set(after.words)


def test_a_description_says_the_plain_figure():
    assert 'alt="起付线 1,800 元 表"' in render(IN_ATTRIBUTES["alt"], DAY).html
    assert 'title="1,800 元起"' in render(IN_ATTRIBUTES["title"], DAY).html
    assert 'alt="（暂无数值）"' in render('<img alt="〔没有这个·北京〕">', DAY).html


def test_a_figure_inside_a_link_is_no_second_link_and_has_its_note():
    rendered = render('<p><a href="/areas/">〔职工门诊起付线·北京·在职〕</a></p>', DAY)

    assert (
        '<a href="/areas/"><data class="figure" value="1800">1,800 元</data><small class="figure-caution">（据转述）</small></a>'
        in rendered.html
    )
    assert [note.shown for note in rendered.notes] == ["1,800 元"]


def test_a_reference_in_an_address_is_refused_and_in_a_description_is_not():
    assert "写在了网址里" in "".join(problems(IN_ATTRIBUTES["address"], DAY))
    assert all(problems(html, DAY) == [] for name, html in IN_ATTRIBUTES.items() if name != "address")


@pytest.mark.parametrize(
    ("day", "replaced"),
    [
        (date(2026, 6, 30), "7,384 元"),
        (date(2026, 7, 1), "7,460 元"),
        (date(2027, 6, 30), "7,460 元"),
        (date(2027, 7, 1), ""),
    ],
)
def test_a_figure_that_changed_within_a_year_tells_what_it_replaced(day, replaced):
    [note] = render("<p>〔职工缴费基数下限·上海〕</p>", day).notes

    assert note.replaced == replaced


def test_a_figure_without_an_earlier_one_replaced_nothing():
    [note] = render("<p>〔居民医保个人缴费·北京·居民·劳动年龄内·2026-06-30〕</p>", date(2026, 6, 30)).notes

    assert note.replaced == ""


def test_a_restated_figure_and_a_confirmed_one_say_so():
    html = render("<p>〔职工门诊起付线·北京·在职〕</p>", DAY).html
    confirmed = render("<p>〔灵活就业等待期·上海·灵活就业〕</p>", DAY)

    assert '<small class="figure-caution">（据转述）</small>' in html
    assert "figure-caution" not in confirmed.html
    assert "已核实" in confirmed.notes[0].source
