"""Uploads in a bucket: the site works as with a folder, and the bucket stays private. An S3 server of the tests' own."""

import urllib.error
import urllib.request
import zipfile
from datetime import timedelta

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from articles import pictures, tasks
from articles.models import Article, Category, Picture
from tests.articles.picture_files import file_of, upload
from yibao_site.backup import archive

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server, settings, tmp_path):
    keys = {"access_key": "an-id", "secret_key": "a-key", "region_name": "us-east-1"}
    client = boto3.client(
        "s3",
        endpoint_url=server,
        region_name="us-east-1",
        aws_access_key_id="an-id",
        aws_secret_access_key="a-key",
    )
    client.create_bucket(Bucket="media")
    options = keys | {"bucket_name": "media", "endpoint_url": server, "file_overwrite": False}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "yibao_site.backends.s3_storage.PrivateS3Storage", "OPTIONS": options}
    }
    settings.MEDIA_ROOT = tmp_path
    yield lambda: {entry["Key"] for entry in client.list_objects_v2(Bucket="media").get("Contents", [])}
    for entry in client.list_objects_v2(Bucket="media").get("Contents", []):
        client.delete_object(Bucket="media", Key=entry["Key"])
    client.delete_bucket(Bucket="media")
    client.close()


def test_a_picture_goes_into_the_bucket_and_comes_back_through_the_site(admin_client, client, bucket, server, tmp_path):
    upload(admin_client, file_of())
    picture = Picture.objects.get()
    body = f'<figure><img src="{picture.url}" alt="医保码"></figure>'
    Article.objects.create(
        title="甲", slug="a", status="published", body=body, category=Category.objects.create(name="门诊")
    )
    page = client.get("/articles/a/")
    answer = client.get(f"/media/{picture.file(480, 'avif')}")
    with default_storage.open(picture.file(480, "avif")) as file:
        content = file.read()

    assert bucket() == set(picture.files)
    assert list(tmp_path.iterdir()) == []
    assert f"/media/{picture.file(480, 'avif')} 480w" in page.content.decode()
    assert server not in page.content.decode() + page["Content-Security-Policy"]
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert answer.getvalue() == content
    assert client.get(f"/media/pictures/{'0' * 32}-480.webp").status_code == 404
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server}/media/{picture.file(480)}")  # noqa: S310 - our own server
    with refused.value as error:
        assert error.code == 403


def test_what_belongs_to_no_picture_is_tidied_up(admin_client, bucket, monkeypatch):
    upload(admin_client, file_of())
    default_storage.save("pictures/left-behind.webp", ContentFile(b"x"))
    default_storage.save("cards/of-an-old-title.png", ContentFile(b"x"))
    monkeypatch.setattr(tasks, "LEFT_ALONE", timedelta(days=-1))

    assert pictures.orphan_files() == ["pictures/left-behind.webp"]
    assert tasks.drop_orphan_files.call() == 2
    assert bucket() == set(Picture.objects.get().files)


def test_a_backup_holds_the_files_of_the_bucket(bucket, tmp_path):
    default_storage.save("pictures/a.webp", ContentFile(b"one"))
    default_storage.save("cards/b.png", ContentFile(b"two"))
    archive.write_backup(tmp_path / "backup.zip")

    with zipfile.ZipFile(tmp_path / "backup.zip") as backup:
        assert backup.read("media/pictures/a.webp") == b"one"
        assert backup.read("media/cards/b.png") == b"two"
