"""编辑规范 on sentences: registers, examples without a number, steps without a way in, summaries of the past."""

from datetime import date

import pytest

from articles.figures.resolving import resolve
from articles.import_export.demo import demo_texts
from articles.workflow.style_sentences import (
    example_hints,
    misconception_hints,
    register_hints,
    step_hints,
    summary_hints,
    undated,
)

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不设个人账户（本站登记「设个人账户」：〔居民医保设个人账户·全国·居民〕）。", "登记表"),
        ("起始日登记为〔医保年度起始日·上海〕。", "登记表"),
        ("本站没有查到。这里本站也没有。", "最多 1 次"),
    ],
)
def test_a_sentence_like_a_register_is_named(text, said):
    assert said in "".join(register_hints(text))


@pytest.mark.parametrize(
    "text", ["单位没有替你办参保登记。", "本站没有查到。", "不设个人账户〔居民医保设个人账户·全国·居民·否〕。"]
)
def test_a_registration_with_an_office_and_one_own_name_are_no_register(text):
    assert list(register_hints(text)) == []


@pytest.mark.parametrize(
    ("body", "is_fine"),
    [
        ("<p>示例：先减去起付线，余下的按比例报。</p><p>完。</p>", False),
        ("<p>示例：花了 3,000 元。减去起付线。再乘以比例就是报的钱。</p>", False),
        ("<p>示例：花了 500 元，报 240 元。</p>", True),
        ("<p>示例：在职，在社区。</p><p>〔算例·职工门诊报销·北京·在职·社区·3000〕</p>", True),
        ("<p>示例：三次住院。</p><ul><li>第一次报 500 元</li></ul>", True),
        ("<h2>示例：怎么判断</h2><p>看表。</p>", True),
    ],
)
def test_an_example_ends_on_a_number(body, is_fine):
    assert (list(example_hints(body)) == []) is is_fine


SECTION = "<h2>{}</h2>{}<h2>别的</h2><p>「旧闻」。</p>"


@pytest.mark.parametrize(
    ("heading", "section", "said"),
    [
        ("常见误区", "<ul><li>「年底清零」：不清零，接着用。</li></ul>", ""),
        ("常见误区", "<ul><li><p>「年底清零」：不清零〔个人账户余额可结转·全国·是〕。</p></li></ul>", ""),
        ("常见误区", "<ul><li>「年底清零」：</li></ul>", "先引读者的话"),
        ("常见误区", "<ul><li>「年底清零」</li></ul>", "先引读者的话"),
        ("常见误区", "<ul><li>不清零，接着用。</li></ul>", "先引读者的话"),
        ("常见误区", "<p>「年底清零」：不清零。</p>", "要写成列表"),
        ("三个常见的误解", "<ul><li>「年底清零」：不清零。</li></ul>", "请叫“常见误区”"),
        ("余额怎么查", "<p>打开平台。</p>", ""),
    ],
)
def test_a_misconception_stands_in_readers_words_and_ends_on_what_holds(heading, section, said):
    found = list(misconception_hints(SECTION.format(heading, section)))

    assert (said in "".join(found)) if said else found == []


def test_a_shipped_article_that_refutes_a_rumour_has_its_misconceptions():
    without = [name for name, text in demo_texts() if '"辟谣"' in text and "## 常见误区" not in text]

    assert without == []
    assert sum("## 常见误区" in text for _, text in demo_texts()) >= 80


STEPS = "<h2>{}</h2><ol><li>{}</li></ol><h2>别的</h2><p>拨 12393。</p>"


@pytest.mark.parametrize(
    ("heading", "step", "is_fine"),
    [
        ("怎么办理", "打开小程序。", False),
        ("怎么办理", "拨12393问。", True),
        ("怎么办理", '打开 <a href="https://fuwu.nhsa.gov.cn/">平台</a>。', True),
        ("怎么办理", "编号 112393 的表。", False),
        ("一步一步算", "减去起付线。", True),
    ],
)
def test_a_section_of_steps_has_a_link_or_a_telephone_number(heading, step, is_fine):
    assert (list(step_hints(STEPS.format(heading, step))) == []) is is_fine


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("summary", "is_fine"),
    [
        ("起付线一年〔职工门诊起付线·武汉·在职·2023-03-01〕。", False),
        ("起付线一年〔职工门诊起付线·北京·在职·2024-03-01〕。", True),
        ("起付线一年〔职工门诊起付线·北京·在职〕。", True),
        ("起付线一年〔职工门诊起付线·北京·在职〕，过线", False),
    ],
)
def test_a_summary_ends_on_a_sentence_and_quotes_no_figure_of_the_past(summary, is_fine):
    answers = resolve([text.strip("〔〕") for text in summary.split("一年")[1].split("。")[0].split("，")[:1]], DAY)
    current = resolve(undated(summary), DAY)

    assert (list(summary_hints(summary, answers, current)) == []) is is_fine
