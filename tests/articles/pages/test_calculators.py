"""Which calculators stand beside an article by its words, where no editor chose and nothing is cited."""

import pytest
from django.db import transaction

from articles.figures.grammar import find
from articles.figures.references import read
from articles.import_export.demo import load_demo_articles
from articles.models import Article
from articles.pages.calculators import SAME_TOPIC_REASON, calculators_beside, on_its_matter
from calculators.library.loading import load_calculators
from calculators.models import Calculator

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The shipped calculators, published once for all tests here; what a test writes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_calculators()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def live(library):
    return list(Calculator.objects.live())


def beside(article):
    return [(one.code, getattr(one, "why", "")) for one in calculators_beside(article, {})]


@pytest.mark.parametrize(
    ("title", "body", "code"),
    [
        ("社区医院看门诊能报多少", "门诊费用先过起付线，超过的部分按比例报销，医院等级越低比例越高。", "employee_outpatient"),
        ("换工作中间断了两个月社保", "断缴以后要补缴，隔得久了有等待期，等待期里住院不能报。", "coverage_gap"),
        ("在老家住院能不能直接结算", "异地就医先备案，备案后在就医地直接结算，起付线和支付比例按参保地；没备案的临时外出就医，支付比例要低一些。", "offsite_care"),
        ("退休时年限不够怎么办", "退休时职工医保的累计缴费年限不够，可以一次性补足，或者按月继续缴到年限；视同缴费年限和实际缴费年限分开算。", "retirement_years_gap"),
    ],
)  # fmt: skip
def test_the_calculator_on_the_matter_of_an_article_stands_beside_it_and_says_why(publish, live, title, body, code):
    assert (code, SAME_TOPIC_REASON) in beside(publish(title, body=f"<p>{body}</p>"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("眼袋手术去哪家医院好", "内切和外切各有适应人群，术后冰敷消肿，三个月恢复自然。"),
        ("红烧肉怎么做", "五花肉切块焯水，冰糖炒出颜色，加黄酒小火炖一个小时。"),
        ("医保中心几点下班", "工作日上午九点到下午五点，周末不办公。"),
    ],
)
def test_beside_an_article_on_none_of_their_matters_stands_none(publish, live, title, body):
    assert beside(publish(title, body=f"<p>{body}</p>")) == []


def test_what_an_editor_chose_is_not_named_twice(publish, live):
    article = publish("断缴怎么办", body="<p>断缴以后要补缴，有等待期，等待期里住院不能报。</p>")
    article.calculators.add(Calculator.objects.get(code="coverage_gap"))

    assert beside(article) == [("coverage_gap", "")]


def test_where_no_calculator_is_live_none_stands_there(publish):
    Calculator.objects.all().delete()

    assert beside(publish("断缴怎么办")) == []


def test_beside_nearly_all_shipped_articles_their_words_alone_bring_what_their_editors_chose(live):
    load_demo_articles()
    codes = {one.pk: one.code for one in live}
    chosen = {
        article: {one.code for one in article.calculators.all()}
        for article in Article.objects.prefetch_related("calculators")
    }
    found = {article: codes.get(on_its_matter(article, live)) for article in chosen}
    judged = [article for article, wanted in chosen.items() if wanted]

    assert len(judged) >= 39
    assert sum(found[article] in chosen[article] for article in judged) >= 0.9 * len(judged)
    assert sum(found[article] is not None for article in judged) >= 0.95 * len(judged)

    # What is on its matter comes before others that compute with more of what is cited.
    article = Article.objects.get(slug="nanjing-menzhen-feiyong-xiane")
    first, second = calculators_beside(article, read(find(article.body)))
    assert [first.code, second.code] == ["employee_outpatient", "scheme_comparison"]
    assert first.why == "用到文中的职工门诊封顶线、职工门诊起付线"
