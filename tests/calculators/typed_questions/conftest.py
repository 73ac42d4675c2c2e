from datetime import date

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.library.places import shipped_places
from calculators.typed_questions.interpretation import interpret
from calculators.typed_questions.places import PlaceIndex

TODAY = date(2026, 11, 29)
COVERED = {"110000", "120000", "310000", "320100", "330100", "420100", "440000", "440100", "440300", "450000"} | {
    "450100",
    "500000",
    "510100",
    "530100",
    "610100",
}


@pytest.fixture(scope="session")
def shipped_definitions():
    return [
        from_toml(path.read_text(encoding="utf-8")) for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml"))
    ]


@pytest.fixture(scope="session")
def place_index():
    return PlaceIndex(shipped_places())


@pytest.fixture(scope="session")
def interpreted(shipped_definitions, place_index):
    def read(text, today=TODAY):
        return interpret(text, shipped_definitions, place_index, COVERED, today)

    return read
