"""Work on related lists that changes made due.

A change is noted on the article's ArticleProfile in its own transaction (`pending_work`). A text that changed is read
anew, and makes due the lists it is in, may belong in, or is pinned to. Work that is interrupted goes on where it
stopped, whoever takes it up.
"""

import time
from collections.abc import Callable
from hashlib import blake2b

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models import Article, ArticleProfile, ArticleVector, RelatedArticle, RelatedChoice
from articles.related import embeddings
from articles.related.lists import LISTS_STORED_AT_ONCE, computed_as_kept, store
from articles.related.live_index import standing
from articles.related.parallel import spread
from articles.related.pending_work import mark, pending
from articles.similarity.profile import PROFILE_VERSION, Profile, profile_of
from articles.text import plain_text, sentence_model, split_tags

NEIGHBOURS = 50
# So many are taken up together: what is known of all articles is looked up once for them.
TEXTS_AT_ONCE, LISTS_AT_ONCE = 500, 2000
Due = ArticleProfile.Due
profiles = ArticleProfile.objects


def work(seconds: float, progress: Callable[[str, int], None], processes: int) -> bool:
    """What articles.related.work says.

    All texts are read before any list is computed, so that after an import each list is computed once.
    """
    ends = time.monotonic() + seconds
    notice()
    while time.monotonic() < ends:
        if texts := _first(Due.TEXT, TEXTS_AT_ONCE):
            _read(texts, processes)
            progress("读文章", profiles.filter(due=Due.TEXT).count())
        elif lists := _first(Due.LIST, LISTS_AT_ONCE):
            for _ in _list(lists, processes):
                progress("算列表", pending())
                if time.monotonic() > ends:
                    break
        else:
            return True
    return not pending()


def _first(due, most):
    """The first articles that need this, with their turns."""
    return dict(profiles.filter(due=due).order_by("pk").values_list("pk", "turn")[:most])


def _list(turns, processes):
    """Batch by batch. The turns were noted before anything was read: what changes from then on stays due."""
    standing()
    for lists in spread(computed_as_kept, _batches(turns), processes):
        yield store(lists, turns)


def _batches(keys):
    keys = sorted(keys)
    return [keys[start : start + LISTS_STORED_AT_ONCE] for start in range(0, len(keys), LISTS_STORED_AT_ONCE)]


def notice() -> None:
    """Find what no signal told of: rows written past the models, profiles of an older version, days that came."""
    new = Article.objects.filter(profile=None).values_list("pk", flat=True)
    profiles.bulk_create([ArticleProfile(article_id=pk) for pk in new], ignore_conflicts=True, batch_size=TEXTS_AT_ONCE)
    profiles.filter(due=Due.NOTHING, version__lt=PROFILE_VERSION).mark(Due.TEXT)
    if sentence_model.is_available():
        known = ArticleVector.objects.current().filter(article=OuterRef("pk"))
        profiles.filter(~Exists(known), due=Due.NOTHING, profile__isnull=False).mark(Due.TEXT)
    public = Article.public_at(timezone.now(), prefix="article__")
    begun = Q(listed_at__lt=F("article__published_at"))
    profiles.filter(public & begun, due=Due.NOTHING).mark(Due.TEXT)


def _read(turns, processes):
    """Profiles of changed texts, and the lists they make due."""
    keys = list(turns)
    if sentence_model.is_available():
        for batch in _batches(keys):
            embeddings.write(_approved(batch))
    for rows in spread(_profiled, _batches(keys), processes):
        profiles.bulk_update(rows, ["profile", "digest", "version"], batch_size=LISTS_STORED_AT_ONCE)
    if 2 * pending() > profiles.count():
        profiles.filter(due=Due.NOTHING).mark(Due.LIST)  # nearly everything changes: no need to look for neighbours
    else:
        _mark_around(keys)
    _settle(turns)


def _settle(turns):
    """What has been read needs its list; what changed meanwhile is read again."""
    rows = profiles.select_for_update().filter(pk__in=turns, due=Due.TEXT).order_by("pk")
    with transaction.atomic():
        read = [pk for pk, turn in rows.values_list("pk", "turn") if turn == turns[pk]]
        profiles.filter(pk__in=read).update(due=Due.LIST)


def _approved(keys):
    return Article.objects.approved().filter(pk__in=keys, is_page=False)


def _profiled(keys):
    """The profile of each of these articles, not yet stored; an empty one for those that are not approved."""
    meanings = embeddings.of_titles(keys) if sentence_model.is_available() else {}
    articles = _approved(keys).select_related("area")
    made = {article.pk: _profile_of(article, meanings.get(article.pk)).to_bytes() for article in articles}
    return [
        ArticleProfile(pk=pk, profile=made.get(pk), digest=_digest(made.get(pk, b"")), version=PROFILE_VERSION)
        for pk in keys
    ]


def _profile_of(article, meaning):
    filed = [*split_tags(article.tags_text), f"category:{article.category_id}"]
    if article.area:
        filed += [article.area.short_name, f"area:{article.area_id}"]
    return profile_of(article.title, plain_text(article.body), filed, meaning)


def _digest(stored):
    return int.from_bytes(blake2b(stored, digest_size=8).digest(), "big", signed=True)


def _mark_around(keys):
    """The lists these texts are in, may now belong in, or are pinned to."""
    stands = standing()
    for batch in _batches(keys):
        around = set(RelatedArticle.objects.filter(related__in=batch).values_list("article", flat=True))
        around |= set(RelatedChoice.objects.filter(other__in=batch).values_list("article", flat=True))
        for pk, stored, area in profiles.filter(pk__in=batch).values_list("pk", "profile", "article__area"):
            if pk in stands.digests:
                profile = Profile.from_bytes(bytes(stored))
                around |= {match.key for match in stands.nearest(profile, stands.area(area), NEIGHBOURS, [pk])}
        mark(around, Due.LIST)
