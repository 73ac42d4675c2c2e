"""Embedded calculators: only their pages may be framed, and only by the origins of EMBED_ORIGINS."""

import re

import pytest

from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored

pytestmark = pytest.mark.django_db
ANSWERS = "region=110000&person_type=in_service&eligible=3000"
OWN_PAGE, EMBEDDED = "/calculators/over_deductible/", "/embed/over_deductible/"


@pytest.fixture(autouse=True)
def published():
    return publish(stored(DEDUCTIBLE), by=None)


def frame_ancestors(response):
    directives = response["Content-Security-Policy"].split(";")
    return next(one.strip() for one in directives if one.strip().startswith("frame-ancestors"))


@pytest.mark.parametrize("address", [EMBEDDED, f"{EMBEDDED}?{ANSWERS}"])
def test_an_embedded_calculator_may_be_framed_by_the_origins_of_the_settings(client, settings, address):
    settings.EMBED_ORIGINS = ["https://hospital.example", "https://city.example"]
    response = client.get(address)

    assert frame_ancestors(response) == "frame-ancestors https://hospital.example https://city.example"
    assert "X-Frame-Options" not in response
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", OWN_PAGE, f"{OWN_PAGE}?{ANSWERS}", "/admin/login/"])
def test_every_other_page_may_not_be_framed(client, address):
    response = client.get(address)

    assert (frame_ancestors(response), response["X-Frame-Options"]) == ("frame-ancestors 'none'", "DENY")


def test_without_origins_there_is_no_embedded_calculator_and_no_html_to_paste(client, settings):
    assert EMBEDDED in client.get(OWN_PAGE).content.decode()
    settings.EMBED_ORIGINS = []

    assert client.get(EMBEDDED).status_code == 404
    assert EMBEDDED not in client.get(OWN_PAGE).content.decode()


def test_an_embedded_calculator_computes_in_its_frame_and_links_the_result_on_the_site(client):
    page = client.get(f"{EMBEDDED}?{ANSWERS}").content.decode()

    assert f'action="{EMBEDDED}" target="_self"' in page
    assert f"{OWN_PAGE}?{ANSWERS.replace('&', '&amp;')}" in page
    assert "noindex" in page


def test_a_link_to_a_wrong_field_stays_in_the_frame(client):
    page = client.get(f"{EMBEDDED}?region=110000&person_type=in_service&eligible=abc").content.decode()
    links = re.findall(r'<a [^>]*href="#[^>]*>', page)

    assert links
    assert [link for link in links if 'target="_self"' not in link] == []
