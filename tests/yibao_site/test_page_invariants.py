"""What holds on every article, area, document and calculator page, walked one by one: no sampled page can hide a fault."""

import re
from decimal import Decimal

import pytest

from articles.import_export.demo import load_demo_articles, load_demo_glossary
from articles.models import Article, ArticleRendition
from articles.renditions import article_page
from articles.text import plain_text
from calculators.library.loading import load_calculators
from calculators.models import Calculator, PolicyDocument, PoolingArea

pytestmark = pytest.mark.django_db
PERCENTAGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)%")
# A wage counts up to 300 % of the average; nothing else on the site is more than the whole.
WAGE_WORDS = ("基数", "工资")
CONTEXT_CHARACTERS = 60


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


def test_no_page_shows_more_than_the_whole_and_every_article_reads_from_its_rendition_as_it_was_rendered(
    client, every_page, monkeypatch
):
    monkeypatch.setattr(article_page, "may_cache", lambda: True)  # as in a server's process
    found, different = {}, []
    for address in every_page:
        page = client.get(address)
        assert page.status_code == 200, address
        text = plain_text(page.content.decode())
        for match in PERCENTAGE.finditer(text):
            around = text[max(0, match.start() - CONTEXT_CHARACTERS) : match.end() + CONTEXT_CHARACTERS]
            if Decimal(match[1].replace(",", "")) > 100 and not any(word in around for word in WAGE_WORDS):
                found.setdefault(address, []).append(around)
        if address.startswith("/articles/") and client.get(address).content != page.content:
            different.append(address)

    assert len(every_page) > 200
    assert found == {}
    assert different == []
    assert ArticleRendition.objects.count() == Article.objects.filter(is_page=False).count() > 90
