"""Pictures of every mode, size and kind of file: stored as they look, within what WebP can hold."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import pictures
from articles.models import Picture
from tests.articles.picture_files import file_of, refusal, stored, upload

pytestmark = pytest.mark.usefixtures("media_folder")


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
