"""Page keys of rows: what a row of each model but Article and Calculator changes (calculators.common.page_keys)."""

from taggit.models import Tag

from articles.models import (
    ArticleSource,
    Category,
    Correction,
    Feedback,
    GlossaryTerm,
    Picture,
    RelatedArticle,
    RelatedChoice,
    Synonym,
    TagPage,
)
from articles.pages.most_helpful import MIN_VOTES
from calculators.common import page_keys
from calculators.models import Dimension, DimensionChoice, Parameter, PolicyDocument, PolicyValue, PoolingArea
from yibao_site.site_settings.models import NavigationItem, SiteSettings


def keys_of_value(row):
    names = (row.parameter.code, row.parameter.name)
    yield from (page_keys.NEWEST_VALUES, page_keys.values_in(row.area_id), page_keys.values_from(row.document_id))
    yield from map(page_keys.values_of, names)
    yield from (page_keys.value(name, row.area_id) for name in names)


def keys_of_parameter(row):
    yield page_keys.ALL_PARAMETERS
    for name in (row.code, row.name):
        yield from (page_keys.parameter(name), page_keys.values_of(name))


def keys_of_source(row):
    if row.article.is_approved:
        yield from (page_keys.article(row.article_id), page_keys.articles_citing(row.document_id))


def keys_of_related(row):
    if row.article.is_approved:
        yield page_keys.article(row.article_id)


def keys_of_feedback(row):
    """Votes count from the third on."""
    votes = Feedback.objects.filter(article=row.article_id, kind=Feedback.Kind.HELPFUL)
    if row.kind == Feedback.Kind.HELPFUL and row.article_id and votes.order_by()[MIN_VOTES - 1 :].exists():
        yield page_keys.HELPFUL_VOTES


def keys_of_category(row):
    yield from (page_keys.category(row.pk), page_keys.ALL_CATEGORIES)
    if NavigationItem.objects.filter(category=row.pk).exists():
        yield page_keys.SITE


KEYS = {
    ArticleSource: keys_of_source,
    Category: keys_of_category,
    Correction: lambda row: {page_keys.article(row.article_id), page_keys.CORRECTIONS},
    Dimension: lambda row: {page_keys.ALL_DIMENSIONS},
    DimensionChoice: lambda row: {page_keys.ALL_DIMENSIONS},
    Feedback: keys_of_feedback,
    GlossaryTerm: lambda row: {page_keys.GLOSSARY},
    NavigationItem: lambda row: {page_keys.SITE},
    Parameter: keys_of_parameter,
    Picture: lambda row: {page_keys.picture(row.stem)},
    PolicyDocument: lambda row: {page_keys.document(row.pk), page_keys.ALL_DOCUMENTS},
    PolicyValue: keys_of_value,
    PoolingArea: lambda row: {page_keys.area(row.pk), page_keys.ALL_AREAS},
    RelatedArticle: keys_of_related,
    RelatedChoice: keys_of_related,
    SiteSettings: lambda row: {page_keys.SITE},
    Synonym: lambda row: {page_keys.ALL_SYNONYMS},
    Tag: lambda row: {page_keys.tag(row.pk), page_keys.ALL_TAGS},
    TagPage: lambda row: {page_keys.tag(row.tag_id), page_keys.ALL_TAGS},
}
