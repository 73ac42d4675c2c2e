"""Input made to cost: formulas, patterns, pictures and tables that would take the machine's time or memory."""

import ast
import io
import itertools
import re
import signal
import struct
import zipfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from articles import pictures
from articles.import_export import files
from calculators.common.spreadsheets import UnreadableTable, read_table
from calculators.formulas import FormulaError, compile_formula
from tests.calculators.formulas.scopes import Names

ROOT = Path(__file__).parent.parent.parent
APPS = ("articles", "calculators", "yibao_site")
LONG = 1_000
FORMULAS = {
    "深括号": "(" * 5000 + "1" + ")" * 5000,
    "只开不关": "(" * 100_000,
    "深嵌套函数": "取大(" * 3000 + "1" + ")" * 3000,
    "长加法": "+".join(["1"] * 100_000),
    "一串负号": "-" * 100_000 + "1",
    "大数字": "9" * 100_000,
    "连乘": "×".join(["99999999999999999999"] * 400),
    "小数位": "1." + "3" * 50_000,
    "连除": "1" + "÷3" * 5000,
    "零除": "1 ÷ 0",
    "长名字": "医" * 100_000,
    "乱码": "".join(map(chr, range(1, 3000))),
    "Python": "__import__('os').system('id')",
    "属性": "费用.__class__.__mro__",
    "推导式": "[i for i in range(10**9)]",
    "幂": "9**9**9**9",
    "科学记数": "1e999999999",
    "空字符": "1\x00+1",
    "全角": "（" * 2000 + "１" + "）" * 2000,
    "比较链": "<".join(["1"] * 5000),
}


class Slow(Exception):
    """The work took more than its share of processor time."""


@contextmanager
def seconds_of_processor(seconds):
    """Cut the work off after so much of this process's own time, however busy the machine is."""

    def stop(*args):
        raise Slow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def test_the_clock_of_these_tests_cuts_off_what_takes_too_long():
    with pytest.raises(Slow), seconds_of_processor(0.1):
        re.fullmatch(r"(a+)+b", "a" * 60)


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_no_formula_costs_more_than_a_moment(text):
    with seconds_of_processor(2), suppress(FormulaError):
        compile_formula(text).evaluate(Names({}))


def patterns():
    """Every regular expression written in the code, with the place where it stands."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and is_of_re(node.func) and node.args:
                    written = node.args[0]
                    if isinstance(written, ast.Constant) and isinstance(written.value, str | bytes):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", re.compile(written.value, flags_of(node))


def is_of_re(function):
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"


def flags_of(call):
    names = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    flags = {name: getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag)}
    return sum(flags.values()) if flags else 0


def long_texts(pattern):
    """What such a pattern likes, over and over, and at the end what it does not."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    liked = sorted(set(re.findall(r"[^\\()\[\]{}|*+?^$.]", source)))[:8]
    pieces = [*liked, *("a", "0", " ", "医", "<a ", "〔", '="', "1.", "，1", "</p>", "\n", "年1月", "-a")]
    pieces += ["".join(pair) for pair in itertools.islice(itertools.permutations(liked, 2), 6)]
    for piece in pieces:
        yield (piece * LONG)[:LONG] + "\x00"


def test_no_pattern_takes_long_over_any_text(tried):
    slow, texts, found = [], 0, list(patterns())
    for place, pattern in found:
        for text in long_texts(pattern):
            given = text.encode() if isinstance(pattern.pattern, bytes) else text
            texts += 1
            try:
                with seconds_of_processor(1):
                    pattern.fullmatch(given)
                    pattern.search(given)
            except Slow:
                slow.append((place, pattern.pattern, text[:6]))
                break

    assert len(found) > 60
    assert slow == []
    tried("ReDoS：代码里的正则表达式", f"{len(found)} 条 × {texts // len(found)} 种一千字的文字", "没有一条超过一秒")
    tried("公式炸弹", f"{len(FORMULAS)} 种", "两秒之内算完，或说出哪里不对")


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
        assert len(read_table(suffix, content)) <= 5000


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
