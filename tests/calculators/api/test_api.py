import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["", "calculators", "calculators/a/b/c", "valuess/", "openapi.yaml"])
def test_an_address_that_is_none_is_told_in_json(client, path):
    response = client.get(f"/api/v1/{path}x")

    assert (response.status_code, response.json()) == (404, {"detail": "没有这个地址。"})


def test_a_missing_last_slash_still_leads_on(client):
    response = client.get("/api/v1/calculators", {"page": "1"})

    assert (response.status_code, response["Location"]) == (301, "/api/v1/calculators/?page=1")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_would_write_is_refused_in_words(client, method):
    response = getattr(client, method)("/api/v1/calculators/", {"name": "别的"}, content_type="application/json")

    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert response.json() == {"detail": "这里只能读取：请用 GET。"}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_page_that_is_none_stays_a_page(client):
    response = client.get("/apis/v1/")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
