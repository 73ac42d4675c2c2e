import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Category

IMPORT = reverse("admin:articles_article_import")
CHECK = reverse("admin:articles_article_import_check")


@pytest.fixture
def news(db):
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def import_page(admin_client):
    """Files on the real import page: a dry run, and then, where told, the import. The rows of the dry run, each as one text."""

    def import_page(files, *, really=False, becomes=None, client=admin_client):
        chosen = {"unknown": list(becomes or {}), "becomes": list((becomes or {}).values())}

        def posted():
            return {"files": [SimpleUploadedFile(name, content) for name, content in files.items()], **chosen}

        checked = client.post(CHECK, {**posted(), "from": 0}).json()
        if really:
            client.post(IMPORT, {**posted(), "really": "on"})
        return [f"{row['result']} {row['said']}" for row in checked["rows"]]

    return import_page
