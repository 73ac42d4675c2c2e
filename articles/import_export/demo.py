"""Demo content: the articles, the glossary and the synonyms of search a new site starts with."""

import re
import tomllib
from pathlib import Path

from django.contrib.admin.models import LogEntry
from django.db import transaction

from articles import related
from articles.import_export.importer import import_article
from articles.models import Article, Category, GlossaryTerm, Synonym

DEMO = Path(__file__).parent.parent / "demo"
NUMBERED = re.compile(r"^\d+-")


def demo_texts():
    """(slug, text) of every shipped article, in their order."""
    return [(NUMBERED.sub("", path.stem), path.read_text(encoding="utf-8")) for path in sorted(DEMO.glob("*.md"))]


@transaction.atomic
def load_demo_articles() -> int:
    """Fill a site that has no article yet; returns how many were stored. A problem in one stores none."""
    if Article.objects.filter(is_page=False).exists():
        return 0
    load_categories()
    loaded = [import_article(text, slug=slug) for slug, text in demo_texts()]
    related.work()
    return len(loaded)


PAGE_FOLDER = DEMO / "pages"
PAGE_CATEGORY = "单页"


def demo_page_texts():
    """(slug, text) of every shipped page: 关于本站 and the like."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(PAGE_FOLDER.glob("*.md"))]


@transaction.atomic
def load_demo_pages() -> int:
    """Fill a site that has no page yet, but for one whose address an article has; returns how many were stored."""
    if Article.objects.filter(is_page=True).exists() or Category.objects.filter(name=PAGE_CATEGORY).exists():
        return 0
    Category.objects.create(name=PAGE_CATEGORY, slug="pages", holds_pages=True, order=99)
    taken = set(Article.objects.values_list("slug", flat=True))
    return len([import_article(text, slug=slug) for slug, text in demo_page_texts() if slug not in taken])


def load_categories():
    for order, fields in enumerate(_toml("categories.toml")["category"]):
        Category.objects.get_or_create(name=fields["name"], defaults={**fields, "order": order})


def demo_terms() -> list[str]:
    """The shipped terms of the glossary."""
    return [fields["term"] for fields in _toml("glossary.toml")["term"]]


@transaction.atomic
def load_demo_glossary() -> int:
    """Fill a glossary in which nothing was ever written; returns how many terms were stored."""
    if GlossaryTerm.history.exists():
        return 0
    terms = [GlossaryTerm(**fields, order=order) for order, fields in enumerate(_toml("glossary.toml")["term"])]
    for term in terms:
        term.full_clean()
        term.save()
    return len(terms)


@transaction.atomic
def load_demo_synonyms() -> int:
    """Fill a table of synonyms in which nobody ever wrote; returns how many were stored."""
    if Synonym.objects.exists() or LogEntry.objects.filter(content_type__model="synonym").exists():
        return 0
    rows = [Synonym(word=word, meaning=meaning) for word, meaning in _toml("synonyms.toml")["synonyms"].items()]
    for row in rows:
        row.full_clean()
        row.save()
    return len(rows)


def _toml(name):
    return tomllib.loads((DEMO / name).read_text(encoding="utf-8"))
