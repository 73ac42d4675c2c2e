"""Lists read before any question, which rarely change, each cached in the process (calculators.common.page_keys)."""

from calculators.common import page_keys
from calculators.library.places import shipped_places_by_code
from calculators.models import Calculator, Parameter, PoolingArea
from calculators.models.dimension import vocabulary
from calculators.process_cache import ProcessCache
from calculators.typed_questions.places import Place, PlaceIndex


def _areas():
    return {area.pk: area for area in PoolingArea.objects.with_ancestors()}


def _place_index():
    """Every place of the shipped table, and areas that editors added below those."""
    shipped = shipped_places_by_code()
    added = (_place(area) for area in areas().values() if area.code not in shipped and not area.is_nation)
    return PlaceIndex([*shipped.values(), *added])


def _place(area):
    return Place(area.code, area.name, area.short_name, area.parent.code if area.parent else "")


areas = ProcessCache(_areas, page_keys.ALL_AREAS)
areas_with_values = ProcessCache(
    lambda: list(PoolingArea.objects.local().with_values()), page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES
)
calculators = ProcessCache(lambda: list(Calculator.objects.as_published()), page_keys.ALL_CALCULATORS)
parameters = ProcessCache(lambda: list(Parameter.objects.order_by("pk")), page_keys.ALL_PARAMETERS)
place_index = ProcessCache(_place_index, page_keys.ALL_AREAS)
words = ProcessCache(vocabulary, page_keys.ALL_DIMENSIONS)


def area(code: str) -> PoolingArea | None:
    """The stored 统筹地区 of a code, None where there is none."""
    return next((one for one in areas().values() if one.code == code), None)


def place(code: str) -> Place | None:
    """The place of a code, None where it is none. No query for a place of the shipped table."""
    return shipped_places_by_code().get(code) or place_index().by_code.get(code)
