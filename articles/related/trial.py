"""A re-tune tried: the lists of a sample of articles as they stand and as they would be, side by side. Nothing is stored but that."""

from dataclasses import dataclass, replace
from itertools import zip_longest

from django.db import transaction
from django.utils import timezone

from articles.models import Article, ArticleProfile, RelatedArticle, RelatedTuning
from articles.related.lists import computed
from articles.related.standing import standing

SAMPLE = 200
SHOWN = 10


@dataclass(frozen=True)
class Row:
    """One place of two lists; a title that only one of them has is new there, or gone."""

    before: Article | None
    after: Article | None
    is_gone: bool
    is_new: bool


@dataclass(frozen=True)
class Change:
    article: Article
    rows: list[Row]
    kept: int


def try_out(tuning: RelatedTuning) -> None:
    """Compute the lists of a sample under this re-tune and remember where they differ from the stored ones."""
    sample = _sample()
    after = computed(sample, replace(standing(), tuning=tuning.tuning))
    lists = {pk: [entry.related for entry in entries[:SHOWN]] for pk, entries in after.items()}
    before = _stored(sample)
    changes = [{"article": pk, "before": before[pk], "after": lists[pk]} for pk in sample if before[pk] != lists[pk]]
    changes.sort(key=lambda change: len(set(change["before"]) & set(change["after"])))
    tuning.trial = {"sample": len(sample), "changes": changes}
    tuning.tried_at = timezone.now()
    tuning.save(update_fields=["trial", "tried_at"])


def side_by_side(tuning: RelatedTuning) -> list[Change]:
    """What the trial found, those that change most first. One query."""
    found = tuning.trial["changes"] if tuning.trial else []
    named = {pk for one in found for pk in (one["article"], *one["before"], *one["after"])}
    articles = Article.objects.only("title").in_bulk(named)
    return [_change(one, articles) for one in found if one["article"] in articles]


@transaction.atomic
def go_live(tuning: RelatedTuning) -> None:
    """From now on lists are computed with it; all of them are due."""
    tuning.live_from, tuning.awaits = timezone.now(), False
    tuning.save(update_fields=["live_from", "awaits"])
    ArticleProfile.objects.mark(ArticleProfile.Due.LIST)


def _sample():
    """Public articles, evenly from the oldest to the newest."""
    keys = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
    return keys[:: max(1, -(-len(keys) // SAMPLE))]


def _stored(keys):
    stored = {pk: [] for pk in keys}
    rows = RelatedArticle.objects.filter(article__in=keys, rank__lte=SHOWN).order_by("rank")
    for pk, related in rows.values_list("article", "related"):
        stored[pk].append(related)
    return stored


def _change(one, articles):
    before, after = one["before"], one["after"]
    rows = [
        Row(
            articles.get(old),
            articles.get(new),
            old is not None and old not in after,
            new is not None and new not in before,
        )
        for old, new in zip_longest(before, after)
    ]
    return Change(articles[one["article"]], rows, len(set(before) & set(after)))
