"""A release with other weights: what it brings is tried, and waits for a person."""

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from articles import related
from articles.models import RelatedTuning
from articles.related.release import weights_brought
from articles.similarity import LEARNED
from articles.tasks import refresh_related
from yibao_site.worklist import entries

pytestmark = pytest.mark.django_db
URL = "/admin/articles/relatedtuning/"
ONLY_TITLES = {name: dict.fromkeys(table, 0) | {"title_in_text": 3.0} for name, table in LEARNED.items()}


@pytest.fixture
def lists(publish):
    """Beside the asker one article says the same under another title, and one has its title and says something else."""
    asker = publish("门诊怎么报", tags=["门诊"])
    publish("看病的钱怎么算", tags=["门诊"])
    publish("门诊怎么报最划算", "断缴")
    refresh_related.func()
    return asker


@pytest.fixture
def next_release(monkeypatch, lists):
    for module in ("articles.models.tuning", "articles.related.release"):
        monkeypatch.setattr(f"{module}.LEARNED", ONLY_TITLES)
    refresh_related.func()
    return RelatedTuning.objects.get(awaits=True)


@pytest.fixture
def chief(client, staff):
    client.force_login(staff("主编"))
    return client


def waiting(chief):
    found = {entry.title: entry.count for entry in entries(get_user(chief), timezone.now())}
    return found.get("相关阅读的新权重", 0)


def test_a_site_that_starts_notes_down_the_tables_it_starts_with():
    assert weights_brought() is None
    assert weights_brought() is None

    [row] = RelatedTuning.objects.all()
    assert row == RelatedTuning.objects.in_use()
    assert row.learned == LEARNED


def test_other_tables_are_tried_once_and_change_no_list(lists, listed, monkeypatch):
    before = listed(lists)
    for module in ("articles.models.tuning", "articles.related.release"):
        monkeypatch.setattr(f"{module}.LEARNED", ONLY_TITLES)
    for _ in range(2):
        refresh_related.func()
        related.refresh([lists.pk])

    [brought] = RelatedTuning.objects.awaiting()
    assert brought.learned == ONLY_TITLES
    assert brought.trial["changes"]
    assert listed(lists) == before


def test_it_keeps_the_factors_that_editors_set(lists, monkeypatch):
    RelatedTuning.objects.update(tags=2)
    monkeypatch.setattr("articles.related.release.LEARNED", ONLY_TITLES)

    assert weights_brought().tags == 2


def test_it_waits_on_the_worklist_until_it_is_put_to_use(next_release, lists, listed, chief):
    before = listed(lists)
    assert waiting(chief) == 1

    chief.post(f"{URL}{next_release.pk}/use/")
    related.work()

    assert waiting(chief) == 0
    assert listed(lists) != before
    assert listed(lists)[0] == "门诊怎么报最划算"


def test_it_can_be_declined_and_put_to_use_later(next_release, lists, listed, chief):
    before = listed(lists)
    page = chief.post(f"{URL}{next_release.pk}/decline/", follow=True).content.decode()
    refresh_related.func()

    assert "先不启用，列表照旧" in page
    assert waiting(chief) == 0
    assert listed(lists) == before
    assert f"{URL}{next_release.pk}/use/" in page


def test_a_re_tune_by_hand_stays_with_the_tables_in_use(next_release, chief):
    chief.post(f"{URL}add/", dict.fromkeys(["title", "text", "tags", "question", "meaning"], "1") | {"note": "试试"})

    assert RelatedTuning.objects.get(note="试试").learned == LEARNED


def test_only_a_chief_editor_decides(next_release, client, staff):
    client.force_login(staff("编辑"))

    assert client.post(f"{URL}{next_release.pk}/decline/").status_code == 403
    assert RelatedTuning.objects.awaiting().exists()
