"""Demo content of an empty site: the shipped policy values, calculators, glossary, synonyms, articles and pages.

Each kind is loaded once, which is remembered: what an editor has deleted of it does not come back at the next start.
"""

from collections.abc import Callable, Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from articles.import_export.demo import (
    demo_page_texts,
    demo_terms,
    demo_texts,
    load_demo_articles,
    load_demo_glossary,
    load_demo_pages,
    load_demo_synonyms,
)
from articles.models import Article, Category, GlossaryTerm
from calculators.library.loading import load_calculators, load_values
from yibao_site.models import DemoLoading

LOADERS: dict[str, Callable[[], int]] = {
    "政策数值": load_values,
    "计算器": load_calculators,
    "名词解释": load_demo_glossary,
    "同义词": load_demo_synonyms,
    "文章": load_demo_articles,
    "单页": load_demo_pages,
}


def load_demo() -> dict[str, int]:
    """Load each kind that was never loaded and of which nothing exists; returns how many rows of each were stored."""
    return {kind: load_once(kind, load) for kind, load in LOADERS.items()}


@transaction.atomic
def load_once(kind: str, load: Callable[[], int]) -> int:
    if DemoLoading.objects.filter(pk=kind).exists():
        return 0
    count = load()
    DemoLoading.objects.create(kind=kind)
    return count


@transaction.atomic
def load_demo_again() -> dict[str, int]:
    """Load each kind of which nothing exists, also where it was loaded before."""
    DemoLoading.objects.all().delete()
    return load_demo()


@transaction.atomic
def remove_demo() -> tuple[int, list[str]]:
    """Delete demo articles and glossary terms that nobody has edited; returns how many, and the names of those that stay.

    Policy values and calculators are no demo: they are what articles of one's own refer to. Synonyms harm nobody.
    """
    removed, edited = 0, []
    for row in demo_rows():
        if is_edited(row):
            edited.append(str(row))
        else:
            row.delete()
            removed += 1
    for category in Category.objects.filter(articles=None):
        if not has_log_entry(category):
            category.delete()
    for kind in LOADERS:
        DemoLoading.objects.get_or_create(kind=kind)
    return removed, edited


def demo_rows() -> Iterator[models.Model]:
    yield from Article.objects.filter(slug__in=[slug for slug, _ in (*demo_texts(), *demo_page_texts())]).order_by("pk")
    yield from GlossaryTerm.objects.filter(term__in=demo_terms()).order_by("pk")


def is_edited(row: models.Model) -> bool:
    """Whether somebody in the office has saved it, or it has a version or a history beside the one it was loaded with."""
    states = row.versions if isinstance(row, Article) else row.history
    return states.count() > 1 or has_log_entry(row)


def has_log_entry(row: models.Model) -> bool:
    kind = ContentType.objects.get_for_model(row)
    return LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).exists()
