"""Related lists of chosen articles, for the programs beside this: computed and stored, whatever else is due."""

from articles.models import ArticleProfile
from articles.related.lists import BATCH, computed, store
from articles.related.live_index import standing


def list_chosen(articles):
    """Compute and store the lists of these articles (ids)."""
    keys = sorted(articles)
    turns, stands = dict(ArticleProfile.objects.filter(pk__in=keys).values_list("pk", "turn")), standing()
    for start in range(0, len(keys), BATCH):
        store(computed(keys[start : start + BATCH], stands), turns)
