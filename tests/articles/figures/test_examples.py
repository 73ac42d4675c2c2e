"""〔算例·…〕: computed for the reader's day, said in a line, with its sources; and what happens when it cannot be."""

from datetime import date

import pytest

from articles.figures.grammar import find
from articles.figures.references import pack, read, unpack
from articles.figures.rendering import Figures, plain, render
from articles.figures.resolving import problems
from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, PolicyValue

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
EXAMPLE = "〔算例·职工门诊报销·北京·在职·社区·3000〕"
LINE = "3,000 − 1,800 = 1,200 元，× 90% = 报 1,080 元，自己付 1,920 元"


@pytest.fixture(autouse=True)
def live():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    return Calculator.objects.create(
        code=definition.code, name=definition.name, summary=definition.summary, live=to_dict(definition)
    )


def test_an_example_of_its_own_shows_its_working_its_sources_and_a_way_into_the_calculator():
    rendered = render(f"<p>{EXAMPLE}</p>", DAY)

    assert LINE in rendered.html
    assert "<details>" in rendered.html
    assert 'href="/calculators/employee_outpatient/?region=110000&amp;person_type=in_service' in rendered.html
    assert "1,800 元" in [note.shown for note in rendered.notes]
    assert all(f'popovertarget="{note.anchor}"' in rendered.html for note in rendered.notes)


def test_an_example_inside_a_sentence_leads_to_the_calculator():
    html = render(f"<p>比如：{EXAMPLE}。</p>", DAY).html

    assert f'">{LINE}</a></span>' in html
    assert "<details>" not in html


def test_an_example_inside_a_link_is_no_second_link():
    assert render(f'<p><a href="/areas/">{EXAMPLE}</a></p>', DAY).html.count("<a ") == 1


def test_an_example_is_its_line_in_plain_words():
    assert plain(f"例如{EXAMPLE}。", DAY) == f"例如{LINE}。"


def test_an_example_with_an_unverified_value_says_so():
    PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").update(status="recalled")

    assert '<small class="figure-caution">（待核实' in render(f"<p>{EXAMPLE}</p>", DAY).html


def test_an_example_names_a_worked_case_of_the_calculator():
    text = "〔算例·职工门诊报销·没到起付线，一分不报，起付线还差 300 元〕"

    assert plain(text, DAY) == "报 0 元，自己付 1,500 元"
    assert "as_of" not in render(f"<p>{text}</p>", DAY).html


def test_figures_of_other_parameters_beside_an_example_ask_it_nothing():
    """The page reads all its values at once, and others than the calculator's distinguish 居民 and 档次."""
    beside = "〔居民住院支付比例·成都·居民·三级·高档〕〔职工住院年龄加成·成都〕"
    example = "〔算例·职工门诊报销·成都·在职·统账结合·三级·1200〕"

    assert plain(example, DAY) in plain(example + beside, DAY)


def test_an_example_may_fix_its_own_day():
    assert "700" in plain("〔算例·职工门诊报销·武汉·在职·二级·1700·2023-04-09〕", DAY)


def test_a_value_has_one_note_though_an_example_asks_for_a_later_day_which_lies_beyond_its_review():
    text = "<p>一年〔职工门诊起付线·北京·在职〕。</p>"
    later = f"<p>{EXAMPLE[:-1]}·2027-11-20〕</p>"
    rendered = render(text + later, DAY)

    shown = [note.shown for note in rendered.notes]
    assert shown.count("1,800 元") == 1
    assert "所问的日子晚于复核日" in rendered.html
    assert "已过复核日" not in rendered.html
    assert "复核日" not in render(text + f"<p>{EXAMPLE}</p>", DAY).html
    assert "已过复核日" in render(text, date(2027, 7, 1)).html


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("〔算例·职工门诊报销〕", "要写明计算器、地区和各个回答"),
        ("〔算例·门诊报销·北京·在职·社区·3000〕", "没有叫“门诊报销”的计算器。是不是“职工门诊报销”？"),
        ("〔算例·职工门诊报销·火星·在职·社区·3000〕", "没有叫“火星”的地区"),
        ("〔算例·职工门诊报销·北京·在职·社区〕", "请填写"),
        ("〔算例·职工门诊报销·贵阳·在职·三级·3000〕", "没有叫“贵阳”的地区"),
    ],
)
def test_an_example_that_cannot_be_computed_is_a_problem_in_words(text, sentence):
    assert sentence in problems(text, DAY)[0]
    assert sentence.partition("。")[0] in render(f"<p>{text}</p>", DAY).html


def test_an_example_of_a_calculator_that_was_taken_down_is_a_problem(live):
    known = read(find(EXAMPLE))
    Calculator.objects.update(live=None)

    assert "已经下线" in Figures([EXAMPLE], DAY, known).render(EXAMPLE).html


def test_an_example_that_was_read_before_is_packed_and_unpacked():
    known = unpack(pack(read(find(EXAMPLE))), [EXAMPLE])

    assert Figures([EXAMPLE], DAY, known).render(EXAMPLE) == render(EXAMPLE, DAY)
