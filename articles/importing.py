"""Articles from Markdown files: each whole or not at all, with a report by row.

What an article must name and cannot be found (栏目, 地区, 来源, 数字引用) refuses it; a calculator that
does not exist yet is left out and said so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles import figures
from articles.markdown import MarkdownProblem, parse
from articles.models import Article, ArticleSource, Category, canonical
from articles.rich_text import picture_problems
from articles.text import split_tags
from calculators.models import Calculator, PolicyDocument, PoolingArea

KNOWN = {"title", "slug", "summary", "category", "tags", "area", "sources", "calculators", "published", "draft"}
EXPLAINED = {
    "title": "标题",
    "slug": "网址名",
    "summary": "摘要",
    "body": "正文",
    "category": "栏目",
    "area": "地区",
}


class ImportProblem(ValueError):
    """Why an article was not imported; `sentences` are in Chinese."""

    def __init__(self, sentences):
        super().__init__("".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Row:
    """What became of one file."""

    name: str
    article: Article | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)

    @property
    def is_clean(self):
        return not any(row.problems for row in self.rows)


def import_article(text: str, *, slug: str | None = None, notes: list[str] | None = None) -> Article:
    """Store one Markdown text as a new article. Raises ImportProblem, and then nothing is stored."""
    try:
        document = parse(text)
    except MarkdownProblem as error:
        raise ImportProblem([str(error)]) from error
    reader = _Reader(document.front)
    article = Article(
        title=reader.text("title"),
        slug=slug or reader.text("slug"),
        summary=reader.text("summary"),
        body=document.body,
        category=reader.one(Category, "name", "category"),
        area=reader.one(PoolingArea, "code", "area"),
        **reader.standing(),
    )
    documents = reader.several(PolicyDocument, "slug", "sources", "来源")
    calculators = reader.several(Calculator, "code", "calculators", "计算器", needed=False)
    tags = reader.tags()
    _check(article, reader.problems)
    with transaction.atomic():
        article.save()
        article.tags.set(tags)
        article.calculators.set(calculators)
        ArticleSource.objects.bulk_create(
            ArticleSource(article=article, document=document, order=order) for order, document in enumerate(documents)
        )
    if notes is not None:
        notes += reader.notes
    return article


def import_articles(texts: Iterable[tuple[str, str]], *, dry_run: bool = False) -> Report:
    """Import (name, text) pairs: all of them, or none where one has a problem or for a dry run."""
    report = Report()
    with transaction.atomic():
        for name, text in texts:
            report.rows.append(_import_row(name, text))
        if dry_run or not report.is_clean:
            transaction.set_rollback(True)
    return report


def _import_row(name, text):
    notes = []
    try:
        with transaction.atomic():
            return Row(name, import_article(text, notes=notes), notes=notes)
    except ImportProblem as error:
        return Row(name, problems=error.sentences, notes=notes)


def _check(article, problems):
    today = timezone.localdate()
    sentences = list(problems)
    try:
        article.clean_fields(exclude=["category"] if article.category_id is None else [])
        article.validate_unique()
    except ValidationError as error:
        sentences += [f"{EXPLAINED.get(name, name)}：{' '.join(texts)}" for name, texts in error.message_dict.items()]
    sentences += figures.problems(article.body + article.summary, today) + picture_problems(article.body)
    if sentences:
        raise ImportProblem(dict.fromkeys(sentences))


class _Reader:
    """Reads front matter and collects what is wrong with it."""

    def __init__(self, front):
        self.front = front
        self.notes = []
        self.problems = [f"不认识的字段“{name}”。" for name in front if name not in KNOWN]
        if not front.get("category"):
            self.problems.append("没有写栏目（category）。")

    def text(self, name):
        value = self.front.get(name, "")
        if isinstance(value, str):
            return value.strip()
        self.problems.append(f"{EXPLAINED[name]}（{name}）要写成一段文字。")
        return ""

    def names(self, name):
        value = self.front.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return list(dict.fromkeys(item.strip() for item in value if item.strip()))
        self.problems.append(f'{name} 要写成文字的列表，如 ["…", "…"]。')
        return []

    def tags(self):
        tags = self.front.get("tags", [])
        names = split_tags(tags if isinstance(tags, str) else "、".join(self.names("tags")))
        return canonical(names)

    def one(self, model, key, name):
        wanted = self.text(name)
        found = model.objects.filter(**{key: wanted}).first() if wanted else None
        if wanted and found is None:
            self.problems.append(f"没有这个{EXPLAINED[name]}：{wanted}。")
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
            self.problems.append("published 要写成日期时间，如 2026-01-06T09:00:00+08:00。")
            return None
        return timezone.make_aware(day) if timezone.is_naive(day) else day
