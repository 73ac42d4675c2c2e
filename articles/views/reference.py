"""Pages to look things up in: 名词解释, 更正, 订阅."""

from django.shortcuts import render
from taggit.models import Tag

from articles.models import Category, Correction
from articles.pages.glossary import stored_glossary
from calculators.common import page_keys
from calculators.models import PoolingArea
from calculators.preferences import person_choices

MAX_CORRECTIONS_SHOWN = 100
MAX_TAGS_SHOWN = 30


def glossary(request):
    return render(request, "articles/glossary.html", {"terms": stored_glossary().terms})


def corrections(request):
    page_keys.depends_on(page_keys.CORRECTIONS, page_keys.NEWEST_ARTICLES)
    public = Correction.objects.public().select_related("article")
    return render(request, "articles/corrections.html", {"corrections": public[:MAX_CORRECTIONS_SHOWN]})


def feeds(request):
    page_keys.depends_on(page_keys.ALL_CATEGORIES, page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES, page_keys.ALL_TAGS)
    page_keys.depends_on(page_keys.ALL_DIMENSIONS)
    context = {
        "categories": Category.objects.of_articles(),
        "areas": PoolingArea.objects.local().with_values(),
        "persons": person_choices(),
        "tags": Tag.objects.filter(page__isnull=False).order_by("name")[:MAX_TAGS_SHOWN],
    }
    return render(request, "articles/feeds.html", context)
