"""Lookup lists of search that rarely change, each cached in the process (calculators.common.page_keys)."""

from articles.models import Category, Synonym
from articles.text import normalise
from calculators.common import page_keys
from calculators.common.page_keys import ProcessCache


def _synonyms():
    return [(normalise(word), meaning) for word, meaning in Synonym.objects.values_list("word", "meaning")]


def _categories():
    return {category.pk: category for category in Category.objects.all()}


synonyms = ProcessCache(_synonyms, page_keys.ALL_SYNONYMS)
categories = ProcessCache(_categories, page_keys.ALL_CATEGORIES)
