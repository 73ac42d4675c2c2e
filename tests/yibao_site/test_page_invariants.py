"""What holds on every article, area, document and calculator page, walked one by one: no sampled page can hide a fault."""

import re
from decimal import Decimal

import pytest

from articles.import_export.demo import load_demo_articles, load_demo_glossary
from articles.models import Article
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


def test_no_page_shows_more_than_the_whole_but_for_a_bound_of_a_wage(client, every_page):
    found = {}
    for address in every_page:
        page = client.get(address)
        assert page.status_code == 200, address
        text = plain_text(page.content.decode())
        for match in PERCENTAGE.finditer(text):
            around = text[max(0, match.start() - CONTEXT_CHARACTERS) : match.end() + CONTEXT_CHARACTERS]
            if Decimal(match[1].replace(",", "")) > 100 and not any(word in around for word in WAGE_WORDS):
                found.setdefault(address, []).append(around)

    assert len(every_page) > 200
    assert found == {}
