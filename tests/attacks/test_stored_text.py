"""A script written into any text of the site stays text, on every page that shows it."""

import pytest
from django.db import models
from django.urls import reverse
from taggit.models import Tag

from articles.importing import import_article
from articles.models import Article, ArticleSource, Category, Correction, TagPage
from calculators.models import Calculator, PolicyDocument, PolicyValue, PoolingArea
from calculators.publishing import publish
from tests.articles.test_rich_text import WAYS, is_harmless
from tests.attacks.corpus import RICH, SHORT, live_in
from tests.calculators.making import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
MODELS = [
    Article,
    Category,
    Tag,
    TagPage,
    Correction,
    ArticleSource,
    Calculator,
    PolicyDocument,
    PolicyValue,
    PoolingArea,
]
KEYS = {"slug", "code", "written", "conditions_key", "issued"}


@pytest.fixture
def site(admin_user):
    """One article with all there is around it, and a calculator."""
    category = Category.objects.create(name="门诊", slug="menzhen")
    text = '+++\ntitle = "北京起付线"\nslug = "a"\ncategory = "门诊"\ntags = ["北京"]\nsources = ["bj_op_2023"]\n+++\n\n〔职工门诊起付线·北京·在职〕\n'
    article = import_article(text)
    Article.objects.update(
        status="published", published_at="2026-01-01T00:00Z", area=PoolingArea.objects.get(code="110000")
    )
    calculator = stored(DEDUCTIBLE)
    publish(calculator, by=None)
    article.refresh_from_db()
    article.calculators.add(calculator)
    Correction.objects.create(article=article, text="改正", day="2026-01-02")
    TagPage.objects.get_or_create(tag=Tag.objects.get())
    return category


def texts_of(model):
    for field in model._meta.concrete_fields:
        if (
            isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.URLField)
            and field.name not in KEYS
            and not field.choices
        ):
            yield field


def poison(payload):
    """Write it into every text of every public row, as far as it has room; in how many fields it stands."""
    count = 0
    for model in MODELS:
        for field in texts_of(model):
            if field.max_length and len(payload) > field.max_length:
                continue
            rows = model.objects.order_by("pk")
            if field.unique:
                rows = rows.filter(pk=rows.first().pk)
            model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).update(**{field.name: payload})
            count += 1
    return count


def pages():
    tag = Tag.objects.get().slug
    yield from ["/", "/articles/", "/articles/a/", "/categories/menzhen/", f"/tags/{tag}/", "/areas/110000/articles/"]
    yield from ["/areas/", "/areas/110000/", "/documents/bj_op_2023/", "/calculators/", "/calculators/over_deductible/"]
    yield from ["/calculators/over_deductible/?region=110000&person_type=in_service&hospital_level=community&bill=5000"]
    yield from ["/search/?q=alert", "/glossary/", "/corrections/", "/feeds/", "/feedback/?about=/articles/a/"]
    yield from ["/admin/", "/admin/articles/article/", "/admin/articles/category/", "/admin/calculators/policyvalue/"]
    yield reverse("admin:articles_article_change", args=[Article.objects.get().pk])


@pytest.mark.parametrize("payload", SHORT, ids=range(len(SHORT)))
def test_a_script_in_every_text_of_the_site_stays_text(site, client, admin_client, payload, tried):
    fields, shown = poison(payload), 0
    for page in pages():
        answer = (admin_client if page.startswith("/admin") else client).get(page)
        html = answer.content.decode()
        shown += "alert(1)" in html

        assert answer.status_code == 200, page
        assert live_in(html) == [], page
        assert "unsafe" not in answer["Content-Security-Policy"]
    assert fields > 20
    assert shown > 5 or "alert(1)" not in payload


def test_every_way_in_is_tried_with_every_attack(db, tried):
    assert all(is_harmless_through(way) for way in WAYS)
    tried("XSS：正文的每条入库路", f"{len(RICH)} 种 × {len(WAYS)} 条路", "没有一种留下能运行的东西")
    tried("XSS：所有文字字段，看所有页面和编辑部", f"{len(SHORT)} 种 × 20 多个字段 × 22 页", "都只是文字")


def is_harmless_through(way):
    Article.objects.all().delete()
    category, _ = Category.objects.get_or_create(name="健康新闻")
    way(category, "".join(RICH))
    return is_harmless(Article.objects.get().body)


@pytest.mark.parametrize("payload", SHORT, ids=range(len(SHORT)))
def test_what_a_visitor_types_comes_back_as_text(site, client, payload):
    for page, name in [
        ("/search/", "q"),
        ("/calculators/over_deductible/", "bill"),
        ("/calculators/over_deductible/", "region"),
        ("/feedback/", "about"),
        ("/feedback/thanks/", "about"),
        ("/articles/", "page"),
    ]:
        answer = client.get(page, {name: payload})

        assert answer.status_code in {200, 400, 404}
        assert live_in(answer.content.decode()) == [], page
    assert client.get(f"/articles/{payload.replace('/', '')}/").status_code in {200, 404}


def test_the_check_of_these_tests_sees_what_runs():
    assert all(live_in(f"<p>{payload}</p>") for payload in SHORT[:4])
