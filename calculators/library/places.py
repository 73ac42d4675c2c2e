"""The places of places.csv: provinces, prefectures and counties right below a province, whether or not there are values."""

import csv
from functools import cache
from pathlib import Path

from calculators.typed_questions.places import Place

PLACES_FILE = Path(__file__).parent / "places.csv"


@cache
def shipped_places() -> tuple[Place, ...]:
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_place(row) for row in csv.DictReader(file))


def _place(row):
    former = tuple(filter(None, row["旧名"].split("、")))
    return Place(row["代码"], row["全称"], row["简称"], row["上级"], row["区号"], former, row["拼音"])
