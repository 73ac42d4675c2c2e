"""Lists computed and stored: what the editors pinned, then what is nearest, never what they excluded."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles.models import Article, ArticleProfile, RelatedArticle, RelatedChoice
from articles.related.live_index import Standing, kept
from articles.related.rules import PINNED_REASON, Filed, preference, reason
from articles.similarity.profile import PROFILE_VERSION, Profile
from articles.text import split_tags
from calculators.common import page_keys

LISTS_STORED_AT_ONCE = 50
ENTRIES_STORED = 20
CANDIDATES_CONSIDERED = 40  # so many are put in order by area before the best of them are stored
Kind, Due = RelatedChoice.Kind, ArticleProfile.Due


@dataclass(frozen=True)
class RelatedEntry:
    related: int
    score: float
    reason: str = ""


def computed_as_kept(keys: Collection[int]) -> dict[int, list[RelatedEntry]]:
    """The lists of these articles among all as standing() last saw them in this process or the one it came from."""
    return computed(keys, kept())


def computed(keys: Collection[int], stands: Standing) -> dict[int, list[RelatedEntry]]:
    """The list of each of these articles; an empty one for those that are not approved."""
    rows = ArticleProfile.objects.filter(pk__in=keys, version=PROFILE_VERSION, profile__isnull=False)
    askers = rows.filter(article__status__in=Article.APPROVED_STATUSES).values_list("pk", "profile", "article__area")
    choices = _choices(keys)
    found = {pk: [] for pk in keys}
    for pk, stored, area in askers:
        pins, excluded = choices.get((pk, Kind.PIN), []), choices.get((pk, Kind.EXCLUDE), [])
        pinned = [
            RelatedEntry(other, 0.0, PINNED_REASON)
            for other in pins
            if other in stands.digests and other not in excluded
        ]
        barred = [pk, *excluded, *pins]
        near = nearest(stands, Profile.from_bytes(bytes(stored)), stands.area(area), barred)
        found[pk] = (pinned + near)[:ENTRIES_STORED]
    return _explained(found, stands)


def _choices(keys):
    choices = {}
    for row in RelatedChoice.objects.filter(article__in=keys):
        choices.setdefault((row.article_id, row.kind), []).append(row.other_id)
    return choices


def nearest(stands: Standing, profile: Profile, area: int | None, barred: Collection[int]) -> list[RelatedEntry]:
    """What belongs beside a text with this profile and area, best first, without reasons."""
    matches = stands.nearest(profile, area, CANDIDATES_CONSIDERED, barred)
    near = [RelatedEntry(match.key, match.score * preference(area, stands.filed[match.key])) for match in matches]
    return sorted(near, key=lambda entry: -entry.score)


def _explained(found, stands):
    """The same lists with the reason of every entry that has none yet."""
    keys = found.keys() | {entry.related for entries in found.values() for entry in entries}
    filed = {row[0]: _filed(row, stands) for row in _filing(keys)}
    return {
        pk: [
            entry if entry.reason else _with_reason(entry, filed[pk], filed, stands)
            for entry in entries
            if entry.related in filed
        ]
        for pk, entries in found.items()
        if pk in filed
    }


def _with_reason(entry, asker, filed, stands):
    return RelatedEntry(entry.related, entry.score, reason(asker, filed[entry.related], stands.areas))


def explained_for(asker: Filed, entries: Sequence[RelatedEntry], stands: Standing) -> list[RelatedEntry]:
    """The list of a text that is filed so, with the reason of every entry that has none yet."""
    filed = {row[0]: _filed(row, stands) for row in _filing([entry.related for entry in entries])}
    return [
        entry if entry.reason else _with_reason(entry, asker, filed, stands)
        for entry in entries
        if entry.related in filed
    ]


def _filing(keys) -> Iterator[tuple]:
    return Article.objects.filter(pk__in=keys).values_list("pk", "area", "category__name", "tags_text")


def _filed(row, stands):
    _, area, category, tags = row
    return Filed(stands.area(area), category, split_tags(tags))


@transaction.atomic
def store(lists: Mapping[int, Sequence[RelatedEntry]], turns: Mapping[int, int]) -> int:
    """Put these lists in place of the stored ones; returns how many differ.

    What changed since its turn was noted stays due. The rows are locked in order: who writes the same lists waits.
    """
    rows = ArticleProfile.objects.select_for_update().filter(pk__in=lists).order_by("pk").values_list("pk", "turn")
    done = [pk for pk, turn in rows if turn == turns.get(pk)]
    ArticleProfile.objects.filter(pk__in=done).update(due=Due.NOTHING, listed_at=timezone.now())
    before = _stored(lists)
    differing = {pk: entries for pk, entries in lists.items() if before[pk] != _shown(entries)}
    # Deleted without signals: each of them would look for pages that show it, and all are named below.
    RelatedArticle.objects.filter(article__in=differing)._raw_delete(using=ArticleProfile.objects.db)
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article_id=pk, related_id=entry.related, rank=rank, score=entry.score, reason=entry.reason)
        for pk, entries in differing.items()
        for rank, entry in enumerate(entries, start=1)
    )
    page_keys.invalidate(*map(page_keys.article, differing))
    return len(differing)


def _stored(keys):
    stored = {pk: [] for pk in keys}
    rows = RelatedArticle.objects.filter(article__in=keys).order_by("rank")
    for pk, related, words in rows.values_list("article", "related", "reason"):
        stored[pk].append((related, words))
    return stored


def _shown(entries):
    return [(entry.related, entry.reason) for entry in entries]
