"""A throw-away site for the programs beside this: the shipped content, copied until there is enough of it.

Everything happens in a folder of its own, on SQLite, with the site's own settings.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "yibao_site.settings"
os.environ["HTTPS"] = "off"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from taggit.models import Tag, TaggedItem

from articles.models import Article, ArticlePage, RelatedArticle
from articles.pages.pagination import A_PAGE, MAX_COUNTED_ROWS
from articles.pages.parts import parts_of
from articles.pages.social_cards import draw_missing
from yibao_site.demo import load_demo
from yibao_site.tasks import count_rows

ALL_TAG = "meiyipian"
RESULT = "/calculators/employee_outpatient/?region=110000&person_type=in_service&hospital_level=level3&eligible=3000"
COPIED = [field.attname for field in Article._meta.concrete_fields if not field.primary_key]
A_BATCH = 1000


def prepare():
    call_command("migrate", verbosity=0)
    load_demo()
    draw_missing()
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(total, tag_on_all=True):
    """Copies of the shipped articles until there are `total`: each with its tags and ten related, and one tag on all."""
    originals = list(Article.objects.exclude(slug__startswith="copy-").prefetch_related("tags"))
    have, now = Article.objects.count(), timezone.now()
    for start in range(have, total, A_BATCH):
        numbers = range(start, min(start + A_BATCH, total))
        Article.objects.bulk_create(_copy(originals[number % len(originals)], number, now) for number in numbers)
    _attach(originals, tag_on_all)
    count_rows.func()


def _copy(original, number, now):
    fields = {name: getattr(original, name) for name in COPIED}
    changed = {"slug": f"copy-{number}", "title": f"{original.title}（{number}）"[:80]}
    return Article(**fields | changed | {"published_at": now - timedelta(hours=number + 1)})


def _attach(originals, tag_on_all):
    kind = ContentType.objects.get_for_model(Article)
    everywhere = [Tag.objects.get_or_create(slug=ALL_TAG, defaults={"name": "每一篇"})[0]] if tag_on_all else []
    tags = [[*original.tags.all(), *everywhere] for original in originals]
    missing = list(Article.objects.filter(page__isnull=True).order_by("pk").values_list("pk", flat=True))
    ArticlePage.objects.bulk_create(_pages(originals, missing), batch_size=A_BATCH)
    TaggedItem.objects.bulk_create(
        (
            TaggedItem(tag=tag, object_id=pk, content_type=kind)
            for place, pk in enumerate(missing)
            for tag in tags[place % len(tags)]
        ),
        batch_size=A_BATCH,
    )
    RelatedArticle.objects.bulk_create(
        (
            RelatedArticle(article_id=pk, related_id=missing[(place + step) % len(missing)], rank=step, score=1)
            for place, pk in enumerate(missing)
            for step in range(1, min(11, len(missing)))
        ),
        batch_size=A_BATCH,
    )


def _pages(originals, missing):
    """What publishing would have gathered for each copy: what its original's page shows."""
    for original in originals:
        parts_of(original)
    pages = [ArticlePage.objects.get(article=original) for original in originals]
    for place, pk in enumerate(missing):
        page = pages[place % len(pages)]
        yield ArticlePage(article_id=pk, parts=page.parts, references=page.references, card=page.card)


def addresses():
    """One page of each kind; the deep ones as deep as they go."""
    public = Article.objects.published()
    article = public.filter(tags__isnull=False, slug__startswith="copy-").newest().first()
    article = article or public.filter(tags__isnull=False).newest().first()
    oldest = public.order_by("published_at", "pk")[25]
    last_numbered = -(-min(public.count(), MAX_COUNTED_ROWS) // A_PAGE)
    return {
        "home": "/",
        "list": "/articles/",
        "list, last numbered page": f"/articles/?page={last_numbered}",
        "list, oldest": f"/articles/?before={oldest.pk}",
        "category": article.category.get_absolute_url(),
        "tag": f"/tags/{article.tags.exclude(slug=ALL_TAG).first().slug}/",
        "tag of all articles": f"/tags/{ALL_TAG}/" if Tag.objects.filter(slug=ALL_TAG).exists() else "/tags/北京/",
        "article": article.get_absolute_url(),
        "area": "/areas/110000/",
        "calculators": "/calculators/",
        "calculator": "/calculators/employee_outpatient/",
        "result": RESULT,
        "feed": "/feeds/articles/",
        "search": "/search/?q=起付线",
    }
