import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import pictures
from articles.models import Article, Category, Picture
from articles.tasks import drop_orphan_files
from tests.articles.picture_files import file_of, refusal, stored, upload

UPLOAD = reverse("admin:articles_picture_upload")
SECRET = b"a place near home"
pytestmark = pytest.mark.usefixtures("media_folder")


def test_an_upload_is_kept_in_every_width_and_format(admin_client):
    upload(admin_client, file_of())
    picture = Picture.objects.get()

    assert picture.widths == [480, 960, 1200]
    assert all(default_storage.exists(name) for name in picture.files)
    assert Image.open(BytesIO(stored(picture.file(480, "avif")))).size == (480, 320)


def test_what_the_camera_wrote_is_gone_and_the_picture_upright(admin_client):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6
    file = file_of((800, 600), exif=exif)
    assert SECRET in file.read()
    file.seek(0)

    upload(admin_client, file)

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (600, 800)
    assert not any(SECRET in stored(name) for name in picture.files)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script>",
        b"GIF89a" + b"<script>" * 40,
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"",
    ],
    ids=["svg", "html", "gif 头", "pdf", "png 头", "空"],
)
def test_what_is_no_picture_by_its_content_is_refused_whatever_its_name(content):
    assert "这不是能用的图片" in refusal(SimpleUploadedFile("photo.jpg", content, "image/jpeg"))


def test_a_cut_off_picture_is_refused():
    whole = file_of().read()

    assert "这不是能用的图片" in refusal(SimpleUploadedFile("x.jpg", whole[: len(whole) // 2]))


def test_too_many_bytes_and_too_many_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_FILE_BYTES", 100)
    assert "文件太大" in refusal(file_of())
    monkeypatch.undo()

    monkeypatch.setattr(pictures, "MAX_PIXELS", 1200 * 800 - 1)
    assert "图片太大" in refusal(file_of())
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1200 * 800)
    assert pictures.opened(file_of()).size == (1200, 800)


@pytest.mark.parametrize(("side", "fine"), [(99, False), (100, True)])
def test_a_picture_has_at_least_a_hundred_pixels_each_way(side, fine):
    if fine:
        assert pictures.opened(file_of((side, side)))
    else:
        assert "图片太小" in refusal(file_of((side, side)))


def test_the_same_picture_again_is_refused_with_the_first_ones_name(admin_client):
    upload(admin_client, file_of())

    assert "已有这张图：“医保码”" in upload(admin_client, file_of(), title="又一次").content.decode()


def test_the_same_picture_again_brings_back_the_files_that_it_lost(admin_client):
    upload(admin_client, file_of(), title="医保码")
    picture = Picture.objects.get()
    lost = picture.file(480, "avif")
    default_storage.delete(lost)

    assert "它丢了的文件补上了" in upload(admin_client, file_of(), title="又一次").content.decode()
    assert Image.open(BytesIO(stored(lost))).size == (480, 320)
    assert "补上" not in upload(admin_client, file_of(), title="又一次").content.decode()


def test_words_for_who_cannot_see_are_required(admin_client):
    upload(admin_client, file_of(), alt="")

    assert not Picture.objects.exists()


def test_files_are_served_for_ever_and_nothing_else_is(admin_client, client, tmp_path):
    upload(admin_client, file_of())
    response = client.get(Picture.objects.get().url)
    response.getvalue()  # read to its end, as a browser does
    (tmp_path / "secret.txt").write_text("x")

    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert client.get("/media/secret.txt").status_code == 404
    assert client.get("/media/pictures/../secret.txt").status_code == 404


def test_a_picture_in_use_is_not_deleted_and_says_where(admin_client):
    upload(admin_client, file_of())
    picture = Picture.objects.get()
    body = f'<figure><img src="{picture.url}" alt="码"></figure><p>文</p>'
    article = Article.objects.create(title="用图的文章", body=body, category=Category.objects.create(name="甲"))
    delete = reverse("admin:articles_picture_delete", args=[picture.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert (
        "用图的文章" in admin_client.get(reverse("admin:articles_picture_change", args=[picture.pk])).content.decode()
    )

    article.delete()
    admin_client.post(delete, {"post": "yes"})

    assert not any(default_storage.exists(name) for name in picture.files)


def test_files_without_a_picture_are_dropped_once_they_are_a_day_old(admin_client):
    upload(admin_client, file_of())
    for name, age in [("old", timedelta(days=1, minutes=1)), ("new", timedelta(hours=23))]:
        left_behind = Path(default_storage.path(f"pictures/{name}.webp"))
        left_behind.write_bytes(b"x")
        os.utime(left_behind, ((timezone.now() - age).timestamp(),) * 2)

    assert drop_orphan_files.func() == 1
    assert pictures.orphan_files() == ["pictures/new.webp"]
    assert all(default_storage.exists(name) for name in Picture.objects.get().files)


def test_a_text_shows_its_pictures_in_every_size(admin_client):
    upload(admin_client, file_of())
    picture = Picture.objects.get()
    html = pictures.responsive(f'<p>a</p><figure><img src="{picture.url}" alt="手机 &amp; 码"></figure>')

    assert f"/media/{picture.file(480, 'avif')} 480w" in html
    assert 'alt="手机 &amp; 码" width="1200" height="800" loading="lazy"' in html
    assert pictures.responsive('<img src="/media/pictures/abc-1.webp" alt="x">').startswith("<img")


def test_the_library_is_searched_where_a_text_is_written(admin_client):
    upload(admin_client, file_of())
    library = reverse("admin:articles_picture_library")

    found = admin_client.get(library, {"q": "医保码"}).json()["pictures"]
    assert [(one["url"], one["alt"]) for one in found] == [(Picture.objects.get().url, "手机上的医保码")]
    assert admin_client.get(library, {"q": "没有的图"}).json() == {"pictures": []}


def test_a_picture_goes_into_the_library_from_the_text_with_its_words_asked_once(admin_client):
    added = admin_client.post(UPLOAD, {"upload": file_of(), "alt": "手机上的医保码"})

    picture = Picture.objects.get()
    assert added.json()["url"] == picture.url
    assert (picture.title, picture.alt, picture.uploaded_by.username) == ("手机上的医保码", "手机上的医保码", "admin")


def test_the_same_picture_once_more_is_the_one_that_is_there(admin_client):
    for alt in ("手机上的医保码", "另一句话"):
        told = admin_client.post(UPLOAD, {"upload": file_of(), "alt": alt}).json()

    assert told["url"] == Picture.objects.get().url
    assert told["notes"] == ["图片库里已有这张图，用的是“手机上的医保码”。"]


def test_what_is_no_picture_or_has_no_words_is_refused_with_a_sentence(admin_client):
    text = SimpleUploadedFile("a.png", b"text", content_type="image/png")
    refused = admin_client.post(UPLOAD, {"upload": text, "alt": "码"})
    assert (refused.status_code, refused.json()["sentences"]) == (
        400,
        ["这不是能用的图片：请传 JPEG、PNG、WebP 或 GIF。"],
    )

    assert admin_client.post(UPLOAD, {"upload": file_of(), "alt": " "}).status_code == 400
    assert not Picture.objects.exists()


def test_who_may_not_add_pictures_adds_none_from_a_text(client, staff):
    client.force_login(staff("政策管理员"))

    assert client.post(UPLOAD, {"upload": file_of(), "alt": "码"}).status_code == 403
