"""Articles from elsewhere: each whole or not at all, a batch whole or not at all, with a report by row.

What an article must name and cannot be found (栏目, 地区, 来源, 数字引用) refuses it; a calculator that
does not exist yet is left out and said so. An article that is there already, by its slug, gets a new version:
what readers see changes only when that is published. The same file again changes nothing, also without slugs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles import fields
from articles.figures import resolving
from articles.import_export.category_mapping import CategoryMapping
from articles.import_export.front_matter import Reader, explained
from articles.import_export.markdown import MarkdownProblem, parse
from articles.import_export.old_addresses import remember_addresses
from articles.import_export.site_makers import is_foreign, translate
from articles.models import Article
from articles.rich_text import picture_problems
from articles.signals import collected
from articles.workflow import permissions, snapshot, steps
from calculators.common.characters import clean, removed

MAX_NAMESAKES = 20  # articles of one title that are compared with a row


class ImportProblem(ValueError):
    """Why an article was not imported; `sentences` are in Chinese."""

    def __init__(self, sentences):
        super().__init__("".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Incoming:
    """One article as it arrives: where from, its front matter, its body as HTML, and what was lost on the way.

    `spelled` is what the file calls the fields; `old_addresses` are those at which it was read elsewhere.
    """

    name: str
    front: dict
    body: str
    notes: list[str] = field(default_factory=list)
    spelled: Mapping[str, str] = field(default_factory=dict)
    old_addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ImportResult:
    """What became of one incoming article."""

    name: str
    article: Article | None = None
    done: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def title(self):
        return f"{self.name}：{self.article}" if self.article else self.name

    @property
    def is_skipped(self):
        """Whether it is no article at all, so that there is nothing to import and nothing wrong."""
        return self.article is None and not self.problems

    @property
    def result(self):
        return "不能导入" if self.problems else self.done

    @property
    def said(self):
        return "".join([*self.problems, *self.notes])


@dataclass
class Report:
    rows: list[ImportResult] = field(default_factory=list)
    unknown_categories: list[str] = field(default_factory=list)

    @property
    def is_clean(self):
        return not any(row.problems for row in self.rows)

    @property
    def articles(self):
        """How many articles there are, without what was skipped."""
        return sum(not row.is_skipped for row in self.rows)


def from_markdown(name: str, text: str) -> Incoming:
    """Raises ImportProblem."""
    try:
        document = parse(clean(text, " "))
    except MarkdownProblem as error:
        raise ImportProblem([str(error)]) from error
    notes = [sentence] if (sentence := removed(text)) else []
    if not (document.is_yaml or is_foreign(document.front)):
        return Incoming(name, document.front, document.body, [*notes, *document.notes])
    read = translate(document.front, name, document.body)
    told = [*notes, *read.notes, *document.notes]
    return Incoming(name, read.front, document.body, told, read.spelled, read.old_addresses)


def import_article(text: str, *, slug: str | None = None, notes: list[str] | None = None) -> Article:
    """Store one Markdown text as a new article. Raises ImportProblem, and then nothing is stored."""
    incoming = from_markdown("", text)
    row = _add(incoming, _reader(incoming), slug=slug)
    if notes is not None:
        notes += row.notes
    return row.article


def import_articles(
    incoming: Iterable[Incoming | ImportResult], *, by=None, dry_run: bool = False, categories=None
) -> Report:
    """Import them all, or none where one has a problem or for a dry run. An ImportResult is one that could not even be read.

    `categories` says what becomes of a 栏目 that the site does not have; the report names those it says nothing about.
    """
    report, mapping = Report(), CategoryMapping(categories, may_add=by is None or by.has_perm("articles.add_category"))
    with collected():
        for one in incoming:
            report.rows.append(one if isinstance(one, ImportResult) else _import_row(one, by, mapping))
        if dry_run or not report.is_clean:
            transaction.set_rollback(True)
    report.unknown_categories = list(mapping.unknown)
    return report


def _reader(incoming, categories=None):
    return Reader(incoming.front, incoming.body, spelled=incoming.spelled, categories=categories)


def _import_row(incoming, by, categories):
    reader = _reader(incoming, categories)
    if isinstance(name := incoming.front.get("category", ""), str):
        reader.problems += categories.make(name.strip())  # outside of the row's savepoint: other rows use it too
    try:
        with transaction.atomic():
            existing = _existing(incoming, reader, categories)
            row = _change(existing, incoming, reader, by) if existing else _add(incoming, reader, by=by)
            row.notes.extend(remember_addresses(row.article, incoming.old_addresses))
            return row
    except ImportProblem as error:
        return ImportResult(incoming.name, problems=error.sentences, notes=incoming.notes + reader.notes)


def _existing(incoming, reader, categories):
    """The article of that slug; of a row that names none the article of the same title that says the same already."""
    if slug := reader.text("slug"):
        return Article.objects.filter(slug=slug).first()
    own = _reader(incoming, categories)  # the row's reader tells each thing once
    namesakes = list(Article.objects.filter(title=own.text("title")).order_by("-pk")[:MAX_NAMESAKES])
    imported = _imported(own) if namesakes else {}
    for article in namesakes:
        before = snapshot.content_of(steps.newest(article), article)
        if snapshot.same(before, _changed(before, imported)):
            return article
    if namesakes:
        reader.notes.append(f"已有同名的文章（网址名 {namesakes[0].slug}），这里没有写网址名，当作另一篇。")
    return None


def _add(incoming, reader, *, slug=None, by=None):
    content = {field.name: field.default() for field in fields.FIELDS} | _imported(reader)
    content["slug"] = slug or content["slug"]
    article = Article(author=by, **reader.standing())
    snapshot.show_in(article, content)
    _check(article, reader)
    _demand_approval(article, by, reader)
    with collected():
        article.save()
        for field in fields.file_fields():
            field.put(article, content[field.name])
    return ImportResult(incoming.name, article, f"新建，{_publication(article)}", notes=incoming.notes + reader.notes)


def _publication(article):
    if article.status == Article.Status.DRAFT:
        return "草稿"
    day = f"{timezone.localtime(article.published_at):%Y-%m-%d %H:%M}"
    return f"{day} 自动上线" if article.status == Article.Status.SCHEDULED else f"发布时间 {day}"


def _imported(reader):
    """What the row or file says, by field; problems are with the reader."""
    return {field.name: field.imported(reader) for field in fields.file_fields() if field.is_named(reader)}


def _demand_approval(article, by, reader):
    """Whoever may not publish brings drafts."""
    if by is not None and article.status != Article.Status.DRAFT and not permissions.may_publish(by):
        article.status, article.published_at = Article.Status.DRAFT, None
        reader.notes.append("你不能发布，先存为草稿。")


def _change(article, incoming, reader, by):
    """A new version of an article that is there, of what the row names; the rest stays."""
    if by is not None and not permissions.may_edit(by, article):
        raise ImportProblem([f"《{article}》是别人的文章，你不能修改。"])
    before = snapshot.content_of(steps.newest(article), article)
    imported = _imported(reader)
    proposed = Article(pk=article.pk)
    proposed._state.adding = False
    snapshot.show_in(proposed, before | imported | {"slug": article.slug})
    _check(proposed, reader)
    content = _changed(before, imported)
    if snapshot.same(before, content):
        return ImportResult(incoming.name, article, "未变", notes=incoming.notes + reader.notes)
    steps.save(article, content, by=by, reason="导入")
    return ImportResult(incoming.name, article, "新版本，发布后读者才看到", notes=incoming.notes + reader.notes)


def _changed(before, imported):
    """The content after an import."""
    merged = {name: fields.by_name(name).merged(fields.by_name(name).of(before), imported[name]) for name in imported}
    return before | merged


def _check(article, reader):
    today = timezone.localdate()
    sentences = list(reader.problems)
    try:
        article.clean_fields(exclude=["category"] if article.category_id is None else [])
        article.validate_unique()
    except ValidationError as error:
        sentences += [f"{explained().get(name, name)}：{' '.join(texts)}" for name, texts in error.message_dict.items()]
    sentences += resolving.problems(article.body + article.summary, today) + picture_problems(article.body)
    if sentences:
        raise ImportProblem(dict.fromkeys(sentences))
