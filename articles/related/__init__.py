"""大家还在看: which articles belong beside each one, and why, computed when something changes and stored.

`mark` notes what a change makes due, `work` does what is due. What a page shows is read by
RelatedArticle.objects.readable(), which asks again what is public.
"""

from collections.abc import Callable
from math import inf

from articles.related.pending_work import enlist, mark, pending
from calculators.common.lazy_module import LazyModule

__all__ = ["enlist", "list_for_draft", "mark", "pending", "work"]

# numpy: only the process that computes lists loads it, not every one that notes what is due.
_refresh = LazyModule("articles.related.refresh")
_draft_list = LazyModule("articles.related.draft_list")


def work(
    seconds: float = inf, progress: Callable[[str, int], None] = lambda what, left: None, processes: int = 1
) -> bool:
    """Do what is due, for about so many seconds; whether all of it is done. `progress` is told what is left."""
    return _refresh.work(seconds, progress, processes)


def list_for_draft(content: dict, category: str, pk: int | None) -> list[tuple[int, str]]:
    """Keys and reasons of the articles a draft would have beside it, best first."""
    return [(entry.related, entry.reason) for entry in _draft_list.entries(content, category, pk)]
