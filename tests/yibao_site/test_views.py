import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from articles.models import Article, Category
from calculators.models import DimensionChoice, PolicyValue
from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored
from yibao_site import views
from yibao_site.backends.static_files import minify, with_imports

pytestmark = pytest.mark.django_db
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
VISITORS = [path for path in TEMPLATES if "admin" not in path.parts]


def test_pages_of_an_empty_site_have_no_heading_over_nothing_and_offer_no_question(client):
    PolicyValue.objects.all().delete()
    DimensionChoice.objects.all().delete()
    empty = client.get("/").content.decode()
    feeds = client.get("/feeds/").content.decode()

    assert "网站刚搭好，文章和计算器还在准备。" in empty
    for words in ("计算器正在核对", "想了解什么", "按参保地看", "断缴怎么办", "可以这样问"):
        assert words not in empty
    for words in ("按栏目", "一个地区的文章", "一个地区的政策变化", "在网址后面加上身份"):
        assert words not in feeds

    Category.objects.create(name="参保缴费", description="每年交多少。")
    page = client.get("/").content.decode()
    for words in ("计算器正在核对", "想了解什么", "断缴怎么办", "可以这样问"):
        assert words in page
    assert "按栏目" in client.get("/feeds/").content.decode()


def test_the_home_page_answers_first(client):
    Category.objects.create(name="参保缴费", description="每年交多少。")

    page = client.get("/").content.decode()

    for text in ['name="area"', 'role="search"', "断缴怎么办", "现在要紧的事", "参保缴费", 'href="/areas/110000/"']:
        assert text in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_home_page_costs_eight_queries_however_much_there_is(client, django_assert_num_queries, count):
    category = Category.objects.create(name="参保缴费")
    for number in range(count):
        Article.objects.create(title=f"第 {number} 篇", category=category, body="<p>正文</p>", status="published")

    with django_assert_num_queries(8):  # 现在要紧的事 reads its values, 大家都在问 the newest of each category
        client.get("/")


@pytest.mark.parametrize("address", ["/", "/articles/", "/calculators/", "/areas/", "/search/", "/robots.txt"])
def test_anonymous_pages_set_no_cookie_and_do_not_vary_by_one(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_robots_txt_names_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_an_error_page_needs_nothing_that_could_fail(rf, monkeypatch, settings):
    settings.STORAGES = {}

    page = views.server_error(rf.get("/")).content.decode()

    assert "网站出错了" in page
    assert "12393" in page


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [(RuntimeError, 500, "网站出错了"), (OperationalError, 503, "网站暂时忙不过来")],
    ids=["a mistake", "no database"],
)
def test_a_crash_shows_a_page_that_says_whether_to_wait(monkeypatch, error, status, sentence):
    def crash(request):
        raise error

    monkeypatch.setattr(get_resolver().url_patterns[0], "callback", crash)
    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert ("Retry-After" in response) == (status == 503)


@pytest.mark.parametrize("path", VISITORS, ids=[str(path.relative_to(settings.BASE_DIR)) for path in VISITORS])
def test_templates_hold_no_inline_style_or_script_and_ask_no_other_host(path):
    html = path.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"(src|(?<!<a )href)=\"(https?:)?//", html)


def test_every_page_extends_another_and_every_fragment_does_not():
    for path in VISITORS:
        html = path.read_text(encoding="utf-8")
        is_page = not path.name.startswith("_") and path.name not in {"base.html", "400.html", "500.html", "embed.html"}

        assert html.startswith('{% extends "') == is_page, path


@pytest.mark.parametrize(
    ("sheet", "bound"),
    [
        ("yibao_site/static/site/site.css", 3_170),
        ("yibao_site/static/site/article.css", 1_420),
        ("yibao_site/static/site/browse.css", 2_800),
        ("yibao_site/static/site/large.css", 520),
        ("calculators/static/calculators/calculator.css", 1_940),
    ],
    ids=["of every page", "of an article", "of pages that lead on", "of 大字版", "of a calculator's page"],
)
def test_a_stylesheet_is_a_few_kilobytes(sheet, bound):
    """A page has two, its kind's and that of every page: an article ≤ 12,000 bytes and ≤ 3 requests in all."""
    name = sheet.partition("/static/")[2]
    collected = minify(with_imports(Path(settings.BASE_DIR, sheet).read_text(encoding="utf-8"), name))

    assert len(brotli.compress(collected.encode())) < bound


def test_each_kind_of_page_asks_for_its_own_stylesheet_besides_that_of_every_page(client):
    publish(stored(DEDUCTIBLE), by=None)
    category = Category.objects.create(name="门诊", slug="menzhen")
    Article.objects.create(
        title="起付线", slug="one", category=category, status="published", published_at=timezone.now()
    )
    sheets = {
        address: re.findall(r'<link rel="stylesheet" href="[^"]*?(\w+)\.[^"]*">', client.get(address).content.decode())
        for address in ["/calculators/over_deductible/", "/calculators/", "/articles/one/", "/search/?q=起付线"]
    }

    assert sheets == {
        "/calculators/over_deductible/": ["site", "calculator"],
        "/calculators/": ["site", "browse"],
        "/articles/one/": ["site", "article"],
        "/search/?q=起付线": ["site", "browse"],
    }
    client.cookies["text"] = "large"
    assert "site/large" in client.get("/articles/one/").content.decode()


def test_a_name_with_an_ampersand_is_escaped_once_in_breadcrumbs(client):
    Category.objects.create(name="门诊 & <住院>", slug="both")
    page = client.get("/categories/both/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(\{[^<]*BreadcrumbList.*?)</script>', page)

    assert json.loads(block)["itemListElement"][-1]["name"] == "门诊 & <住院>"
