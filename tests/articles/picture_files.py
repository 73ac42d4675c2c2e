"""Pictures to upload in tests, and what became of them."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from articles import pictures

ADD = reverse("admin:articles_picture_add")


def file_of(size=(1200, 800), kind="JPEG", **options):
    buffer = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, kind, **options)
    return SimpleUploadedFile(f"x.{kind.lower()}", buffer.getvalue())


def upload(client, file, **fields):
    words = {"title": "医保码", "alt": "手机上的医保码", "credit": ""}
    return client.post(ADD, words | fields | {"upload": file}, follow=True)


def stored(name):
    return Path(default_storage.path(name)).read_bytes()


def refusal(file):
    with pytest.raises(ValidationError) as caught:
        pictures.opened(file)
    return caught.value.messages[0]
