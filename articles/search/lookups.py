"""What search knows before anybody asks: short lists that rarely change, each kept in the process (calculators.common.page_keys)."""

from articles.models import Category, Synonym
from articles.text import normalise
from calculators.common import page_keys
from calculators.common.page_keys import Kept
from calculators.models import Calculator, Parameter, PoolingArea
from calculators.models.dimension import vocabulary


def _synonyms():
    return {normalise(word): meaning for word, meaning in Synonym.objects.values_list("word", "meaning")}


def _areas():
    return {area.pk: area for area in PoolingArea.objects.with_ancestors()}


def _categories():
    return {category.pk: category for category in Category.objects.all()}


synonyms = Kept(_synonyms, page_keys.ALL_SYNONYMS)
areas = Kept(_areas, page_keys.ALL_AREAS)
areas_with_values = Kept(
    lambda: list(PoolingArea.objects.local().with_values()), page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES
)
categories = Kept(_categories, page_keys.ALL_CATEGORIES)
calculators = Kept(lambda: list(Calculator.objects.live()), page_keys.ALL_CALCULATORS)
parameters = Kept(lambda: list(Parameter.objects.order_by("pk")), page_keys.ALL_PARAMETERS)
words = Kept(vocabulary, page_keys.ALL_DIMENSIONS)
