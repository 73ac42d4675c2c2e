"""The places of places.csv: provinces, prefectures and counties right below a province, whether or not there are values."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from calculators.typed_questions.places import Place

PLACES_FILE = Path(__file__).parent / "places.csv"
SITES_FILE = Path(__file__).parent / "official_sites.csv"


@cache
def shipped_places() -> tuple[Place, ...]:
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_place(row) for row in csv.DictReader(file))


@cache
def shipped_places_by_code() -> Mapping[str, Place]:
    return {place.code: place for place in shipped_places()}


def _place(row):
    former = tuple(filter(None, row["旧名"].split("、")))
    return Place(row["代码"], row["全称"], row["简称"], row["上级"], row["区号"], former, row["拼音"])


@cache
def official_sites() -> dict[str, tuple[str, str]]:
    """Name and address of the site of a place's own administration, by the place's code, where one is known."""
    with SITES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["代码"]: (row["名称"], row["网址"]) for row in csv.DictReader(file)}


def official_site(place: Place) -> tuple[str, str] | None:
    """That of the place, of its province, or else of the nation."""
    return official_sites().get(place.code) or official_sites().get(place.parent) or official_sites().get("CN")
