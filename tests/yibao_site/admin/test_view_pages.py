"""What somebody may only look at: in Chinese words, as readers see it, nothing missing."""

import re

import pytest
from taggit.models import Tag

from articles.models import Article, ArticleSource, Category, Correction, GlossaryTerm, Picture, RelatedChoice, Synonym
from articles.workflow import snapshot, steps
from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
LABEL = re.compile(r"<(?:label|dt|h2|legend)[^>]*>(.*?)</(?:label|dt|h2|legend)>", re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]")
VIEWED = {
    "编辑": {
        "calculators/calculator": stored,
        "calculators/dimension": lambda: Dimension.objects.first(),
        "calculators/parameter": lambda: Parameter.objects.first(),
        "calculators/policydocument": lambda: PolicyDocument.objects.first(),
        "calculators/policyvalue": lambda: confirmed_value(),
        "calculators/poolingarea": lambda: PoolingArea.objects.get(code="110000"),
    },
    "政策管理员": {
        "articles/category": lambda: Category.objects.create(name="栏目", slug="lanmu"),
        "articles/glossaryterm": lambda: GlossaryTerm.objects.create(
            term="统筹", explanation="一句完整的话，说它是什么。"
        ),
        "articles/picture": lambda: Picture.objects.create(stem="a", title="图", alt="图", width=1, height=1),
        "articles/synonym": lambda: Synonym.objects.create(word="月子钱", meaning="生育津贴"),
        "taggit/tag": lambda: Tag.objects.create(name="门诊标签", slug="mzbq"),
    },
}


def confirmed_value():
    return PolicyValue.objects.get(
        parameter__name="职工门诊起付线", area__code="110000", conditions_text="在职", status="restated"
    )


@pytest.fixture
def looking(client, staff):
    def looking(group, address):
        client.force_login(staff(group, username="onlooker"))
        page = client.get(address)
        assert page.status_code == 200
        return page.content.decode()

    return looking


@pytest.mark.parametrize(("group", "name"), [(group, name) for group in VIEWED for name in VIEWED[group]])
def test_every_label_of_a_view_only_page_is_chinese(looking, group, name):
    page = looking(group, f"/admin/{name}/{VIEWED[group][name]().pk}/change/")
    content = page[page.index('id="content"') :]
    labels = [re.sub(r"<[^>]+>|\s", "", label) for label in LABEL.findall(content)]

    words = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", "", content, flags=re.DOTALL)
    assert re.findall(r"\bNone\b|\bTrue\b|\bFalse\b|[\[{]&quot;|&#x27;", words) == []
    assert labels
    assert [label for label in labels if label and not CHINESE.search(label) and not label.startswith("#")] == []


def test_a_value_that_may_only_be_looked_at_tells_whom_it_is_for(looking):
    page = looking("编辑", f"/admin/calculators/policyvalue/{confirmed_value().pk}/change/")

    assert "在职" in page
    assert "1,800 元" in page
    assert "None" not in re.sub(r"<[^>]+>", "", page)


@pytest.fixture
def article(staff):
    article = Article.objects.create(
        title="别人的文章",
        summary="起付线是〔职工门诊起付线·北京·退休〕。",
        body="<h2>谁来缴</h2><p>起付线是〔职工门诊起付线·北京·在职〕。</p>",
        category=Category.objects.create(name="栏目", slug="lanmu"),
        author=staff("编辑", username="author"),
    )
    ArticleSource.objects.create(
        article=article, document=PolicyDocument.objects.get(slug="bj_op_2023"), clause="第三条"
    )
    beside = Article.objects.create(title="置顶的一篇", body="<p>文。</p>", category=article.category)
    RelatedChoice.objects.create(article=article, other=beside, kind="pin")
    steps.save(article, snapshot.take(article) | {"tags": ["门诊"]}, by=article.author)
    Correction.objects.create(article=article, text="更正了一处")
    return article


@pytest.mark.parametrize("group", ["政策管理员", "编辑"])
def test_an_article_that_may_only_be_looked_at_is_shown_as_readers_see_it(looking, article, group):
    page = looking(group, f"/admin/articles/article/{article.pk}/change/")

    assert re.search("<h2[^>]*>谁来缴</h2>", page)
    assert "&lt;h2" not in page
    assert "1,800 元" in page
    assert "起付线是1,300 元" in page.replace("是 ", "是")
    assert "〔" not in page
    for shown in ("第三条", "置顶：置顶的一篇", "更正了一处", "门诊", "栏目"):
        assert shown in page
    assert "_continue" not in page


def test_whoever_may_change_the_article_still_gets_its_form(client, article):
    client.force_login(article.author)

    assert "_continue" in client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
