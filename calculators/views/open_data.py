"""Views of open data: every adopted policy value, or those of one area, as CSV and JSON, with its source and evidence.

A row holds from its first day until `until`, the first day of the next row of its series, or until today and on where that
is blank (calculators.values.series). Files are written row by row, so that a hundred thousand rows take no more memory than one.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from calculators.common import page_keys
from calculators.common.cells import escape_formula
from calculators.models import PolicyValue, PoolingArea
from calculators.policies.evidence import count_evidence
from calculators.question_answering import lookups
from calculators.values.units import UNITS

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.zh-hans"
CHUNK_ROWS = 500
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for GBK


@dataclass(frozen=True)
class ValueRow:
    """A policy value and the first day of the row that follows it, None where none does."""

    value: PolicyValue
    until: date | None


@dataclass(frozen=True)
class DataColumn:
    """`name` in JSON, `heading` in CSV; `read` takes a ValueRow."""

    name: str
    heading: str
    meaning: str
    read: Callable[[ValueRow], Any]


COLUMNS = (
    DataColumn("parameter", "参数代码", "接口里也用它", lambda row: row.value.parameter.code),
    DataColumn("name", "参数", "如“职工门诊起付线”", lambda row: row.value.parameter.name),
    DataColumn("area", "地区代码", "六位行政区划代码，CN 是全国", lambda row: row.value.area.code),
    DataColumn("area_name", "地区", "统筹地区", lambda row: row.value.area.short_name),
    DataColumn("applies_to", "适用于", "空的是一律适用", lambda row: row.value.conditions_text),
    DataColumn("kind", "类型", "数值、不设限额、停止执行、此后未收录", lambda row: row.value.get_kind_display()),
    DataColumn("value", "数值", "比例写小数；分段的写成几段", lambda row: row.value.written),
    DataColumn("unit", "单位", "元、比例、月……", lambda row: UNITS[row.value.unit]),
    DataColumn("effective_from", "首日", "空的是没有查到", lambda row: row.value.effective_from),
    DataColumn("until", "到哪天为止", "下一行的首日；空的是还没有下一行", lambda row: row.until),
    DataColumn("seen_on", "见于", "首日没有查到时，在来源里看到它的日子", lambda row: row.value.seen_on),
    DataColumn("evidence", "核实", "已核实、据转述、待核实", lambda row: row.value.get_status_display()),
    DataColumn("document", "政策文件", "标题", lambda row: row.value.document.title),
    DataColumn("number", "文号", "没有查到的空着", lambda row: row.value.document.number),
    DataColumn("issuer", "发布机关", "", lambda row: row.value.document.issuer),
    DataColumn("clause", "条款", "", lambda row: row.value.clause),
    DataColumn("url", "链接", "原文的网址", lambda row: row.value.document.url),
)


def index(request):
    """Page that says what the files hold and links them."""
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    context = {"columns": COLUMNS, "areas": lookups.areas_with_values(), "evidence": count_evidence()}
    return render(request, "calculators/open_data.html", context | {"licence": LICENCE, "licence_url": LICENCE_URL})


def values(request, suffix: str, code: str = ""):
    """The file, streamed. Raises Http404 for an area that is none."""
    area = get_object_or_404(PoolingArea, code=code) if code else None
    rows = dated_rows(area)
    content, kind = (
        (_csv(rows), "text/csv; charset=utf-8") if suffix == "csv" else (_json(request, rows), "application/json")
    )
    response = StreamingHttpResponse(content, content_type=kind)
    name = f"policy-values{f'-{code}' if code else ''}-{timezone.localdate():%Y%m%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, no-cache"
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response


def dated_rows(area: PoolingArea | None = None) -> Iterator[ValueRow]:
    """Adopted rows in the order of their series, the newest of each first. One query."""
    rows = PolicyValue.objects.adopted().for_figures()
    if area:
        rows = rows.filter(area=area)
    series, following = None, None
    for row in rows.iterator(chunk_size=CHUNK_ROWS):
        if (one := (row.parameter_id, row.area_id, row.conditions_key)) != series:
            series, following = one, None
        yield ValueRow(row, following)
        following = row.effective_from or following


def _csv(rows: Iterable[ValueRow]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([column.heading for column in COLUMNS])
    for row in rows:
        yield writer.writerow([_cell(column.read(row)) for column in COLUMNS])


def _cell(content):
    return "" if content is None else escape_formula(str(content))


def _json(request, rows: Iterable[ValueRow]) -> Iterator[str]:
    head = {
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "about": request.build_absolute_uri(reverse("calculators:data")),
        "day": timezone.localdate().isoformat(),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "values": ['
    separator = "\n"
    for row in rows:
        yield separator + json.dumps({column.name: _plain(column.read(row)) for column in COLUMNS}, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _plain(content):
    return content.isoformat() if isinstance(content, date) else content


class _Echo:
    """A file for csv.writer that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
