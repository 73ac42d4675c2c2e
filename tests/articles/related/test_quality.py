from datetime import timedelta

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, ArticleProfile, RelatedArticle
from articles.related import quality
from articles.related.rules import MAX_SHOWN_ENTRIES

pytestmark = pytest.mark.django_db


def found(condition, now=None):
    return set(Article.objects.filter(condition(now or timezone.now())).values_list("title", flat=True))


def stand_beside(article, *others):
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article=article, related=other, rank=rank, score=1) for rank, other in enumerate(others, start=1)
    )


def test_two_entries_are_a_dead_end_and_three_are_not(publish):
    first, *others = [publish(f"门诊{number}") for number in range(4)]
    stand_beside(first, *others[:2])
    assert "门诊0" in found(quality.dead_ends)

    RelatedArticle.objects.create(article=first, related=others[2], rank=3, score=1)
    assert "门诊0" not in found(quality.dead_ends)


def test_an_article_below_the_shown_places_everywhere_is_an_orphan(publish):
    asker, other = publish("门诊怎么报"), publish("门诊报多少")
    entry = RelatedArticle.objects.create(article=asker, related=other, rank=MAX_SHOWN_ENTRIES + 1, score=1)
    assert "门诊报多少" in found(quality.orphans)

    entry.rank = MAX_SHOWN_ENTRIES
    entry.save()
    assert "门诊报多少" not in found(quality.orphans)


def test_more_than_sixty_lists_are_too_many(publish, monkeypatch):
    monkeypatch.setattr(quality, "MAX_TIMES_LISTED", 2)
    popular, *others = [publish(f"门诊{number}") for number in range(4)]
    for other in others[:2]:
        stand_beside(other, popular)
    assert found(quality.over_recommended) == set()

    stand_beside(others[2], popular)
    assert found(quality.over_recommended) == {"门诊0"}


def test_a_list_older_than_its_article_shows_after_a_quarter_of_an_hour_until_it_is_computed(publish):
    publish("门诊怎么报")
    soon, late = timezone.now() + timedelta(minutes=14), timezone.now() + timedelta(minutes=16)
    assert found(quality.outdated, soon) == set()
    assert found(quality.outdated, late) == {"门诊怎么报"}

    related.work()
    assert found(quality.outdated, late) == set()

    ArticleProfile.objects.update(listed_at=timezone.now() - timedelta(days=1))
    assert found(quality.outdated, late) == {"门诊怎么报"}


def test_drafts_are_nobodys_orphans(publish):
    publish("门诊怎么报", status=Article.Status.DRAFT)

    for condition in (quality.dead_ends, quality.orphans, quality.outdated):
        assert found(condition, timezone.now() + timedelta(hours=1)) == set()
