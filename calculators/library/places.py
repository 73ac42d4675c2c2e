"""The places of places.csv: provinces, prefectures and counties right below a province, whether or not there are values."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class OfficialWay:
    """What a place's own administration runs: its site by name and address, and its mini-programme by name. Each may be empty."""

    name: str
    address: str
    programme: str = ""


@cache
def official_ways() -> Mapping[str, OfficialWay]:
    """By the place's code, where something is known."""
    with SITES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["代码"]: OfficialWay(row["名称"], row["网址"], row["小程序"]) for row in csv.DictReader(file)}


def official_site(place: Place | None) -> OfficialWay | None:
    """That of the place, of its province, or else of the nation."""
    return next((way for way in _ways(place) if way.address), None)


def official_programme(place: Place | None) -> str:
    """The name of the mini-programme of the place, of its province, or else of the nation."""
    return next((way.programme for way in _ways(place) if way.programme), "")


def _ways(place):
    codes = (*((place.code, place.parent) if place else ()), "CN")
    return [official_ways()[code] for code in codes if code in official_ways()]
