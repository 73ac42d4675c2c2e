"""Articles from elsewhere: each whole or not at all, a batch whole or not at all, with a report by row.

What an article must name and cannot be found (栏目, 地区, 来源, 数字引用) refuses it; a calculator that
does not exist yet is left out and said so. An article that is there already, by its slug, gets a new version:
what readers see changes only when that is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles import fields
from articles.figures import resolving
from articles.import_export.front_matter import Reader, explained
from articles.import_export.markdown import MarkdownProblem, parse
from articles.models import Article
from articles.rich_text import picture_problems
from articles.signals import collected
from articles.workflow import snapshot, steps
from calculators.common.characters import clean, removed


class ImportProblem(ValueError):
    """Why an article was not imported; `sentences` are in Chinese."""

    def __init__(self, sentences):
        super().__init__("".join(sentences))
        self.sentences = list(sentences)


@dataclass(frozen=True)
class Incoming:
    """One article as it arrives: where from, its front matter, its body as HTML, and what was lost on the way."""

    name: str
    front: dict
    body: str
    notes: list[str] = field(default_factory=list)


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
    return Incoming(name, document.front, document.body, [*notes, *document.notes])


def import_article(text: str, *, slug: str | None = None, notes: list[str] | None = None) -> Article:
    """Store one Markdown text as a new article. Raises ImportProblem, and then nothing is stored."""
    incoming = from_markdown("", text)
    row = _add(incoming, Reader(incoming.front, incoming.body), slug=slug)
    if notes is not None:
        notes += row.notes
    return row.article


def import_articles(incoming: Iterable[Incoming | ImportResult], *, by=None, dry_run: bool = False) -> Report:
    """Import them all, or none where one has a problem or for a dry run. A Row is one that could not even be read."""
    report = Report()
    with collected():
        for one in incoming:
            report.rows.append(one if isinstance(one, ImportResult) else _import_row(one, by))
        if dry_run or not report.is_clean:
            transaction.set_rollback(True)
    return report


def _import_row(incoming, by):
    reader = Reader(incoming.front, incoming.body)
    try:
        with transaction.atomic():
            existing = Article.objects.filter(slug=reader.text("slug") or None).first()
            return _change(existing, incoming, reader, by) if existing else _add(incoming, reader, by=by)
    except ImportProblem as error:
        return ImportResult(incoming.name, problems=error.sentences, notes=incoming.notes + reader.notes)


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
    return ImportResult(incoming.name, article, "新建", notes=incoming.notes + reader.notes)


def _imported(reader):
    """What the row or file says, by field; problems are with the reader."""
    return {field.name: field.imported(reader) for field in fields.file_fields() if field.is_named(reader)}


def _demand_approval(article, by, reader):
    """Whoever may not publish brings drafts."""
    if by is not None and article.status != Article.Status.DRAFT and not steps.may_publish(by):
        article.status, article.published_at = Article.Status.DRAFT, None
        reader.notes.append("您不能发布，先存为草稿。")


def _change(article, incoming, reader, by):
    """A new version of an article that is there, of what the row names; the rest stays."""
    if by is not None and not steps.may_edit(by, article):
        raise ImportProblem([f"《{article}》是别人的文章，您不能修改。"])
    newest = steps.newest(article)
    before = newest.content if newest else snapshot.take(article)
    imported = _imported(reader)
    proposed = Article(pk=article.pk)
    proposed._state.adding = False
    snapshot.show_in(proposed, before | imported | {"slug": article.slug})
    _check(proposed, reader)
    content = before | {name: _merged(name, before, value) for name, value in imported.items()}
    if snapshot.same(before, content):
        return ImportResult(incoming.name, article, "未变", notes=incoming.notes + reader.notes)
    steps.save(article, content, by=by, reason="导入")
    return ImportResult(incoming.name, article, "新版本，发布后读者才看到", notes=incoming.notes + reader.notes)


def _merged(name, before, imported):
    field = fields.by_name(name)
    return field.merged(field.of(before), imported)


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
