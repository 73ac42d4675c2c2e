"""Who changed what when, for administrators to read and nobody to rewrite."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Category

TRAIL = reverse("admin:admin_logentry_changelist")


@pytest.fixture
def changed(client, staff):
    """A category that an administrator renamed in the office."""
    client.force_login(staff(is_superuser=True, username="guanliyuan"))
    category = Category.objects.create(name="健康新闻", slug="news")
    fields = {"name": "医保新闻", "slug": "news", "description": "", "order": "0"}
    client.post(reverse("admin:articles_category_change", args=[category.pk]), fields)
    return category


def test_a_change_in_the_office_is_on_the_trail(client, changed):
    page = client.get(TRAIL).content.decode()

    assert "医保新闻" in page
    assert "guanliyuan" in page


def test_nobody_rewrites_the_trail(client, changed):
    entry = LogEntry.objects.get()

    assert client.post(reverse("admin:admin_logentry_delete", args=[entry.pk])).status_code == 403
    assert (
        client.post(reverse("admin:admin_logentry_change", args=[entry.pk]), {"object_repr": "别的"}).status_code == 403
    )


def test_the_trail_is_for_administrators(client, staff):
    client.force_login(staff("主编"))

    page = client.get(TRAIL)
    assert page.status_code == 403
    assert "不能打开这一页" in page.content.decode()
