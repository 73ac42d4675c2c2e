"""The rate limit of pages that are computed for each request: both sides of it, by kind and by client."""

import pytest
from django.core.cache import cache

from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
RESULT = "/calculators/over_deductible/?region=110000&person_type=in_service&eligible=3000"
COMPUTED = [
    RESULT,
    "/calculators/over_deductible/report/",
    "/search/?q=起付线",
    "/search/suggest/?q=起付",
    "/areas/110000/?on=2023-04-09",
    "/embed/over_deductible/?region=110000&person_type=in_service&eligible=3000",
    "/data/values.csv",
]
READ = ["/", "/articles/", "/calculators/", "/calculators/over_deductible/", "/search/", "/areas/110000/"]


@pytest.fixture(autouse=True)
def limit(settings, monkeypatch):
    publish(stored(DEDUCTIBLE), by=None)
    settings.RESULTS_PER_MINUTE = 2
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rate"}}
    monkeypatch.setattr("calculators.common.rate_limit.time.time", lambda: 1_800_000_000)
    cache.clear()


@pytest.mark.parametrize("address", COMPUTED)
def test_a_client_that_asks_too_often_is_told_when_to_come_back(client, address):
    statuses = [client.get(address).status_code for _ in range(2)]
    refused = client.get(address)

    assert statuses == [200, 200]
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "60", "no-store")


def test_a_refused_result_is_a_page_with_a_sentence(client):
    for _ in range(2):
        client.get(RESULT)

    assert "请过一分钟刷新这一页。你填写的内容都还在网址里。" in client.get(RESULT).content.decode()


def test_refused_suggestions_are_none(client):
    for _ in range(2):
        client.get("/search/suggest/?q=起付")

    assert client.get("/search/suggest/?q=起付").json() == {"suggestions": []}


@pytest.mark.parametrize("address", READ)
def test_reading_is_not_limited(client, address):
    assert [client.get(address).status_code for _ in range(4)] == [200] * 4


def test_another_client_and_another_kind_of_page_are_counted_apart(client):
    for _ in range(3):
        client.get(RESULT)

    assert client.get(RESULT, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/search/?q=起付线").status_code == 200
    assert client.get(RESULT).status_code == 429


def test_the_next_minute_begins_anew(client, monkeypatch):
    for _ in range(3):
        client.get(RESULT)
    monkeypatch.setattr("calculators.common.rate_limit.time.time", lambda: 1_800_000_060)

    assert client.get(RESULT).status_code == 200
