"""The shipped articles keep to the house's own style (编辑规范)."""

import re
from datetime import date

import pytest
from django.urls import reverse

from articles.figures.grammar import find, is_example
from articles.figures.rendering import plain
from articles.figures.resolving import problems
from articles.import_export.demo import demo_texts, load_demo_articles, load_demo_glossary, load_demo_synonyms
from articles.models import Article, GlossaryTerm, Synonym
from articles.workflow import snapshot
from articles.workflow.style_guide import hints
from calculators.models import PolicyValue
from tests.calculators.factories import library_live

DAY = date(2026, 11, 23)
SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.MULTILINE)
ASKS_HOW = re.compile("怎么|怎样|步|办")
LINK_OR_NUMBER = re.compile(r"\]\(|〔|\b1(?:2393|2345|2333|2366)\b|\b\d{3,4}-\d{7,8}\b")
GOOD = {
    "title": "北京职工门诊起付线",
    "summary": "一年〔职工门诊起付线·北京·在职〕。",
    "body": "<p>北京在职职工的门诊起付线是一年〔职工门诊起付线·北京·在职〕。</p>"
    + "<p>" + "过线以后按比例报。" * 80 + "</p><p>拿不准就拨 12393。</p>",
    "tags": ["门诊", "起付线", "北京"],
    "sources": [{"document": 1, "clause": ""}],
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def calculators():
    """The worked examples of the shipped articles are computed by them."""
    library_live()


def with_body(more, where="</p><p>拿不准"):
    return GOOD | {"body": GOOD["body"].replace(where, more + where)}


def test_the_shipped_articles_fill_an_empty_site_only_with_their_related_lists_and_none_breaks_the_style(calculators):
    assert load_demo_articles() == len(demo_texts()) == Article.objects.published().count()
    assert load_demo_articles() == 0
    assert not Article.objects.filter(related=None).exists()
    broken = {article.slug: hints(snapshot.take(article), DAY) for article in Article.objects.all()}

    assert len(broken) == len(demo_texts()) >= 40
    assert {slug: sentences for slug, sentences in broken.items() if sentences} == {}


def test_a_worked_example_of_a_shipped_article_is_computed_and_nothing_has_no_figure(calculators):
    texts = [text for _, text in demo_texts()]
    examples = [reference for text in texts for reference in find(text) if is_example(reference)]
    shown = {text: plain(f"〔{text}〕", DAY) for text in examples}

    assert len(examples) >= 28
    assert {text: line for text, line in shown.items() if not line[-1:].isdigit() and line[-1:] not in "元月年"} == {}
    assert [text for text in texts if "暂无数值" in plain(text, DAY)] == []


TYPED_FIGURE = re.compile(r"\d[\d,.]* ?(?:元|万元|%|个百分点)")
QUOTED = re.compile("〔[^〕]*〕|「[^」]*」")


def unbound_figures(text):
    """Amounts and ratios typed by hand before the section's first 示例, but those that somebody is quoted with."""
    sections = re.split(r"\n#+ ", text.split("+++")[-1])
    return [typed for section in sections for typed in TYPED_FIGURE.findall(QUOTED.sub("", section.split("示例")[0]))]


def test_every_figure_of_a_shipped_article_is_bound_but_those_of_examples_and_of_misunderstandings():
    assert {name: typed for name, text in demo_texts() if (typed := unbound_figures(text))} == {}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("一年 1,800 元。", ["1,800 元"]),
        ("报 85%。", ["85%"]),
        ("一年〔职工门诊起付线·北京·在职〕。", []),
        ("- 「都报 85%」：不是。", []),
        ("示例：花了 3,000 元。\n\n再花 100 元。", []),
        ("示例：花了 3,000 元。\n\n## 限额\n\n一年 100 元。", ["100 元"]),
        ("等 3 个月。", []),
    ],
)
def test_an_unbound_figure_is_found(text, typed):
    assert unbound_figures(text) == typed


def test_every_section_of_steps_in_a_shipped_article_names_a_link_or_a_number_to_call():
    sections = [(slug, *section) for slug, text in demo_texts() for section in SECTION.findall(text)]
    steps = [(slug, heading, text) for slug, heading, text in sections if ASKS_HOW.search(heading) and "\n1. " in text]

    assert len(steps) > 30
    assert [(slug, heading) for slug, heading, text in steps if not LINK_OR_NUMBER.search(text)] == []


def test_the_shipped_glossary_fills_an_empty_one():
    assert load_demo_glossary() == GlossaryTerm.objects.count() == 34
    assert GlossaryTerm.objects.first().words == ("起付线", "起付标准")
    assert max(len(term.explanation) for term in GlossaryTerm.objects.all()) <= 90


