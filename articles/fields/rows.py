"""Fields that are rows of an inline form: the sources of an article and the editors' choices of related reading."""

from typing import ClassVar

from django.db.models import Prefetch

from articles.fields.kinds import DELETED, Field, is_key, number
from articles.models import Article, ArticleSource, RelatedChoice
from articles.signals import collected
from calculators.common import page_keys
from calculators.models import PolicyDocument

ORDER_WITHOUT_PLACE = 1000  # where a source without a place goes
MAX_ROWS = 200


class Rows(Field):
    """`prefix` is that of the inline form, `key` the field by which a row names something.

    `blanks` are the other columns of a row with what stands in one that was stored before there was the column.
    """

    prefix = ""
    key = ""
    blanks: ClassVar[dict[str, str | int]] = {}

    def default(self):
        return []

    def of(self, content):
        return [self.blanks | row for row in super().of(content)]

    def is_readable(self, value):
        return isinstance(value, list) and all(isinstance(row, dict) and self._is_row(row) for row in value)

    def _is_row(self, row):
        kinds = all(isinstance(row[name], type(blank)) for name, blank in self.blanks.items() if name in row)
        return kinds and is_key(row.get(self.key))

    def posted_rows(self, post):
        """The rows that name something and are not marked for deletion."""
        count = min(number(post.get(f"{self.prefix}-TOTAL_FORMS")) or 0, MAX_ROWS)
        for place in range(count):
            row = f"{self.prefix}-{place}-"
            if number(post.get(row + self.key)) and not post.get(row + "DELETE"):
                yield lambda name, row=row: post.get(row + name, "").strip()

    def to_post(self, value):
        fields = {f"{self.prefix}-TOTAL_FORMS": [str(len(value))], f"{self.prefix}-INITIAL_FORMS": ["0"]}
        for place, row in enumerate(value):
            fields |= {f"{self.prefix}-{place}-{name}": [str(entry)] for name, entry in row.items()}
        return fields

    def initial(self, value):
        return {}

    def ids(self, value):
        return [row[self.key] for row in value]

    def show(self, article, value):
        """Rows are stored, not held in memory."""


class Sources(Rows):
    """Documents with a clause, in order."""

    prefix = "sources"
    key = "document"
    blanks: ClassVar = {"clause": ""}
    model = PolicyDocument
    is_list = True

    def stored(self, article):
        return list(article.sources.values("document", "clause"))

    def posted(self, post):
        rows = list(self.posted_rows(post))
        rows.sort(key=lambda row: number(row("order")) or ORDER_WITHOUT_PLACE)
        return [{"document": number(row("document")), "clause": row("clause")[:100]} for row in rows]

    def to_post(self, value):
        return super().to_post([{**source, "order": order} for order, source in enumerate(value, start=1)])

    def lines(self, value, found):
        named = ((found.get(source["document"], DELETED), source["clause"]) for source in value)
        return [f"{document} {clause}".strip() for document, clause in named]

    def rows(self, article, value) -> list[ArticleSource]:
        """Unsaved; what has been deleted since is left out."""
        documents = PolicyDocument.objects.in_bulk(self.ids(value))
        return [
            ArticleSource(article=article, document=documents[source["document"]], clause=source["clause"], order=order)
            for order, source in enumerate(value)
            if source["document"] in documents
        ]

    def put(self, article, value):
        """Rows stored together send no signal: that the documents' pages have changed is said here."""
        if value == self.stored(article):
            return
        with collected() as changes:
            article.sources.all().delete()
            sources = ArticleSource.objects.bulk_create(self.rows(article, value))
            changes.parts.add(article.pk)
            if article.is_approved:
                cited = (page_keys.articles_citing(source.document_id) for source in sources)
                page_keys.invalidate(page_keys.article(article.pk), *cited)

    def cell(self, article):
        return "、".join(source.document.slug for source in article.sources.all())

    def related(self):
        return [], [Prefetch("sources", ArticleSource.objects.select_related("document"))]

    def imported(self, reader):
        found = reader.several(PolicyDocument, "slug", self.name, self.label)
        reader.problems += [f"来源“{one.slug}”还在等政策管理员采用。" for one in found if one.is_proposal]
        return [{"document": document.pk, "clause": ""} for document in found]

    def merged(self, before, imported):
        """Files name no clauses; those that are there stay."""
        clauses = {source["document"]: source["clause"] for source in before}
        return [source | {"clause": clauses.get(source["document"], "")} for source in imported]


class Choices(Rows):
    """Articles pinned beside this one, or kept away from it."""

    prefix = "related_choices"
    key = "other"
    blanks: ClassVar = {"order": 0}
    model = Article
    in_files = False

    def stored(self, article):
        return list(article.related_choices.values("other", "kind", "order"))

    def posted(self, post):
        kinds = set(RelatedChoice.Kind.values)
        rows = [row for row in self.posted_rows(post) if row("kind") in kinds]
        return [
            {"other": number(row("other")), "kind": row("kind"), "order": number(row("order")) or 0} for row in rows
        ]

    def _is_row(self, row):
        return super()._is_row(row) and row.get("kind") in RelatedChoice.Kind.values

    def lines(self, value, found):
        kinds = dict(RelatedChoice.Kind.choices)
        return [f"{kinds[choice['kind']]}：{found.get(choice['other'], DELETED)}" for choice in value]

    def put(self, article, value):
        article.related_choices.all().delete()
        others = Article.objects.in_bulk(self.ids(value))
        RelatedChoice.objects.bulk_create(
            RelatedChoice(article=article, other=others[choice["other"]], kind=choice["kind"], order=choice["order"])
            for choice in value
            if choice["other"] in others and choice["other"] != article.pk
        )
