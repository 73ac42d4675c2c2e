"""Facets: the filters beside a list, as plain links. Each option says what it shows and whether it is shown now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from articles.models import Category
from articles.pages.area_filter import ALL_AREAS, Nearby
from calculators.addresses import path_to
from calculators.common import page_keys
from calculators.models import PoolingArea
from calculators.process_cache import ProcessCache
from calculators.question_answering.lookups import areas, areas_with_values

CATEGORIES, PLACES, ALL = "栏目", "地区", "全部"
categories = ProcessCache(
    lambda: {category.pk: category for category in Category.objects.of_articles()}, page_keys.ALL_CATEGORIES
)


@dataclass(frozen=True)
class FacetOption:
    text: str
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """`is_names` where its options are short names, which stand side by side."""

    name: str
    options: tuple[FacetOption, ...]
    is_names: bool = False


def asked_place(request: HttpRequest) -> PoolingArea | None:
    """The place that `?area=` names. Raises Http404 for one that is none, so that no page is kept for it."""
    page_keys.depends_on(page_keys.PLACE_FILTER)
    code = request.GET.get("area", "")
    if not code:
        return None
    page_keys.depends_on(page_keys.ALL_AREAS)
    place = next((area for area in areas().values() if area.code == code), None)
    if place is None:
        raise Http404("没有这个地区。")
    return place


def list_facets(
    near: Nearby, here: PoolingArea | None, path: str, *, category: Category | None = None, has_topics: bool = True
) -> list[Facet]:
    """Those of a list at `path`: 栏目 and 地区; `here` is the one place it shows. Without `has_topics`, 地区 alone."""
    page_keys.depends_on(page_keys.ALL_CATEGORIES, page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    facets = [Facet(PLACES, tuple(_places(near, here, path)), is_names=True)]
    return [Facet(CATEGORIES, tuple(_categories(here, category))), *facets] if has_topics else facets


def _categories(here, chosen) -> Iterator[FacetOption]:
    whole = path_to("articles:area", here.code) if here else path_to("articles:list")
    yield FacetOption(ALL, whole, chosen is None)
    for category in categories().values():
        query = f"?area={here.code}" if here else ""
        yield FacetOption(category.name, f"{category.get_absolute_url()}{query}", category == chosen)


def _places(near, here, path) -> Iterator[FacetOption]:
    own = next((area for area in areas().values() if area.code == near.code), None)
    if own:
        yield FacetOption(f"{own.short_name}和全国", path, here is None and not near.is_off)
        yield FacetOption(ALL, f"{path}?areas={ALL_AREAS['areas']}", here is None and near.is_off)
    else:
        yield FacetOption(ALL, path, here is None)
    listed = areas_with_values()
    for area in [*listed, *([here] if here and here not in listed else [])]:
        yield FacetOption(area.short_name, place_address(path, area), area == here)


def place_address(path: str, area: PoolingArea) -> str:
    """The list of one place: its own page for all articles, a filter of any other list."""
    if path == path_to("articles:list"):
        return path_to("articles:area", area.code)
    return f"{path}?area={area.code}"
