"""Validation rules of evidence: what a document can prove, for every writer of policy values: form, import, library.

已核实 rests on an official text with link and clause that two people have read; 据转述 names who restates it. A draft
(征求意见稿) is no policy. Each rule raises ValidationError with the field it is about.
"""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError

ANNOUNCED_AHEAD = timedelta(days=366)  # a document seen earlier names the clause that sets a figure for so late
YEAR_OF_TITLE = re.compile(r"(20[0-9]{2})年度")
DRAFT_WORD = "征求意见稿"


def is_draft(document):
    """Whether the document is a draft published for comment, which may still change."""
    return DRAFT_WORD in document.title


def check_evidence(value):
    """Check that the state of the figure is no better than its document."""
    document = value.document
    if document.is_proposal:
        raise ValidationError({"document": "这份文件还在等采用：先在“政策文件”里核对它、去掉“等采用”。"})
    if value.status == "confirmed" and not (document.is_official_text and value.clause):
        raise ValidationError(
            {
                "clause"
                if document.is_official_text
                else "document": "“已核实”要有官方原文（等级 A）、原文链接和条款；"
                "现在缺的补上以前，请写“据转述”或“待核实”。"
            }
        )
    if value.status == "restated" and document.grade != document.Grade.RESTATED:
        raise ValidationError({"document": "“据转述”的文件应是通讯社、办事指南或医院的转述（等级 B）。"})
    if value.status != "draft" and is_draft(document) and value.kind == "value":
        raise ValidationError({"document": "这份文件是征求意见稿，状态要写“征求意见稿”，它不参加计算。"})


def check_source(value):
    """Check that the document can contain the figure: it is not of an earlier year, nor seen long before without a clause."""
    if value.kind != "value" or value.effective_from is None or value.clause:
        return
    years = {int(year) for year in YEAR_OF_TITLE.findall(value.document.title)}
    if years and value.effective_from.year > max(years):
        raise ValidationError(
            {
                "document": f"这份文件是{max(years)}年度的，写不出{value.effective_from.year}年起的数：请换成真正写着它的文件。"
            }
        )
    if value.seen_on and value.effective_from - value.seen_on > ANNOUNCED_AHEAD:
        raise ValidationError(
            {"clause": "首日比在来源里看到它的日子晚一年以上：请写明预先规定它的条款，或换成真正写着它的文件。"}
        )
