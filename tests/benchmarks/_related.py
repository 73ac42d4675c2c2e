"""Related lists of chosen articles, for the programs beside this: computed and stored, whatever else is due."""

from articles.models import ArticleProfile
from articles.related.lists import LISTS_STORED_AT_ONCE, computed, store
from articles.related.live_index import standing


def list_chosen(articles):
    """Compute and store the lists of these articles (ids)."""
    keys = sorted(articles)
    turns, stands = dict(ArticleProfile.objects.filter(pk__in=keys).values_list("pk", "turn")), standing()
    for start in range(0, len(keys), LISTS_STORED_AT_ONCE):
        store(computed(keys[start : start + LISTS_STORED_AT_ONCE], stands), turns)
