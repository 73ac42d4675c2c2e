"""Pages of places without values: what holds there anyway, whom to ask, and the wish to have them."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from calculators.models import PlaceWish, PoolingArea

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_wishes_before():
    """Nor any counted by the rate limit."""
    cache.clear()


def test_a_place_without_values_has_a_page_that_says_so(client):
    page = client.get("/areas/430100/").content.decode()

    assert "长沙的数还没有收录" in page
    assert 'href="tel:0731-12393"' in page
    assert "全国的规定" in page
    assert re.search(r'<details class="above">\s*<summary><h3>异地就医，\d 项</h3></summary>', page)
    assert 'href="/areas/430200/"' in page  # 株洲
    assert 'href="https://www.nhsa.gov.cn/"' in page


def test_a_place_is_told_what_its_province_has_recorded_and_who_nearby_has_values(client):
    page = client.get("/areas/320500/").content.decode()  # 苏州

    assert "江苏和全国的规定" in page
    assert page.index(">南京") < page.index(">无锡")


@pytest.mark.parametrize("code", ["999999", "abc", "43010"])
def test_a_code_of_no_place_is_not_found(client, code):
    assert client.get(f"/areas/{code}/").status_code == 404
    assert client.post(f"/areas/{code}/wish/").status_code == 404


def test_a_wish_is_counted_and_nothing_about_who_wished(client):
    client.post("/areas/430100/wish/")
    response = client.post("/areas/430100/wish/", follow=True)

    assert "记下了：有人想要长沙" in response.content.decode()
    assert list(PlaceWish.objects.open().values_list("code", "name", "count")) == [("430100", "长沙市", 2)]


def test_one_client_wishes_ten_times_an_hour_at_most(client):
    for _ in range(12):
        client.post("/areas/430100/wish/")

    assert PlaceWish.objects.get().count == 10


def test_a_place_with_values_is_not_wished_for(client):
    client.post("/areas/110000/wish/")

    assert not PlaceWish.objects.exists()


def test_a_wish_stands_in_the_worklist_until_the_place_has_a_value(admin_client, client):
    client.post("/areas/430100/wish/")
    listed = admin_client.get(reverse("admin:calculators_placewish_changelist")).content.decode()

    assert "读者想要的地区" in admin_client.get(reverse("admin:index")).content.decode()
    assert "长沙市" in listed

    area = PoolingArea.objects.create(code="430100", name="长沙市", short_name="长沙")
    value = PoolingArea.objects.get(code="110000").policy_values.first()
    value.pk, value.area = None, area
    value.save()

    assert not PlaceWish.objects.open().exists()


def test_every_place_is_reached_from_the_list_of_areas(client):
    page = client.get("/areas/").content.decode()

    assert 'href="/areas/CN/"' in page
    assert 'href="/areas/430100/"' in page


def test_the_search_page_says_first_that_a_place_is_not_covered(client):
    page = client.get("/search/", {"q": "长沙住院2万报多少"}).content.decode()

    assert "长沙还没有收录" in page
    assert 'href="/areas/430100/"' in page
