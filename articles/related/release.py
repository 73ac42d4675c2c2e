"""Weights that a new release brings: tried beside the lists as they are, and put to use by a person only."""

from django.utils import timezone

from articles.models import RelatedTuning
from articles.similarity import LEARNED

FACTORS = ["title", "text", "tags", "question", "meaning"]


def weights_brought() -> RelatedTuning | None:
    """A re-tune to be tried, where this release has other tables than the site's lists are made with; each only once.

    A site that starts for the first time notes down the tables it starts with.
    """
    used = RelatedTuning.objects.in_use()
    if used is None:
        RelatedTuning.objects.create(note="最初的权重", live_from=timezone.now())
        return None
    if LEARNED in RelatedTuning.objects.values_list("learned", flat=True):
        return None
    factors = {name: getattr(used, name) for name in FACTORS}
    return RelatedTuning.objects.create(note="新版本带来的权重", awaits=True, **factors)
