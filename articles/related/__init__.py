"""大家还在看: which articles belong beside each one, and why, computed when something changes and stored.

`mark` notes what a change makes due, `work` does what is due. What a page shows is read by
RelatedArticle.objects.readable(), which asks again what is public.
"""

from articles.related.refresh import enlist, mark, pending, work

__all__ = ["enlist", "mark", "pending", "work"]
