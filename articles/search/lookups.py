"""What search knows before anybody asks: short lists that rarely change, each kept in the process (calculators.common.page_keys)."""

from articles.models import Category, Synonym
from articles.text import normalise
from calculators.common.page_keys import Kept
from calculators.models import Calculator, Parameter, PoolingArea
from calculators.models.dimension import vocabulary


def _synonyms():
    return {normalise(word): meaning for word, meaning in Synonym.objects.values_list("word", "meaning")}


def _areas():
    return {area.pk: area for area in PoolingArea.objects.with_ancestors()}


def _categories():
    return {category.pk: category for category in Category.objects.all()}


synonyms = Kept(_synonyms, "all:synonym")
areas = Kept(_areas, "all:area")
areas_with_values = Kept(lambda: list(PoolingArea.objects.local().with_values()), "all:area", "values")
categories = Kept(_categories, "all:category")
calculators = Kept(lambda: list(Calculator.objects.live()), "all:calculator")
parameters = Kept(lambda: list(Parameter.objects.order_by("pk")), "all:parameter")
words = Kept(vocabulary, "all:dimension")
