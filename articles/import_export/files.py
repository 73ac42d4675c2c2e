"""Files of articles in and out: Markdown, CSV, XLSX, and what WordPress exports (WXR), read only.

A table's columns are the fields of articles.fields.__init__ by their labels, and the moment of publication; a cell that a spreadsheet would run as a formula goes out with ' before it, and
the ' is taken off again on the way in.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import BadZipFile

from django.utils import timezone

from articles import fields
from articles.import_export.importer import ImportProblem, Incoming, Row, from_markdown
from articles.models import Article
from articles.rich_text import sanitise
from articles.text import split_tags
from calculators.common.spreadsheets import UnreadableTable, harmless, openpyxl, refuse_bomb, unmarked

FIRST_COLUMNS = ("slug", "title", "summary", "category", "tags", "area", "sources", "calculators")
PUBLISHED = {"发布时间": "published"}
MOST_ROWS = 5000
LONGEST_CELL = 1_000_000
WXR = {
    "content": "{http://purl.org/rss/1.0/modules/content/}encoded",
    "excerpt": "{http://wordpress.org/export/1.2/excerpt/}encoded",
    "wp": "{http://wordpress.org/export/1.2/}",
}
csv.field_size_limit(LONGEST_CELL)


def columns() -> dict[str, str]:
    """The columns of a table in their order, each with the name of its field; the body is the last."""
    names = [field.name for field in fields.file_fields()]
    others = [name for name in names if name not in FIRST_COLUMNS and not fields.by_name(name).is_html]
    htmls = [name for name in names if fields.by_name(name).is_html]
    labels = {name: fields.by_name(name).label for name in names}
    first = {labels[name]: name for name in (*FIRST_COLUMNS, *others)}
    return first | PUBLISHED | {labels[name]: name for name in htmls}


def _lists():
    return {field.name for field in fields.file_fields() if field.is_list}


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
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except UnreadableTable as error:
        raise ImportProblem([str(error)]) from error
    except (
        openpyxl.utils.exceptions.InvalidFileException,
        BadZipFile,
        ElementTree.ParseError,
        KeyError,
        OSError,
        ValueError,
    ) as error:
        raise ImportProblem(["这不是能读的 XLSX 文件。"]) from error
    yield from _from_rows(name, book.active.iter_rows(values_only=True))


def _from_rows(name, rows):
    rows = iter(rows)
    header = [str(cell or "").strip() for cell in next(rows, [])]
    unknown = [column for column in header if column and column not in columns()]
    if unknown or "标题" not in header or "正文" not in header:
        raise ImportProblem(
            [f"第一行要写列名：{'、'.join(columns())}。" + (f"不认识：{'、'.join(unknown)}。" if unknown else "")]
        )
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise ImportProblem([f"一次最多导入 {MOST_ROWS} 行。"])
        if any(row):
            yield _from_row(f"{name} 第 {number} 行", dict(zip(header, row, strict=False)))


def _from_row(name, cells):
    known = columns()
    front = {known[column]: _cell(value) for column, value in cells.items() if column and value not in (None, "")}
    body = sanitise(str(front.pop("body", "")))
    for key in _lists() & front.keys():
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
    """The newest text readers may see of each article, as a row of `columns`."""
    related = [field.related() for field in fields.file_fields()]
    selected = [name for names, _ in related for name in names]
    prefetched = [lookup for _, lookups in related for lookup in lookups]
    for article in articles.select_related(*selected).prefetch_related(*prefetched).iterator(500):
        yield _row(article)


def _row(article: Article) -> dict:
    published = timezone.localtime(article.published_at).isoformat() if article.published_at else ""
    cells = {field.label: field.cell(article) for field in fields.file_fields()} | dict.fromkeys(PUBLISHED, published)
    return {column: cells[column] for column in columns()}


def to_csv(articles) -> bytes:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, columns())
    writer.writeheader()
    writer.writerows({column: harmless(value) for column, value in row.items()} for row in exported(articles))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(articles) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("文章")
    sheet.append(list(columns()))
    for row in exported(articles):
        sheet.append([harmless(value) for value in row.values()])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def to_markdown(row: dict) -> str:
    """Front matter and the body as HTML, which is Markdown too: nothing is lost on the way back."""
    named = {columns()[column]: value for column, value in row.items()}
    body = re.sub(r"\n\s*\n", "\n", named.pop("body"))
    lines = [f"{name} = {_toml(name, value)}" for name, value in named.items() if value]
    return "\n".join(["+++", *lines, "+++", "", body, ""])


def _toml(name, value):
    if name in PUBLISHED.values():
        return value
    if name in _lists():
        return f"[{', '.join(_quoted(part) for part in value.split('、'))}]"
    return _quoted(value)


def _quoted(text):
    return f'"{_escaped(text)}"'


def _escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
