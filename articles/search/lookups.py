"""Lookup lists of search that rarely change, each cached in the process (calculators.common.page_keys)."""

from articles.models import Synonym
from articles.pages.facets import categories
from articles.text import normalise
from calculators.common import page_keys
from calculators.process_cache import ProcessCache

__all__ = ["categories", "synonyms"]


def _synonyms():
    return [(normalise(word), meaning) for word, meaning in Synonym.objects.values_list("word", "meaning")]


synonyms = ProcessCache(_synonyms, page_keys.ALL_SYNONYMS)