def test_the_shipped_glossary_overwrites_nothing_and_what_was_deleted_stays_deleted():
    written = GlossaryTerm.objects.create(term="起付线", explanation="编辑部自己写的解释。")
    assert load_demo_glossary() == 0
    assert list(GlossaryTerm.objects.all()) == [written]
    written.delete()

    assert load_demo_glossary() == 0


def test_the_shipped_articles_can_be_loaded_on_any_later_day(calculators):
    ahead = PolicyValue.objects.filter(effective_from__gt=DAY).values_list("effective_from", flat=True)
    texts = "".join(text for _, text in demo_texts())

    assert {day: sentences for day in {*ahead, date(2050, 1, 1)} if (sentences := problems(texts, day))} == {}


def test_a_text_that_keeps_to_the_style_gets_no_hint():
    assert hints(GOOD, DAY) == []


@pytest.mark.parametrize(("characters", "is_fine"), [(599, False), (600, True), (1500, True), (1501, False)])
def test_the_length_is_what_a_reader_sees(characters, is_fine):
    ends = "<p>起付线是一年〔职工门诊起付线·北京·在职〕，从第一笔算起。</p><p>{}</p><p>拿不准就拨12393。</p>"
    fixed = len("起付线是一年1,800元，从第一笔算起。拿不准就拨12393。")
    given = hints(GOOD | {"body": ends.format("字 " * (characters - fixed))}, DAY)

    assert given == ([] if is_fine else [f"正文 {characters} 字，应在 600 到 1500 字之间。"])


@pytest.mark.parametrize(("count", "is_fine"), [(2, False), (3, True), (6, True), (7, False)])
def test_an_article_has_three_to_six_tags(count, is_fine):
    assert (hints(GOOD | {"tags": [str(number) for number in range(count)]}, DAY) == []) is is_fine


def test_an_article_names_a_source():
    assert hints(GOOD | {"sources": []}, DAY) == ["没有来源，至少要写一份文件。"]


@pytest.mark.parametrize("start", ["<h2>北京在职职工的门诊起付线是一年多少元呢</h2>", "<p>看情况。</p>", "文字"])
def test_the_first_paragraph_answers(start):
    assert "直接回答标题" in hints(GOOD | {"body": start + GOOD["body"]}, DAY)[0]


@pytest.mark.parametrize(
    ("words", "sentence"), [("快看！", "不用感叹号。"), ("小编说赶紧办。", "删掉套话：“小编”“赶紧”。")]
)
def test_shouting_and_filler_are_named(words, sentence):
    assert hints(with_body(words), DAY) == [sentence]
    assert hints(GOOD | {"title": words}, DAY) == [sentence]


@pytest.mark.parametrize("typed", ["1800元", "1,800 元", "１８００元", "一千八百元"])
def test_a_typed_figure_the_text_refers_to_elsewhere_is_named(typed):
    assert "职工门诊起付线，请改成引用" in hints(with_body(f"超过{typed}才报。"), DAY)[0]


@pytest.mark.parametrize("words", ["超过1801元才报。", "共1800人。", "</p><p>示例：花了1800元，正好到线。"])
def test_another_number_or_an_example_is_nobodys_business(words):
    assert hints(with_body(words), DAY) == []


def test_a_typed_percentage_out_of_a_table_of_bands_is_named():
    words = "</p><p>〔职工门诊分段支付比例·北京·退休·三级·68岁〕</p><p>先报 85%。"

    assert "“85%”是手写的" in hints(with_body(words), DAY)[0]


def test_a_reference_without_a_figure_on_the_day_is_said():
    assert "没有叫“火星”的地区" in hints(with_body("〔职工门诊起付线·火星·在职〕"), DAY)[0]


def test_the_last_paragraph_says_whom_to_ask():
    assert "最后一段要写明" in hints(GOOD | {"body": GOOD["body"] + "<p>完。</p>"}, DAY)[0]
    assert "最后一段要写明" in hints(GOOD | {"body": ""}, DAY)[-1]


@pytest.mark.django_db
def test_the_shipped_synonyms_fill_an_empty_table_and_never_one_that_an_editor_emptied(admin_client):
    assert load_demo_synonyms() == Synonym.objects.count() > 60
    assert Synonym.objects.get(word="医疗保险").meaning == "医保"
    assert load_demo_synonyms() == 0

    url = reverse("admin:articles_synonym_changelist")
    picked = list(Synonym.objects.values_list("pk", flat=True))
    admin_client.post(url, {"action": "delete_selected", "_selected_action": picked, "post": "yes"})

    assert not Synonym.objects.exists()
    assert load_demo_synonyms() == 0
