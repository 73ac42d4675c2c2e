"""Pages to look things up in: 名词解释, 更正, 订阅."""

from django.shortcuts import render
from taggit.models import Tag

from articles.models import Category, Correction
from articles.pages.glossary import GLOSSARY
from calculators.common.page_keys import note
from calculators.models import PoolingArea

MOST_CORRECTIONS = 100
MOST_TAGS = 30


def glossary(request):
    note("glossary")
    return render(request, "articles/glossary.html", {"terms": GLOSSARY})


def corrections(request):
    note("corrections", "articles")
    public = Correction.objects.public().select_related("article")
    return render(request, "articles/corrections.html", {"corrections": public[:MOST_CORRECTIONS]})


def feeds(request):
    note("all:category", "all:area", "all:tag")
    context = {
        "categories": Category.objects.all(),
        "areas": PoolingArea.objects.local().with_values(),
        "tags": Tag.objects.filter(page__isnull=False).order_by("name")[:MOST_TAGS],
    }
    return render(request, "articles/feeds.html", context)
