"""The articles a new site starts with."""

import re
import tomllib
from pathlib import Path

from django.db import transaction

from articles import related
from articles.import_export.importer import import_article
from articles.models import Article, Category

DEMO = Path(__file__).parent.parent / "demo"
NUMBERED = re.compile(r"^\d+-")


def demo_texts():
    """(slug, text) of every shipped article, in their order."""
    return [(NUMBERED.sub("", path.stem), path.read_text(encoding="utf-8")) for path in sorted(DEMO.glob("*.md"))]


@transaction.atomic
def load_demo_articles() -> int:
    """Fill a site that has no article yet; returns how many were stored. A problem in one stores none."""
    if Article.objects.exists():
        return 0
    load_categories()
    loaded = [import_article(text, slug=slug) for slug, text in demo_texts()]
    related.work()
    return len(loaded)


def load_categories():
    shipped = tomllib.loads((DEMO / "categories.toml").read_text(encoding="utf-8"))["category"]
    for order, fields in enumerate(shipped):
        Category.objects.get_or_create(name=fields["name"], defaults={**fields, "order": order})
