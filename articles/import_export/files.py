"""Files of articles in and out: Markdown, CSV, XLSX, and what WordPress exports (WXR), read only.

A table's columns are the fields of articles.fields by their labels, and the moment of publication;
calculators.common.spreadsheets reads and writes it.
"""

from collections.abc import Iterator

from django.utils import timezone

from articles import fields, rich_text
from articles.import_export import wxr
from articles.import_export.front_matter import moment
from articles.import_export.importer import ImportProblem, ImportResult, Incoming, from_markdown
from articles.import_export.markdown_writer import body_to_markdown
from articles.models import Article
from articles.text import split_tags
from calculators.common.characters import clean
from calculators.common.spreadsheets import UnreadableTable, decode_text, read_table, write_table

FIRST_COLUMNS = ("slug", "title", "summary", "category", "tags", "area", "sources", "calculators")
PUBLISHED = {"发布时间": "published"}
MAX_BYTES = 20_000_000


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


def read(name: str, data: bytes) -> Iterator[Incoming | ImportResult]:
    """The articles in a file, told by the end of its name; what cannot be read is an ImportResult that says why."""
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        yield ImportResult(name, problems=["只能导入 .md、.csv、.tsv、.txt、.xlsx 和 WordPress 的 .xml。"])
        return
    try:
        yield from reader(name, data)
    except ImportProblem as problem:
        yield ImportResult(name, problems=problem.sentences)
    except UnreadableTable as error:
        yield ImportResult(name, problems=[str(error)])


def _read_markdown(name, data):
    yield from_markdown(name, decode_text(data))


def _read_table(name, data):
    table, known = read_table(name, data, max_bytes=MAX_BYTES), columns()
    unknown = [column for column in table.headers if column not in known]
    if unknown or "标题" not in table.headers or "正文" not in table.headers:
        raise ImportProblem(
            [f"第一行要写列名：{'、'.join(known)}。" + (f"不认识：{'、'.join(unknown)}。" if unknown else "")]
        )
    for number, cells in table.rows.items():
        row, notes = f"{name} 第 {number} 行", table.notes.get(number, [])
        if number in table.faults:
            yield ImportResult(row, problems=table.faults[number], notes=notes)
        else:
            yield _from_row(row, dict(zip(table.headers, cells, strict=True)), notes)


READERS = {
    "md": _read_markdown,
    "markdown": _read_markdown,
    "xml": wxr.read,
    **dict.fromkeys(["csv", "tsv", "txt", "xlsx"], _read_table),
}


def _from_row(name, cells, notes):
    known = columns()
    front = {known[column]: text for column, text in cells.items() if text}
    body = rich_text.clean(front.pop("body", ""), line_breaks=True)
    for key in _lists() & front.keys():
        front[key] = split_tags(front[key])
    if "published" in front:
        front["published"] = moment(front["published"])
    return Incoming(name, front, body.html, [*notes, *body.notes], {field: column for column, field in known.items()})


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
    return {column: clean(cells[column]) for column in columns()}


def to_table(articles, suffix: str) -> bytes:
    """As CSV or XLSX. Raises UnwritableTable where a body is too long for a cell of XLSX."""
    return write_table(list(columns()), (list(row.values()) for row in exported(articles)), suffix)


def to_markdown(row: dict) -> str:
    """Front matter and the body: nothing is lost on the way back."""
    named = {columns()[column]: value for column, value in row.items()}
    body = body_to_markdown(named.pop("body"))
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
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
