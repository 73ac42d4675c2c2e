"""Files of articles in and out: Markdown, CSV, XLSX, and what WordPress exports (WXR), read only.

A table's columns are COLUMNS; a cell that a spreadsheet would run as a formula goes out with ' before it, and
the ' is taken off again on the way in.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import BadZipFile

from django.db.models import Prefetch
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from articles.import_export.importer import ImportProblem, Incoming, Row, from_markdown
from articles.models import Article, ArticleSource
from articles.rich_text import sanitise
from articles.text import split_tags
from calculators.common.spreadsheets import UnreadableTable, harmless, refuse_bomb, unmarked

COLUMNS = {
    "网址名": "slug",
    "标题": "title",
    "摘要": "summary",
    "栏目": "category",
    "标签": "tags",
    "地区": "area",
    "来源": "sources",
    "计算器": "calculators",
    "发布时间": "published",
    "正文": "body",
}
LISTS = {"sources", "calculators"}
MOST_ROWS = 5000
LONGEST_CELL = 1_000_000
WXR = {
    "content": "{http://purl.org/rss/1.0/modules/content/}encoded",
    "excerpt": "{http://wordpress.org/export/1.2/excerpt/}encoded",
    "wp": "{http://wordpress.org/export/1.2/}",
}
csv.field_size_limit(LONGEST_CELL)


def read(name: str, data: bytes) -> Iterator[Incoming | Row]:
    """The articles in a file, told by the end of its name; what cannot be read is a Row that says why."""
    readers = {"md": _read_markdown, "csv": _read_csv, "xlsx": _read_xlsx, "xml": _read_wxr}
    reader = readers.get(name.rpartition(".")[2].lower())
    if reader is None:
        yield Row(name, problems=["只能导入 .md、.csv、.xlsx 和 WordPress 的 .xml。"])
        return
    try:
        yield from reader(name, data)
    except ImportProblem as problem:
        yield Row(name, problems=problem.sentences)


def _text(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise ImportProblem(["文件不是 UTF-8 也不是 GB18030 编码。"]) from error


def _read_markdown(name, data):
    yield from_markdown(name, _text(data))


def _read_csv(name, data):
    try:
        yield from _from_rows(name, csv.reader(StringIO(_text(data), newline="")))
    except csv.Error as error:
        raise ImportProblem([f"读不懂这个 CSV：{error}"]) from error


def _read_xlsx(name, data):
    try:
        refuse_bomb(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except UnreadableTable as error:
        raise ImportProblem([str(error)]) from error
    except (InvalidFileException, BadZipFile, ElementTree.ParseError, KeyError, OSError, ValueError) as error:
        raise ImportProblem(["这不是能读的 XLSX 文件。"]) from error
    yield from _from_rows(name, book.active.iter_rows(values_only=True))


def _from_rows(name, rows):
    rows = iter(rows)
    header = [str(cell or "").strip() for cell in next(rows, [])]
    unknown = [column for column in header if column and column not in COLUMNS]
    if unknown or "标题" not in header or "正文" not in header:
        raise ImportProblem(
            [f"第一行要写列名：{'、'.join(COLUMNS)}。" + (f"不认识：{'、'.join(unknown)}。" if unknown else "")]
        )
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise ImportProblem([f"一次最多导入 {MOST_ROWS} 行。"])
        if any(row):
            yield _from_row(f"{name} 第 {number} 行", dict(zip(header, row, strict=False)))


def _from_row(name, cells):
    front = {COLUMNS[column]: _cell(value) for column, value in cells.items() if column and value not in (None, "")}
    body = sanitise(str(front.pop("body", "")))
    for key in LISTS & front.keys():
        front[key] = split_tags(str(front[key]))
    if isinstance(front.get("published"), str):
        front["published"] = _moment(front["published"])
    front |= {key: str(value) for key, value in front.items() if not isinstance(value, str | list | datetime)}
    return Incoming(name, front, body)


def _cell(value):
    return unmarked(value) if isinstance(value, str) else value


def _moment(text):
    """A day and time as people write it; what is none is left for the report."""
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return text


def _read_wxr(name, data):
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ImportProblem(["文件里有 XML 实体声明，不能导入。"])
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - entity declarations are refused above
    except ElementTree.ParseError as error:
        raise ImportProblem([f"读不懂这个 XML：{error}"]) from error
    for number, item in enumerate(root.iter("item"), start=1):
        if item.findtext(f"{WXR['wp']}post_type", "post") == "post":
            yield _from_item(f"{name} 第 {number} 条", item)


def _from_item(name, item):
    html = item.findtext(WXR["content"]) or ""
    body = sanitise(_paragraphs(html))
    named = {
        domain: [c.text or "" for c in item.findall("category") if c.get("domain") == domain]
        for domain in ("category", "post_tag")
    }
    front = {
        "title": (item.findtext("title") or "").strip(),
        "summary": (item.findtext(WXR["excerpt"]) or "").strip(),
        "category": named["category"][0] if named["category"] else "",
        "tags": split_tags("、".join(named["post_tag"])),
    }
    if item.findtext(f"{WXR['wp']}status") == "publish":
        front["published"] = _moment(item.findtext(f"{WXR['wp']}post_date") or "")
    lost = html.count("<img") - body.count("<img")
    return Incoming(name, front, body, [f"{lost} 张图片没有导入，请传到图片库再插入。"] if lost else [])


def _paragraphs(html):
    """WordPress keeps blank lines where a page has paragraphs."""
    if "<p" in html:
        return html
    return "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", html) if part.strip())


def exported(articles) -> Iterator[dict]:
    """The newest text readers may see of each article, as a row of COLUMNS."""
    sources = Prefetch("sources", ArticleSource.objects.select_related("document"))
    for article in articles.select_related("category", "area").prefetch_related(sources, "calculators").iterator(500):
        yield _row(article)


def _row(article: Article) -> dict:
    published = timezone.localtime(article.published_at).isoformat() if article.published_at else ""
    return {
        "网址名": article.slug,
        "标题": article.title,
        "摘要": article.summary,
        "栏目": article.category.name,
        "标签": article.tags_text,
        "地区": article.area.code if article.area else "",
        "来源": "、".join(source.document.slug for source in article.sources.all()),
        "计算器": "、".join(calculator.code for calculator in article.calculators.all()),
        "发布时间": published,
        "正文": article.body,
    }


def to_csv(articles) -> bytes:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({column: harmless(value) for column, value in row.items()} for row in exported(articles))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(articles) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("文章")
    sheet.append(list(COLUMNS))
    for row in exported(articles):
        sheet.append([harmless(value) for value in row.values()])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def to_markdown(row: dict) -> str:
    """Front matter and the body as HTML, which is Markdown too: nothing is lost on the way back."""
    lines = [
        f"{COLUMNS[column]} = {_toml(column, value)}" for column, value in row.items() if value and column != "正文"
    ]
    body = re.sub(r"\n\s*\n", "\n", row["正文"])
    return "\n".join(["+++", *lines, "+++", "", body, ""])


def _toml(column, value):
    if column == "发布时间":
        return value
    quoted = (f'"{_escaped(part)}"' for part in (value.split("、") if COLUMNS[column] in LISTS | {"tags"} else [value]))
    return f"[{', '.join(quoted)}]" if COLUMNS[column] in LISTS | {"tags"} else next(quoted)


def _escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
