"""Related entries that a page shows of a stored list: it stops when nothing good is left, and keeps places apart.

Beside an article for everywhere a local one stands only as an example of it, where the article gives figures of that
place, or for the reader's own place. What is left stands under three heads where there is enough for them. No database.
"""

from collections.abc import Collection, Sequence

from articles.models import Article, RelatedArticle
from articles.related.rules import MAX_SHOWN_ENTRIES, PINNED_REASON
from articles.similarity.questions import kinds

MIN_SHOWN_ENTRIES = 3  # as far as there are any that fit
# An entry is good that scores so much of the first one's score, and so much by itself.
MIN_SCORE_SHARE, MIN_SCORE = 0.35, 1.3
MIN_SCORE_SHARE_WITHOUT_REASON = 0.6  # of what shares no place and no tag
MIN_GROUPED_ENTRIES, MIN_GROUP_ENTRIES = 4, 2
SAME_QUESTION, SAME_PLACE, NEXT_STEP = "同一个问题", "同一个地方", "下一步"
STEP_KINDS = frozenset(("做法", "对策", "地点"))


def shown_entries(
    rows: Sequence[RelatedArticle], article: Article, own_area: str, example_areas: Collection[str]
) -> list[RelatedArticle]:
    """`rows` are stored ones, best first; `own_area` and `example_areas` are codes of areas."""
    fitting = [
        row for row in rows if row.reason == PINNED_REASON or _fits(row.related, article, own_area, example_areas)
    ]
    best = max((row.score or 0.0 for row in fitting), default=0.0)
    good = [row for row in fitting if row.reason == PINNED_REASON or _is_good(row, best)]
    enough = good if len(good) >= MIN_SHOWN_ENTRIES else fitting[:MIN_SHOWN_ENTRIES]
    return enough[:MAX_SHOWN_ENTRIES]


def _fits(other, article, own_area, example_areas):
    if article.area_id is not None or other.area is None:
        return True
    return other.area.is_nation or other.area.code == own_area or other.area.code in example_areas


def _is_good(row, best):
    """What has no score was chosen for a text that is not stored yet."""
    if row.score is None:
        return True
    share = MIN_SCORE_SHARE if row.reason else MIN_SCORE_SHARE_WITHOUT_REASON
    return row.score >= max(share * best, MIN_SCORE)


def grouped(entries: Sequence, article: Article) -> list[tuple[str, list]]:
    """Entries, each with its `article`, under the heads that have enough of them; one group without a head otherwise."""
    asked = set(kinds(article.title))
    groups: dict[str, list] = {}
    for entry in entries:
        groups.setdefault(_head(entry.article, article, asked), []).append(entry)
    is_enough = len(entries) >= MIN_GROUPED_ENTRIES and len(groups) > 1
    if not is_enough or min(map(len, groups.values())) < MIN_GROUP_ENTRIES:
        return [("", list(entries))] if entries else []
    return [(head, groups[head]) for head in (SAME_QUESTION, SAME_PLACE, NEXT_STEP) if head in groups]


def _head(other, article, asked):
    if article.area_id is not None and other.area_id == article.area_id:
        return SAME_PLACE
    is_step = not STEP_KINDS.isdisjoint(kinds(other.title)) and STEP_KINDS.isdisjoint(asked)
    return NEXT_STEP if is_step else SAME_QUESTION
