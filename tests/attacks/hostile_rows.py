"""The same hostile text in every text of the site."""

from django.db import models
from taggit.models import Tag

from articles.models import Article, ArticleSource, Category, Correction, GlossaryTerm, TagPage
from calculators.models import Calculator, PolicyDocument, PolicyValue, PoolingArea

MODELS = [
    Article,
    Category,
    Tag,
    TagPage,
    GlossaryTerm,
    Correction,
    ArticleSource,
    Calculator,
    PolicyDocument,
    PolicyValue,
    PoolingArea,
]
KEYS = {"slug", "code", "written", "conditions_key", "issued"}


def texts_of(model):
    for field in model._meta.concrete_fields:
        if (
            isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.URLField)
            and field.name not in KEYS
            and not field.choices
        ):
            yield field


def poison(payload):
    """Write it into every text of every public row, as far as it has room; in how many fields it stands."""
    count = 0
    for model in MODELS:
        for field in texts_of(model):
            if field.max_length and len(payload) > field.max_length:
                continue
            rows = model.objects.order_by("pk")
            if field.unique:
                rows = rows.filter(pk=rows.first().pk)
            model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).update(**{field.name: payload})
            count += 1
    return count
