import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_office_begins_with_articles_and_speaks_chinese(client, staff):
    client.force_login(staff(is_superuser=True))
    apps = client.get(reverse("admin:index")).context["app_list"]
    names = [app["name"] for app in apps] + [model["name"] for app in apps for model in app["models"]]

    assert apps[0]["name"] == "写作"
    assert [name for name in names if str(name).isascii()] == []
