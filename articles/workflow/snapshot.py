"""What an article says, as one plain dict: the form it is versioned, compared, restored and autosaved in.

Keys: title, slug, summary, body (sanitised HTML), category and area (ids or None), tags (names in order),
calculators (ids), sources [{document, clause}], choices [{other, kind, order}]. An empty slug or summary
means the computed one. Ids of what has been deleted since are left out when a content is put on an article.
"""

import re

from django.db import transaction
from django.http import QueryDict

from articles.models import Article, ArticleSource, Category, RelatedChoice, canonical
from articles.rich_text import sanitise
from articles.text import split_tags
from calculators.models import Calculator, PolicyDocument, PoolingArea

TEXTS = ("title", "slug", "summary", "body")
LABELS = {
    "title": "标题",
    "slug": "网址名",
    "summary": "摘要",
    "category": "栏目",
    "area": "地区",
    "tags": "标签",
    "calculators": "计算器",
    "sources": "来源",
    "choices": "相关阅读的人工选择",
    "body": "正文",
}
LAST = 1000  # where a source without a place goes
SOURCES, CHOICES = "sources", "related_choices"  # the prefixes of the two inline forms


def snapshot(article) -> dict:
    """The content of the stored article."""
    return {
        **{name: getattr(article, name) for name in TEXTS},
        "category": article.category_id,
        "area": article.area_id,
        "tags": split_tags(article.tags_text),
        "calculators": sorted(article.calculators.values_list("pk", flat=True)),
        "sources": list(article.sources.values("document", "clause")),
        "choices": list(article.related_choices.values("other", "kind", "order")),
    }


def blank() -> dict:
    """The content of an empty form."""
    return from_post(QueryDict())


def from_post(post) -> dict:
    """The content in a posted form, as far as it can be read: what is not a number is no id."""
    return {
        "title": post.get("title", "").strip(),
        "slug": post.get("slug", "").strip(),
        "summary": post.get("summary", "").strip(),
        "body": sanitise(post.get("body", "")),
        "category": _number(post.get("category")),
        "area": _number(post.get("area")),
        "tags": split_tags(post.get("tags", "")),
        "calculators": sorted(filter(None, map(_number, post.getlist("calculators")))),
        "sources": _sources(post),
        "choices": _choices(post),
    }


def initial(content) -> dict:
    """A content as a form's initial values."""
    fields = {name: content[name] for name in (*TEXTS, "category", "area", "calculators")}
    return fields | {"tags": "、".join(content["tags"])}


def same_part(name, one, other) -> bool:
    """Whether two contents say the same in one part; how the editor spaces its HTML is no difference."""
    if name == "body":
        return _bare(one[name]) == _bare(other[name])
    return one[name] == other[name]


def same(one, other) -> bool:
    return all(same_part(name, one, other) for name in LABELS)


def _bare(html):
    html = re.sub(r">\s+<", "><", html.strip())
    html = re.sub(r"<(li|td|th)([^>]*)><p>(.*?)</p>(?=</\1>|<[uo]l)", r"<\1\2>\3", html)
    html = re.sub(r"</?t(?:head|body)>", "", html)
    return re.sub(r"(?<=[^\x00-\xff])\s*\n\s*", "", html)


def _number(text):
    return int(text) if text and str(text).isdecimal() else None


def _rows(post, prefix, key):
    """The rows of an inline form that name something and are not marked for deletion."""
    count = min(_number(post.get(f"{prefix}-TOTAL_FORMS")) or 0, 200)
    for number in range(count):
        row = f"{prefix}-{number}-"
        if _number(post.get(row + key)) and not post.get(row + "DELETE"):
            yield lambda name, row=row: post.get(row + name, "").strip()


def _sources(post):
    rows = list(_rows(post, SOURCES, "document"))
    rows.sort(key=lambda row: _number(row("order")) or LAST)
    return [{"document": _number(row("document")), "clause": row("clause")[:100]} for row in rows]


def _choices(post):
    kinds = set(RelatedChoice.Kind.values)
    rows = [row for row in _rows(post, CHOICES, "other") if row("kind") in kinds]
    return [{"other": _number(row("other")), "kind": row("kind"), "order": _number(row("order")) or 0} for row in rows]


def to_post(content) -> dict[str, list[str]]:
    """The other way round: the fields a form would post for this content."""
    fields = {name: [content[name]] for name in TEXTS}
    fields |= {name: [str(content[name] or "")] for name in ("category", "area")}
    fields["tags"] = ["、".join(content["tags"])]
    fields["calculators"] = [str(pk) for pk in content["calculators"]]
    sources = [{**source, "order": order} for order, source in enumerate(content["sources"], start=1)]
    return fields | _posted_rows(SOURCES, sources) | _posted_rows(CHOICES, content["choices"])


def _posted_rows(prefix, rows):
    fields = {f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": ["0"]}
    for number, row in enumerate(rows):
        fields |= {f"{prefix}-{number}-{name}": [str(value)] for name, value in row.items()}
    return fields


@transaction.atomic
def put(content, article) -> None:
    """Store this content in the article, its tags, calculators, sources and related choices."""
    show_in(article, content)
    article.save()
    article.tags.set(canonical(content["tags"]))
    article.calculators.set(Calculator.objects.filter(pk__in=content["calculators"]))
    article.sources.all().delete()
    for source in sources_of(article, content):  # one by one: each says that the document's page has changed
        source.save()
    article.related_choices.all().delete()
    RelatedChoice.objects.bulk_create(_choices_of(article, content))


def show_in(article, content) -> None:
    """Give the article in memory the texts, category and area of this content; nothing is stored."""
    for name in TEXTS:
        setattr(article, name, content[name])
    article.category = Category.objects.filter(pk=content["category"]).first() or article.category
    article.area = PoolingArea.objects.filter(pk=content["area"]).first()


def sources_of(article, content) -> list[ArticleSource]:
    documents = PolicyDocument.objects.in_bulk([source["document"] for source in content["sources"]])
    return [
        ArticleSource(article=article, document=documents[source["document"]], clause=source["clause"], order=order)
        for order, source in enumerate(content["sources"])
        if source["document"] in documents
    ]


def _choices_of(article, content):
    others = Article.objects.in_bulk([choice["other"] for choice in content["choices"]])
    return [
        RelatedChoice(article=article, other=others[choice["other"]], kind=choice["kind"], order=choice["order"])
        for choice in content["choices"]
        if choice["other"] in others and choice["other"] != article.pk
    ]
