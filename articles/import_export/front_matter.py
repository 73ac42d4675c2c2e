"""Front matter reader: title, 栏目, tags, 地区, sources … of a text that comes in, by the names people write."""

import re
from datetime import date, datetime, time

from django.utils import timezone

from articles import fields
from articles.import_export.category_mapping import CategoryMapping
from articles.import_export.site_makers import labels
from articles.models import MAX_TAG_LENGTH, MAX_TAGS_AN_ARTICLE, Article, Category, canonical, in_other_script
from articles.rich_text import clean
from articles.text import plain_text, split_tags
from calculators.common.cells import read_moment

LINE_BREAK = re.compile(r"[^\S\r\n\t]*[\r\n\t]\s*")
WORKFLOW_STATE_FIELDS = {"published", "draft"}
_MARKUP = re.compile(
    r"</(?:sup|sub|del|s|strike|ins|ruby|u|b|i|em|strong|span|p|a|font|mark|small|div)>|<br ?/?>|&(?:#\d+|\w+);"
)


def known() -> set[str]:
    """What may stand in front matter: the fields of the table without the body, and how far the article has come."""
    return {field.name for field in fields.file_fields() if not field.is_html} | WORKFLOW_STATE_FIELDS


def explained() -> dict[str, str]:
    """What editors call the fields of an article and what else stands in front matter, by their names."""
    return labels()


def moment(text: str) -> datetime | str:
    """A day and time as people write it; what is none is left for the report."""
    try:
        return read_moment(text)
    except ValueError:
        return text


class Reader:
    """Reads front matter and collects what is wrong with it; `body` is the text that stands below it, as HTML.

    `spelled` is what the file calls the fields, where it calls them otherwise than the office; `categories` know what
    becomes of a 栏目 that the site does not have.
    """

    def __init__(self, front, body="", *, spelled=None, categories=None):
        self.front = front
        self.body = body
        self.spelled = {} if spelled is None else spelled
        self.categories = categories or CategoryMapping()
        self.notes = []
        self.problems = [f"不认识的字段“{name}”。" for name in front if name not in known()]

    def called(self, name):
        """A field as its editor sees it: by its label, and by what the file calls it where that is another word."""
        written = self.spelled.get(name, name)
        return explained()[name] if written == explained()[name] else f"{explained()[name]}（{written}）"

    def text(self, name):
        value = self.front.get(name, "")
        if isinstance(value, str):
            return LINE_BREAK.sub(" ", self._without_markup(name, value)).strip()
        self.problems.append(f"{self.called(name)}要写成一段文字。")
        return ""

    def _without_markup(self, name, value):
        """A line that comes with markup, as titles from WordPress do, as the text that it shows."""
        if not _MARKUP.search(value):
            return value
        cleaned = clean(value)
        self.notes += [f"{explained()[name]}：{note}" for note in cleaned.notes]
        return plain_text(cleaned.html)

    def names(self, name):
        value = self.front.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return list(dict.fromkeys(item.strip() for item in value if item.strip()))
        self.problems.append(f'{self.called(name)}要写成文字的列表，如 ["…", "…"]。')
        return []

    def tags(self):
        tags = self.front.get("tags", [])
        names = split_tags(tags if isinstance(tags, str) else "、".join(self.names("tags")))
        if len(names) > MAX_TAGS_AN_ARTICLE:
            self.problems.append(f"标签太多：一篇最多 {MAX_TAGS_AN_ARTICLE} 个。")
            return []
        names = canonical(names)
        self.problems += [f"标签最多 {MAX_TAG_LENGTH} 个字：“{name}”。" for name in names if len(name) > MAX_TAG_LENGTH]
        self.notes += in_other_script(names)
        return names

    def category(self):
        """The category of that name, or what the mapping makes of it."""
        wanted = self.text("category")
        found = self.categories.find(wanted)
        if found is None:
            self.problems.append(f"没有这个栏目：{wanted}。" if wanted else f"没有写{self.called('category')}。")
        return found

    def one(self, model, key, name):
        if model is Category:
            return self.category()
        wanted = self.text(name)
        found = model.objects.filter(**{key: wanted}).first() if wanted else None
        if wanted and found is None:
            self.problems.append(f"没有这个{explained()[name]}：{wanted}。")
        return found

    def several(self, model, key, name, spoken, *, needed=True):
        wanted = self.names(name)
        found = model.objects.in_bulk(wanted, field_name=key)
        missing = [item for item in wanted if item not in found]
        if missing and needed:
            self.problems.append(f"没有这个{spoken}：{'、'.join(missing)}。")
        elif missing:
            self.notes.append(f"没有这个{spoken}，先略过：{'、'.join(missing)}。")
        return [found[item] for item in wanted if item in found]

    def standing(self):
        """Without a day of publication, or marked as one, an article comes in as a draft."""
        day = self.front.get("published")
        if day is None or self.front.get("draft"):
            return {"status": Article.Status.DRAFT}
        moment = self._moment(day)
        later = moment is not None and moment > timezone.now()
        return {
            "status": Article.Status.SCHEDULED if later else Article.Status.PUBLISHED,
            "published_at": moment,
        }

    def _moment(self, day):
        if isinstance(day, date) and not isinstance(day, datetime):
            day = datetime.combine(day, time(9))
        if not isinstance(day, datetime):
            self.problems.append(f"{self.called('published')}读不懂：“{day}”，要写成日期时间，如 2026-01-06 09:00。")
            return None
        return timezone.make_aware(day) if timezone.is_naive(day) else day
