"""Related list of a draft: what a text that is not published would have beside it if it were. Computed by the worker, stored nowhere."""

from articles.models import RelatedChoice
from articles.related.lists import ENTRIES_STORED, RelatedEntry, explained_for, nearest
from articles.related.live_index import standing
from articles.related.rules import PINNED_REASON, Filed
from articles.similarity.profile import profile_of
from articles.text import plain_text
from calculators.models import PoolingArea

Kind = RelatedChoice.Kind


def entries(content: dict, category: str, pk: int | None) -> list[RelatedEntry]:
    """The list of a content (articles.workflow.snapshot) filed under this category; `pk` is its article's, if there is one."""
    stands = standing()
    area = stands.area(content["area"])
    pins = [choice["other"] for choice in content["choices"] if choice["kind"] == Kind.PIN]
    excluded = [choice["other"] for choice in content["choices"] if choice["kind"] == Kind.EXCLUDE]
    pinned = [
        RelatedEntry(other, 0.0, PINNED_REASON) for other in pins if other in stands.digests and other not in excluded
    ]
    near = nearest(stands, _profile(content), area, [*pins, *excluded, *([pk] if pk else [])])
    return explained_for(Filed(area, category, content["tags"]), (pinned + near)[:ENTRIES_STORED], stands)


def _profile(content):
    filed = [*content["tags"], f"category:{content['category']}"]
    area = PoolingArea.objects.filter(pk=content["area"]).first()
    if area:
        filed += [area.short_name, f"area:{area.pk}"]
    return profile_of(content["title"], plain_text(content["body"]), filed, None)
