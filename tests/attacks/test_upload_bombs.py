"""Uploads made to cost, or to be two things at once: pictures, tables and XML."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from articles import pictures
from articles.import_export import files
from calculators.common.spreadsheets import UnreadableTable, read_table
from tests.attacks.processor_time import seconds_of_processor


def picture(kind, size=(300, 200), **options):
    buffer = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def png_of(width, height, rows=1):
    """A small file that says it is a large picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * (width * 3 + 1) * rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def zipped(content=b"alert(1)"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.html", content)
    return buffer.getvalue()


SCRIPT = b"<script>alert(1)</script><?php system($_GET[0]); ?>"
POLYGLOTS = {
    "JPEG 后接网页": picture("JPEG") + SCRIPT,
    "PNG 后接网页": picture("PNG") + SCRIPT,
    "GIF 后接网页": picture("GIF") + SCRIPT,
    "WebP 后接网页": picture("WEBP") + SCRIPT,
    "JPEG 后接压缩包": picture("JPEG") + zipped(),
    "GIF 头里藏脚本": b"GIF89a/*" + picture("GIF")[8:] + b"*/=1;" + SCRIPT,
    "JPEG 注释": picture("JPEG", comment=SCRIPT),
    "GIF 注释": picture("GIF", comment=SCRIPT),
}
BOMBS = {
    "宣称 6 万 × 6 万的 PNG": png_of(60_000, 60_000),
    "宣称 1 × 20 亿的 PNG": png_of(1, 2_000_000_000),
    "宣称 40 亿宽的 PNG": png_of(20_000, 20_000, rows=50),
    "截断的 JPEG": picture("JPEG")[:200],
    "只有头的 WebP": b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    "SVG 炸弹": b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 10_000,
    "TIFF": b"II*\x00" + b"\xff" * 100,
    "图标": b"\x00\x00\x01\x00" + b"\xff" * 100,
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "压缩包": zipped(),
}


@pytest.mark.parametrize("content", POLYGLOTS.values(), ids=POLYGLOTS)
def test_nothing_but_the_picture_of_a_polyglot_is_kept(content, monkeypatch):
    kept = []
    monkeypatch.setattr(pictures.default_storage, "save", lambda name, file: kept.append(file.read()))
    monkeypatch.setattr(pictures.default_storage, "delete", lambda name: None)
    with seconds_of_processor(10):
        try:
            image = pictures.opened(SimpleUploadedFile("x.jpg", content))
        except ValidationError:
            return
        pictures._write("x.webp", image, "webp")

    assert kept
    assert not any(b"alert(1)" in file or b"<?php" in file or b"PK\x03\x04" in file for file in kept)


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_a_picture_bomb_is_refused_in_a_moment(content):
    with seconds_of_processor(3), pytest.raises(ValidationError):
        pictures.opened(SimpleUploadedFile("x.png", content))


def xlsx(sheet):
    """A workbook whose one sheet is this XML."""
    buffer, book = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return buffer.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"ha" * 1000 + b'">'
LAUGHS += b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 20) for n in range(9))
LAUGHS += b"]><x>&a8;</x>"
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>'
TABLES = {
    "解开 200 MB 的 XLSX": ("a.xlsx", lambda: xlsx(b"<x>" + b" " * 200_000_000)),
    "XLSX 里的实体炸弹": ("a.xlsx", lambda: xlsx(LAUGHS)),
    "一百万行的 CSV": ("a.csv", lambda: b"a,b\n" * 1_000_000),
    "一百万列的 CSV": ("a.csv", lambda: b"," * 1_000_000),
    "一格 4 MB 的 CSV": ("a.csv", lambda: b'a\n"' + b"x" * 4_000_000),
    "空字节": ("a.csv", lambda: b"a,b\x00\n1,2"),
    "不是压缩包的 XLSX": ("a.xlsx", lambda: b"PK\x03\x04" + b"\xff" * 1000),
    "空的": ("a.xlsx", lambda: b""),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_bomb_is_refused_or_read_in_a_moment(name):
    suffix, make = TABLES[name]
    content = make()
    with seconds_of_processor(8), suppress(UnreadableTable):
        assert len(read_table(suffix, content).rows) <= 5000


@pytest.mark.parametrize("name", TABLES)
def test_a_bomb_of_articles_is_refused_or_read_in_a_moment(name):
    suffix, make = TABLES[name]
    content = make()
    with seconds_of_processor(8):
        rows = list(files.read(suffix, content))

    assert any(row.problems for row in rows if hasattr(row, "problems"))


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE], ids=["实体炸弹", "外部实体"])
def test_no_entity_of_an_xml_file_is_followed(content, tried):
    with seconds_of_processor(3):
        rows = list(files.read("a.xml", content))

    assert "root:" not in str(rows)
    assert all(hasattr(row, "problems") and row.problems for row in rows)
    tried("上传：一个文件两种格式", f"{len(POLYGLOTS)} 种", "只留下重新编码的图片")
    tried("上传：图片、表格、XML 炸弹", f"{len(BOMBS) + 2 * len(TABLES) + 2} 种", "片刻之内拒绝，说明原因")
