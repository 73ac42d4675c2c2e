"""Failed logins counted by address and by account, beside django-axes, which counts an account at one address."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from yibao_site.accounts import login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(monkeypatch, settings, staff):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "login"}}
    cache.clear()
    monkeypatch.setattr(login, "MAX_FAILURES_OF_ADDRESS", 3)
    monkeypatch.setattr(login, "MAX_FAILURES_OF_ACCOUNT", 5)
    staff("编辑")


def attempt(client, username="staff", password="wrong", address="192.0.2.1"):  # noqa: S107
    form = {"username": username, "password": password, "next": "/admin/"}
    return client.post(reverse("admin:login"), form, REMOTE_ADDR=address)


def test_many_names_from_one_address_close_the_login_to_that_address(client):
    for number in range(3):
        attempt(client, f"name{number}")
    refused = attempt(client, password="a-long-password")

    assert login.TOO_MANY_FAILURES_SENTENCE in refused.content.decode()
    assert attempt(client, password="a-long-password", address="192.0.2.9").status_code == 302


def test_many_addresses_at_one_account_close_the_login_to_that_account(client, staff):
    staff("编辑", username="other")
    for number in range(5):
        attempt(client, address=f"192.0.2.{number}")

    refused = attempt(client, "STAFF", "a-long-password", "192.0.2.77")
    assert login.TOO_MANY_FAILURES_SENTENCE in refused.content.decode()
    assert attempt(client, "other", "a-long-password", "192.0.2.77").status_code == 302


def test_what_succeeds_does_not_count(client):
    for _ in range(4):
        assert attempt(client, password="a-long-password").status_code == 302
        client.logout()
