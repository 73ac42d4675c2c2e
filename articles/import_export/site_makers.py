"""Front matter of other site makers (Hexo, Hugo, Jekyll): read by our names, and told what became of each entry.

What hides a text there keeps it from readers here: a password, `draft`, `published: false`, a day that has ended.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from articles import fields
from articles.models import MAX_TAG_LENGTH
from articles.text import split_tags
from calculators.common.cells import read_moment

# What the entries of our fields are called, the best first; names are compared in lower case.
TEXT_NAMES = {"title": ("title",), "summary": ("summary", "description", "excerpt")}
DAY_NAMES = ("published", "publishdate", "date")
CATEGORY_NAMES, TAG_NAMES = ("category", "categories"), ("tags", "tag")
OLD_ADDRESS_NAMES = ("permalink", "url", "aliases", "redirect_from")
FOREIGN_NAMES = {"date", "publishdate", "categories", "description", "excerpt", "tag", *OLD_ADDRESS_NAMES}
HIDING_NAMES = {
    "draft": "原来是草稿",
    "password": "原来有密码",
    "private": "原来是私密文章",
    "hidden": "原来是隐藏文章",
    "unlisted": "原来不公开列出",
}
NO_WORDS = {"", "false", "no", "off", "0", "none"}
DATED_FILE_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
SLUG = re.compile(r"[-a-z0-9_]{1,80}")
FOLDER_FILE_NAMES = {"index", "_index", "readme"}  # the folder, not the file, names the text
TEMPLATE_MARK = re.compile(r"\{%.{1,500}?%\}|\{\{.{1,500}?\}\}", re.DOTALL)


@dataclass
class Translation:
    """Front matter by our names; `spelled` is what the file calls them; `notes` tell what was taken and what was not."""

    front: dict[str, Any] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    old_addresses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Entries:
    """The entries of a file; what is taken is gone, so that what is left at the end was not used."""

    def __init__(self, front: dict[str, Any]):
        self.left = {name.lower(): value for name, value in front.items()}
        self.spelled = {name.lower(): name for name in front}

    def text(self, *names: str) -> tuple[str, str]:
        """The first that says something, and what it is called."""
        for name in names:
            if self.left.get(name) and isinstance(self.left[name], str | int | float):
                return str(self.left.pop(name)), self.spelled[name]
        return "", ""

    def texts(self, *names: str) -> tuple[list[str], str]:
        """All of them, lists in lists too, and what the first is called."""
        given = [name for name in names if _texts(self.left.get(name))]
        found = [text for name in given for text in _texts(self.left.pop(name))]
        return list(dict.fromkeys(found)), self.spelled[given[0]] if given else ""

    def moment(self, *names: str) -> tuple[Any, str]:
        """The first that says something: a moment, or as it is written where that is none."""
        for name in names:
            if self.left.get(name) and not isinstance(self.left[name], list | dict):
                return _moment(self.left.pop(name)), self.spelled[name]
        return "", ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value).strip()] if isinstance(value, str | int | float) and str(value).strip() else []


def _moment(value: Any) -> Any:
    try:
        return read_moment(value) if isinstance(value, str) else value
    except ValueError:
        return value


def is_foreign(front: dict[str, Any]) -> bool:
    """Whether an entry has a name that our own files have not: TOML is Hugo's front matter as well as ours."""
    return any(name.lower() in FOREIGN_NAMES for name in front)


def translate(front: dict[str, Any], file_name: str, body: str) -> Translation:
    """What another site maker's front matter and the name of its file say."""
    entries, found = Entries(front), Translation()
    hidden = list(_hiding(entries))
    for name, called in TEXT_NAMES.items():
        _take(found, name, entries.text(*called))
    _take(found, "published", entries.moment(*DAY_NAMES))
    _take_category_and_tags(found, entries)
    _take_own_entries(found, entries)
    _take_slug(found, entries, file_name)
    found.old_addresses, _ = entries.texts(*OLD_ADDRESS_NAMES)
    if "published" not in found.front:
        hidden.append("没有写日期")
    if hidden:
        found.front["draft"] = True
        found.notes.append(f"{'，'.join(hidden)}，作为草稿导入。")
    if entries.left:
        found.notes.append(f"没有用到：{'、'.join(entries.spelled[name] for name in entries.left)}。")
    if marks := len(TEMPLATE_MARK.findall(body)):
        found.notes.append(f"正文里有 {marks} 处模板标记（{{% … %}} 或 {{{{ … }}}}），本站不认识，原样留着，请改掉。")
    mapped = [f"{labels()[name]}←{written}" for name, written in found.spelled.items()]
    found.notes.insert(0, f"对应：{'、'.join(mapped)}。" if mapped else "没有一项认得出来。")
    return found


