"""Demo content of an empty site: the shipped policy values, calculators, glossary, synonyms, articles and pages.

Each kind is loaded once, which is remembered: what an editor has deleted of it does not come back at the next start.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

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
from calculators.library.loading import LibraryError, load_calculators, load_values, store_calculator
from yibao_site.models import DemoLoading

logger = logging.getLogger(__name__)
LOADERS: dict[str, Callable[[], int]] = {
    "政策数值": load_values,
    "计算器": load_calculators,
    "名词解释": load_demo_glossary,
    "同义词": load_demo_synonyms,
    "文章": load_demo_articles,
    "单页": load_demo_pages,
}
APP_LOADERS: dict[str, Callable[[], int]] = {}  # what other apps bring, also to a site without the demo


def register_calculators(name: str, folder: Path) -> None:
    """Have each calculator of a folder of TOML files stored once, and published if its worked cases hold.

    A file that a later release adds is stored then; one that is stored already is the office's, and stays as it is.
    """
    for path in sorted(folder.glob("*.toml")):
        APP_LOADERS[f"{name} {path.stem}"] = partial(store_calculator, path)


def load_demo() -> dict[str, int]:
    """Load each kind that was never loaded and of which nothing exists; returns how many rows of each were stored."""
    return {kind: load_once(kind, load) for kind, load in LOADERS.items()} | load_app_content()


def loaded_lines(loaded: dict[str, int]) -> Iterator[str]:
    """What load_demo() returned, a line a kind."""
    for kind, count in loaded.items():
        yield f"{kind}：{f'载入 {count} 条' if count else '已有内容，未改动'}"


def load_app_content() -> dict[str, int]:
    """Load what other apps bring, each once. A file that is wrong is named in the log; it waits for the next start."""
    stored = {}
    for kind, load in APP_LOADERS.items():
        try:
            stored[kind] = load_once(kind, load)
        except LibraryError as error:
            logger.error("%s", error)
    return stored


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
    DemoLoading.objects.filter(kind__in=LOADERS).delete()
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
