"""What holds on every article, area, document and calculator page, walked one by one: no sampled page can hide a fault."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from articles.import_export.demo import load_demo_articles, load_demo_glossary
from articles.models import Article, ArticleRendition
from articles.renditions import article_page
from articles.renditions.compression import compress
from articles.text import plain_text
from calculators.library.loading import load_calculators
from calculators.models import Calculator, PolicyDocument, PoolingArea
from yibao_site.backends.static_files import minify, with_imports
from yibao_site.page_cache.store import KEPT_QUALITY

pytestmark = pytest.mark.django_db
PERCENTAGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)%")
# A wage counts up to 300 % of the average; nothing else on the site is more than the whole.
WAGE_WORDS = ("基数", "工资")
CONTEXT_CHARACTERS = 60
HEAVIEST_ARTICLE = 12_000  # bytes over the wire, with its sheets
MOST_REQUESTS = 3
FILE = re.compile(r'(?:<link rel="stylesheet" href|<script src|<img [^>]*src)="/static/([^"]+)"')


@pytest.fixture
def every_page():
    load_calculators()
    load_demo_articles()
    load_demo_glossary()
    return [
        one.get_absolute_url()
        for model in (Article, PoolingArea, PolicyDocument, Calculator)
        for one in model.objects.order_by("pk")
    ]


@cache
def wire_size(path):
    """As it is collected and sent."""
    sheet = Path(finders.find(path)).read_text(encoding="utf-8")
    return len(brotli.compress(minify(with_imports(sheet, path)).encode()))


def test_no_page_shows_more_than_the_whole_no_article_is_heavy_and_each_reads_from_its_rendition_as_it_was_rendered(
    client, every_page, monkeypatch
):
    monkeypatch.setattr(article_page, "may_cache", lambda: True)  # as in a server's process
    found, different, heavy = {}, [], {}
    for address in every_page:
        page = client.get(address)
        assert page.status_code == 200, address
        text = plain_text(page.content.decode())
        for match in PERCENTAGE.finditer(text):
            around = text[max(0, match.start() - CONTEXT_CHARACTERS) : match.end() + CONTEXT_CHARACTERS]
            if Decimal(match[1].replace(",", "")) > 100 and not any(word in around for word in WAGE_WORDS):
                found.setdefault(address, []).append(around)
        if not address.startswith("/articles/"):
            continue
        if client.get(address).content != page.content:
            different.append(address)
        files = FILE.findall(page.content.decode())
        weight = len(compress(page.content, KEPT_QUALITY)) + sum(map(wire_size, files))
        if weight > HEAVIEST_ARTICLE or len(files) >= MOST_REQUESTS:
            heavy[address] = (weight, files)

    assert len(every_page) > 200
    assert found == {}
    assert different == []
    assert heavy == {}
    assert ArticleRendition.objects.count() == Article.objects.filter(is_page=False).count() > 90
