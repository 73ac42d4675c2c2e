import os
import struct
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import pictures
from articles.models import Article, Category, Picture
from articles.tasks import drop_orphan_files

ADD = reverse("admin:articles_picture_add")
SECRET = b"a place near home"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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
    monkeypatch.setattr(pictures, "LARGEST_FILE", 100)
    assert "文件太大" in refusal(file_of())
    monkeypatch.undo()

    monkeypatch.setattr(pictures, "MOST_PIXELS", 1200 * 800 - 1)
    assert "图片太大" in refusal(file_of())
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1200 * 800)
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


def test_the_picker_offers_the_pictures_with_their_words(admin_client):
    upload(admin_client, file_of())
    page = admin_client.get(reverse("admin:articles_picture_pick"), {"q": "医保码"}).content.decode()

    assert f'data-url="{Picture.objects.get().url}"' in page
    assert 'data-alt="手机上的医保码"' in page


def grey_png(levels, transparent=None):
    """A PNG of 16-bit grey, 100 rows of these levels, each 100 pixels wide."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"".join(struct.pack(">H", level) * 100 for level in levels)
    chunks = [chunk(b"IHDR", struct.pack(">IIBBBBB", 100 * len(levels), 100, 16, 0, 0, 0, 0))]
    chunks += [chunk(b"tRNS", struct.pack(">H", transparent))] if transparent is not None else []
    chunks += [chunk(b"IDAT", zlib.compress(row * 100)), chunk(b"IEND", b"")]
    return SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def test_a_16_bit_grey_picture_keeps_its_levels(admin_client):
    upload(admin_client, grey_png([0, 0x4000, 0x8000, 0xFFFF]))
    kept = Image.open(BytesIO(stored(Picture.objects.get().file(400))))

    assert [round(kept.getpixel((x, 50))[0] / 16) for x in (50, 150, 250, 350)] == [0, 4, 8, 16]


def test_a_16_bit_grey_picture_keeps_its_transparency():
    image = pictures.opened(grey_png([0x0100, 0x8000], transparent=0x0100))

    assert [image.getpixel((x, 50)) for x in (50, 150)] == [(1, 1, 1, 0), (128, 128, 128, 255)]


def test_a_screenshot_taller_than_a_webp_can_be_is_kept_smaller_and_the_editor_is_told(admin_client, monkeypatch):
    monkeypatch.setattr(pictures, "QUALITY", {"avif": 0, "webp": 0})
    page = upload(admin_client, file_of((1290, 20_000), "PNG")).content.decode()
    picture = Picture.objects.get()

    assert (picture.width, picture.height) == (1056, 16_383)
    assert all(default_storage.exists(name) for name in picture.files)
    assert "已从 1290×20000 像素缩小到 1056×16383" in page


def test_a_picture_of_the_greatest_height_stays_as_it_is():
    notes = []
    assert pictures.opened(file_of((100, pictures.MAX_HEIGHT), "PNG"), notes).size == (100, pictures.MAX_HEIGHT)
    assert notes == []


def test_a_strip_that_would_be_too_narrow_is_refused():
    assert "请裁成几张" in refusal(file_of((120, 20_000), "PNG"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("size", [(120, 100), (16_400, 100), (100, 16_383)], ids=["small", "wide", "tall"])
def test_a_picture_of_every_mode_and_limit_size_is_stored(db, mode, size):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    buffer = BytesIO()
    Image.new(mode, size, 1 if mode == "1" else None).save(buffer, kind)
    image = pictures.opened(SimpleUploadedFile("x", buffer.getvalue()))

    assert image.mode in {"RGB", "RGBA"}
    assert image.size == size


def test_a_palette_with_a_transparent_colour_keeps_it():
    image = Image.new("P", (120, 100), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    buffer = BytesIO()
    image.save(buffer, "PNG", transparency=1)

    assert pictures.opened(SimpleUploadedFile("x.png", buffer.getvalue())).getpixel((5, 5)) == (10, 20, 30, 0)


def test_of_a_moving_picture_the_first_frame_is_kept_and_the_editor_is_told(admin_client):
    frames = [Image.new("RGB", (120, 100), colour) for colour in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    page = upload(admin_client, SimpleUploadedFile("x.gif", buffer.getvalue())).content.decode()
    kept = Image.open(BytesIO(stored(Picture.objects.get().file(120))))

    assert kept.convert("RGB").getpixel((60, 50))[0] > 200
    assert "动图，只留下了第一帧" in page


def test_a_cmyk_photograph_keeps_its_colours():
    buffer = BytesIO()
    Image.new("CMYK", (120, 100), (0, 255, 255, 0)).save(buffer, "JPEG")
    red, green, blue = pictures.opened(SimpleUploadedFile("x.jpg", buffer.getvalue())).getpixel((60, 50))

    assert red > 200 > 60 > max(green, blue)
