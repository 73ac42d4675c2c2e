"""Links from a field of the office to the part of 帮助 that explains it.

`help_links` of a model admin or inline gives the section of templates/admin/help.html by the name of the field.
"""

from copy import copy

from django.urls import reverse
from django.utils.html import format_html

# The sections of 帮助 that fields lead to; a test compares them with its headings.
HELP_SECTIONS = {
    "text": "正文怎么写",
    "tags": "标签",
    "sources": "依据的文件",
    "figure": "文中的数字",
    "publish": "送审、发布、修改",
    "related": "大家还在看",
    "synonyms": "同义词",
    "written": "一格里的数怎么写",
    "conditions": "适用于谁",
    "dates": "首日、见于和复核截止",
    "reading": "第二个人核对",
    "document": "政策文件和来源等级",
    "calculator": "做一个计算器",
    "question": "问题的种类",
    "formula": "公式怎么写",
    "case": "算例",
}


def help_link(section: str):
    return format_html(
        '<a class="help-link" href="{}#{}" target="_blank">帮助：{}</a>',
        reverse("admin:help"),
        section,
        HELP_SECTIONS[section],
    )


def with_help(form, sections):
    """The form class with the links behind its fields' own words; the fields are copies, for classes share them."""
    linked = {}
    for name, field in form.base_fields.items():
        linked[name] = copy(field)
        if name in sections:
            linked[name].help_text = format_html("{} {}", field.help_text, help_link(sections[name]))
    form.base_fields = linked
    return form


class HelpLinksMixin:
    help_links: dict[str, str] = {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        return with_help(super().get_form(request, obj, change, **kwargs), self.help_links)