def labels() -> dict[str, str]:
    """What editors call the entries of our own front matter."""
    return {each.name: each.label for each in fields.FIELDS} | {"published": "发布时间", "draft": "草稿"}


def _take(found: Translation, name: str, taken: tuple[Any, str]) -> None:
    value, written = taken
    if value:
        found.front[name], found.spelled[name] = value, written


def _hiding(entries: Entries) -> Iterator[str]:
    """Why readers did not see it. `published` is a yes or no in Jekyll, and with us a day."""
    for name, sentence in HIDING_NAMES.items():
        if str(entries.left.pop(name, None) or "").strip().lower() not in NO_WORDS:
            yield sentence
    if (word := str(entries.left.get("published", "")).strip().lower()) in NO_WORDS | {"true", "yes", "on", "1"}:
        entries.left.pop("published", None)
        if word in NO_WORDS - {""}:
            yield "原来没有发布"
    ended, _ = entries.moment("expirydate")
    if isinstance(ended, date) and _aware(ended) <= timezone.now():
        yield "原来已经过期"
    elif ended:
        yield "原来到时下线，本站要另填下线时间"


def _aware(day: date) -> datetime:
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _take_category_and_tags(found: Translation, entries: Entries) -> None:
    """The first category is ours, for a text has one; the others become tags."""
    categories, written = entries.texts(*CATEGORY_NAMES)
    tags, tags_written = entries.texts(*TAG_NAMES)
    _take(found, "category", (categories[0] if categories else "", written))
    others = further_categories(categories, found.notes)
    _take(
        found,
        "tags",
        (split_tags("、".join([*tags, *others])), "、".join(filter(None, (tags_written, others and written)))),
    )


def further_categories(names: list[str], notes: list[str]) -> list[str]:
    """The categories behind the first, to be tags; told, and those too long for a tag left out and told."""
    others = [name for name in names[1:] if len(name) <= MAX_TAG_LENGTH]
    if others:
        notes.append(f"一篇只归一个栏目：归入“{names[0]}”，“{'”“'.join(others)}”作为标签。")
    if long := [name for name in names[1:] if len(name) > MAX_TAG_LENGTH]:
        notes.append(f"另外的栏目“{'”“'.join(long)}”太长，不能作标签，没有导入。")
    return others


def _take_own_entries(found: Translation, entries: Entries) -> None:
    """Entries that only our own files have: 地区, 来源, 计算器 …"""
    for each in fields.file_fields():
        if each.name in entries.left and each.name not in found.front and each.name != "slug" and not each.is_html:
            value, written = entries.left.pop(each.name), entries.spelled[each.name]
            _take(found, each.name, (split_tags(value) if each.is_list and isinstance(value, str) else value, written))


def _take_slug(found: Translation, entries: Entries, file_name: str) -> None:
    """Jekyll's 2024-03-05-title.md has the day and the address; Hexo's and Hugo's title.md the address."""
    stem = re.split(r"[\\/]", file_name)[-1].rpartition(".")[0]
    dated = DATED_FILE_NAME.fullmatch(stem)
    if dated and "published" not in found.front:
        _take(found, "published", (_moment(dated[1]), "文件名"))
    given, written = entries.text("slug")
    if SLUG.fullmatch(given.lower()):
        _take(found, "slug", (given.lower(), written))
        return
    if given:
        found.notes.append(f"原来的网址名“{given}”不是字母、数字和连字符，由标题的拼音生成。")
    named = (dated[2] if dated else stem).lower()
    if SLUG.fullmatch(named) and named not in FOLDER_FILE_NAMES:
        _take(found, "slug", (named, "文件名"))
