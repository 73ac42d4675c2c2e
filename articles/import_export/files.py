"""Files of articles in and out: Markdown, CSV, XLSX, and what WordPress exports (WXR), read only.

A table's columns are the fields of articles.fields by their labels, and the moment of publication;
calculators.common.spreadsheets reads and writes it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

from django.utils import timezone

from articles import fields
from articles.import_export.importer import ImportProblem, Incoming, Row, from_markdown
from articles.models import Article
from articles.rich_text import sanitise
from articles.text import split_tags
from calculators.common.cells import iso_moment
from calculators.common.spreadsheets import UnreadableTable, decode, read_table, write_table

FIRST_COLUMNS = ("slug", "title", "summary", "category", "tags", "area", "sources", "calculators")
PUBLISHED = {"发布时间": "published"}
MAX_BYTES = 20_000_000
WXR = {
    "content": "{http://purl.org/rss/1.0/modules/content/}encoded",
    "excerpt": "{http://wordpress.org/export/1.2/excerpt/}encoded",
    "wp": "{http://wordpress.org/export/1.2/}",
}


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
    readers = {"md": _read_markdown, "csv": _read_table, "xlsx": _read_table, "xml": _read_wxr}
    reader = readers.get(name.rpartition(".")[2].lower())
    if reader is None:
        yield Row(name, problems=["只能导入 .md、.csv、.xlsx 和 WordPress 的 .xml。"])
        return
    try:
        yield from reader(name, data)
    except ImportProblem as problem:
        yield Row(name, problems=problem.sentences)
    except UnreadableTable as error:
        yield Row(name, problems=[str(error)])


def _read_markdown(name, data):
    yield from_markdown(name, decode(data))


def _read_table(name, data):
    table, known = read_table(name, data, max_bytes=MAX_BYTES), columns()
    unknown = [column for column in table.headers if column and column not in known]
    if unknown or "标题" not in table.headers or "正文" not in table.headers:
        raise ImportProblem(
            [f"第一行要写列名：{'、'.join(known)}。" + (f"不认识：{'、'.join(unknown)}。" if unknown else "")]
        )
    for number, cells in table.rows.items():
        yield _from_row(f"{name} 第 {number} 行", dict(zip(table.headers, cells, strict=True)))


def _from_row(name, cells):
    known = columns()
    front = {known[column]: text for column, text in cells.items() if column and text}
    body = sanitise(front.pop("body", ""))
    for key in _lists() & front.keys():
        front[key] = split_tags(front[key])
    if "published" in front:
        front["published"] = _moment(front["published"])
    return Incoming(name, front, body)


def _moment(text):
    """A day and time as people write it; what is none is left for the report."""
    try:
        return datetime.fromisoformat(iso_moment(text))
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


def to_table(articles, suffix: str) -> bytes:
    """As CSV or XLSX. Raises UnwritableTable where a body is too long for a cell of XLSX."""
    return write_table(list(columns()), (list(row.values()) for row in exported(articles)), suffix)


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
