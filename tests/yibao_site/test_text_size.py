"""大字版: pressed once, remembered on the device, on every page, and back again."""

import re

import pytest

pytestmark = pytest.mark.django_db


def is_large(page):
    return '<html lang="zh-Hans" class="large">' in page.content.decode()


def test_large_text_is_pressed_on_any_page_and_comes_back_to_it(client):
    form = re.search(
        r'<form class="text-size".*?</form>', client.get("/search/", {"q": "起付线"}).content.decode(), re.DOTALL
    )[0]
    pressed = client.post("/text-size/", {"back": "/search/?q=%E8%B5%B7%E4%BB%98%E7%BA%BF", "size": "large"})

    assert 'action="/text-size/"' in form
    assert 'value="/search/?q=%E8%B5%B7%E4%BB%98%E7%BA%BF"' in form
    assert pressed.status_code == 302
    assert pressed["Location"] == "/search/?q=%E8%B5%B7%E4%BB%98%E7%BA%BF"
    assert pressed["Cache-Control"] == "no-store"
    kept = pressed.cookies["text"]
    assert (kept.value, kept["samesite"], kept["httponly"]) == ("large", "Lax", True)
    assert kept["max-age"] >= 180 * 24 * 3600
    assert is_large(client.get("/"))
    assert is_large(client.get("/nowhere/"))


def test_the_standard_view_is_one_press_away_from_large_text(client):
    client.cookies["text"] = "large"
    assert "回到标准版" in client.get("/about/").content.decode()
    client.post("/text-size/", {"back": "/about/", "size": "standard"})

    assert not is_large(client.get("/about/"))


@pytest.mark.parametrize("written", ["", "Large", "large ", "x", "110000"])
def test_any_other_text_in_the_cookie_is_the_standard_view(client, written):
    client.cookies["text"] = written

    assert not is_large(client.get("/about/"))


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""])
def test_pressing_large_text_leads_to_no_other_site(client, back):
    assert client.post("/text-size/", {"back": back, "size": "large"})["Location"] == "/"


def test_the_size_of_text_is_changed_by_pressing_alone(client):
    assert client.get("/text-size/?size=large").status_code == 405
