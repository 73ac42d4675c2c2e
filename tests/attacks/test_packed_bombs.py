"""Small files that unpack, count, nest or repeat without end: workbooks, WordPress exports, Markdown, pictures."""

import io
import struct
import warnings
import zipfile
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from articles import pictures
from articles.import_export import files
from articles.import_export.importer import import_articles
from articles.models import MAX_TAGS_AN_ARTICLE, Category
from calculators.common.spreadsheets import UnreadableTable, read_table
from tests.articles.import_export.conftest import IMPORT
from tests.articles.import_export.wxr_files import item, wxr
from tests.attacks.processor_time import seconds_of_processor

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED_PART = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_TYPE}"/></Types>'.encode()
SHARING = '<c t="s"><v>0</v></c>'
FIRST, LAST = (f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>标题</t></is></c></row>' for n in (1, 2_000_000_000))


def workbook(sheet="", shared="", styles=""):
    """A workbook with these rows, shared texts and cell formats."""
    out, book = io.BytesIO(), io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name).replace(b"</Types>", SHARED_PART if shared else b"</Types>")
            part = part.replace(b"</cellXfs>", f"{styles}</cellXfs>".encode())
            is_sheet = name == "xl/worksheets/sheet1.xml" and sheet
            target.writestr(name, f'<worksheet xmlns="{SPREADSHEET}">{sheet}</worksheet>' if is_sheet else part)
        if shared:
            target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SPREADSHEET}">{shared}</sst>')
    return out.getvalue()


def numbered(first, end):
    return "".join(f'<row r="{number}"/>' for number in range(first, end))


def zip_of(content, copies):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(copies):
            archive.writestr(f"{number}.xlsx", content)
    return out.getvalue()


WORKBOOKS = {
    "说有二十亿行": lambda: workbook(f"<sheetData>{FIRST}{LAST}</sheetData>"),
    "一百万个空行": lambda: workbook(f'<dimension ref="A1:XFD1048576"/><sheetData>{"<row/>" * 1_048_576}</sheetData>'),
    "两万多个带行号的空行": lambda: workbook(f"<sheetData>{FIRST}{numbered(2, 22_000)}</sheetData>"),
    "六十万个共用的文字": lambda: workbook(shared="".join(f"<si><t>{n}</t></si>" for n in range(600_000))),
    "一个长字，四万处共用": lambda: workbook(
        f"<sheetData>{f'<row>{SHARING * 90}</row>' * 450}</sheetData>",
        f"<si><t>{'长' * 30_000}</t></si>",
    ),
    "八十万种格式": lambda: workbook(styles='<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 800_000),
    "三百万层": lambda: workbook("<x>" * 3_000_000),
    "压缩包里的压缩包": lambda: zip_of(zip_of(zip_of(bytes(20_000_000), 4), 20), 20),
    "两万个文件": lambda: zip_of(b"", 20_000),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_unpacks_or_counts_without_end_is_refused_or_read_in_a_moment(name):
    content = WORKBOOKS[name]()
    with seconds_of_processor(4), suppress(UnreadableTable):
        assert len(read_table("a.xlsx", content).rows) <= 5000


def test_blank_rows_below_a_table_are_no_part_of_it_as_long_as_they_are_few():
    rows = numbered(3, 9000)
    second = FIRST.replace("1", "2", 1).replace("A1", "A2")

    assert len(read_table("a.xlsx", workbook(f"<sheetData>{FIRST}{second}{rows}</sheetData>")).rows) == 1


MANY = range(100_000)
EXPORTS = {
    "十万个标签": lambda: wxr(item("甲", tags=[f"标签{number}" for number in MANY])),
    "十万个栏目": lambda: wxr(item("甲", categories=["健康新闻", *(f"栏目{number}" for number in MANY)])),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPORTS)
def test_a_post_with_a_hundred_thousand_tags_is_refused_and_says_why(name):
    Category.objects.create(name="健康新闻")
    content = EXPORTS[name]()
    with seconds_of_processor(10):  # to compare each with each takes minutes
        [row] = import_articles(files.read("a.xml", content), dry_run=True).rows

    assert f"一篇最多 {MAX_TAGS_AN_ARTICLE} 个。" in row.said
    assert len(row.said) < 5_000


DECLARED = '<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>'


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig", "utf-7"])
def test_an_entity_declared_in_any_encoding_is_refused(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?>{DECLARED}'.encode(encoding)
    [row] = files.read("a.xml", content)

    assert row.problems


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks, width=200, height=200):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes((width * 3 + 1) * height), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + b"".join([chunk(b"IHDR", head), *chunks, chunk(b"IDAT", body), chunk(b"IEND", b"")])


ZEROS = zlib.compress(bytes(100_000_000), 9)
PICTURES = {
    "100 MB 的色彩描述": lambda: png(chunk(b"iCCP", b"x\x00\x00" + ZEROS)),
    "100 MB 的文字": lambda: png(chunk(b"zTXt", b"x\x00\x00" + ZEROS)),
    "100 MB 的国际文字": lambda: png(chunk(b"iTXt", b"x\x00\x01\x00\x00\x00" + ZEROS)),
    "二十万个文字块": lambda: png(chunk(b"tEXt", b"x\x00") * 200_000),
    "说有四十亿帧": lambda: png(chunk(b"acTL", struct.pack(">II", 4_000_000_000, 0))),
    "10 万像素宽": lambda: png(width=100_000, height=100),
    "10 万像素高": lambda: png(width=100, height=100_000),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_whose_parts_unpack_without_end_is_refused_or_opened_in_a_moment(name):
    content = PICTURES[name]()
    with seconds_of_processor(4), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own about the animation
        with suppress(ValidationError):
            assert min(pictures.opened(SimpleUploadedFile("x.png", content)).size) >= pictures.MIN_SIDE_PIXELS


FOOTNOTES = "".join(f"[^{number}]" for number in range(20_000))
DEPTHS = (400, 460, 500, 20_000)  # about what Python's own limit allows, and far beyond
TEXTS = {
    "两万个脚注": f"---\ntitle: 甲\ncategories: 健康新闻\n---\n{FOOTNOTES}\n\n{FOOTNOTES.replace(']', ']: 注' + chr(10))}",
    "YAML 的引用": f"---\ntitle: 甲\na: &a [x]\nb: &b [{'*a, ' * 9}*a]\ntags: [{'*b, ' * 9}*b]\n---\n文",
    **{f"TOML 套 {depth} 层": f"+++\ntitle='甲'\ntags={'[' * depth}{']' * depth}\n+++\n文" for depth in DEPTHS},
    **{f"YAML 套 {depth} 层": f"---\ntitle: 甲\ntags: {'[' * depth}{']' * depth}\n---\n文" for depth in DEPTHS},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXTS)
def test_a_markdown_file_that_nests_or_repeats_without_end_is_answered_on_the_import_page(admin_client, name):
    Category.objects.create(name="健康新闻")
    with seconds_of_processor(5):
        page = admin_client.post(IMPORT, {"files": SimpleUploadedFile("a.md", TEXTS[name].encode())})

    assert page.status_code == 200
    [row] = page.context["report"].rows
    assert bool(row.problems) == (name != "两万个脚注")


def test_these_bombs_are_told(tried):
    count = len(WORKBOOKS) + len(EXPORTS) + len(PICTURES) + len(TEXTS)
    tried("上传：XLSX、WXR、PNG、Markdown 里的炸弹", f"{count} 种", "片刻之内拒绝或读完，说明原因")
