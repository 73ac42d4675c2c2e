import pytest
from django.core.cache import cache

from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(settings):
    settings.API_PER_MINUTE = 10_000
    cache.clear()


@pytest.fixture
def ask(client, db):
    """GET an address of the API; the status and what it says."""

    def ask(path, **query):
        response = client.get(f"/api/v1/{path}", query)
        return response.status_code, response.json()

    return ask


@pytest.fixture
def live(db):
    """Two small calculators are published."""
    publish(stored(MATERNITY), by=None)
    publish(stored(DEDUCTIBLE), by=None)
