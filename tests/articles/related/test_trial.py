"""A re-tune of related reading, from the idea to the lists that readers see."""

import pytest

from articles import related
from articles.models import ArticleProfile, RelatedTuning
from articles.related import trial

pytestmark = pytest.mark.django_db
URL = "/admin/articles/relatedtuning/"
ONLY_TITLES = {"title": "3", "text": "0", "tags": "0", "question": "0", "meaning": "0", "note": "只看标题"}


@pytest.fixture
def lists(publish):
    """Beside the asker one article says the same under another title, and one has its title and says something else."""
    asker = publish("门诊怎么报", tags=["门诊"])
    publish("看病的钱怎么算", tags=["门诊"])
    publish("门诊怎么报最划算", "断缴")
    publish("断缴怎么补", "断缴")
    related.work()
    return asker


@pytest.fixture
def chief(client, staff):
    client.force_login(staff("主编"))
    return client


def tried(chief, **given):
    chief.post(f"{URL}add/", ONLY_TITLES | given)
    return RelatedTuning.objects.get()


def test_a_retune_is_tried_and_changes_no_list(lists, listed, chief):
    before = listed(lists)
    tuning = tried(chief)

    assert tuning.trial["sample"] == 4
    assert tuning.live_from is None
    assert listed(lists) == before
    assert not ArticleProfile.objects.due().exists()


def test_old_and_new_lists_stand_side_by_side_with_what_goes_and_comes(lists, listed, chief, monkeypatch):
    monkeypatch.setattr(trial, "SHOWN", 1)
    before = listed(lists)
    [change] = [one for one in trial.side_by_side(tried(chief)) if one.article == lists]

    [row] = change.rows
    assert (row.before.title, row.is_gone) == (before[0], True)
    assert (row.after.title, row.is_new) == ("门诊怎么报最划算", True)
    assert change.kept == 0


def test_what_both_lists_have_is_neither_gone_nor_new(lists, listed, chief):
    before = listed(lists)
    [change] = [one for one in trial.side_by_side(tried(chief)) if one.article == lists]

    assert [row.before.title for row in change.rows] == before
    assert {row.after.title for row in change.rows} == set(before)
    assert not any(row.is_gone or row.is_new for row in change.rows)
    assert change.kept == len(before) == 3


def test_the_page_shows_both_lists_and_the_button(lists, chief):
    tuning = tried(chief)
    page = chief.get(f"{URL}{tuning.pk}/change/").content.decode()

    assert f"{URL}{tuning.pk}/use/" in page
    assert "启用以后" in page
    assert "门诊怎么报最划算" in page


def test_once_live_the_lists_are_those_that_were_shown(lists, listed, chief):
    tuning = tried(chief)
    shown = {change.article: change for change in trial.side_by_side(tuning)}[lists]

    page = chief.post(f"{URL}{tuning.pk}/use/", follow=True).content.decode()
    related.work()

    assert "已启用，所有列表正在后台重算" in page
    assert listed(lists) == [row.after.title for row in shown.rows if row.after]


def test_the_one_that_went_live_last_counts_and_the_first_can_come_back(lists, listed, chief):
    before = listed(lists)
    for others in (0, 1):
        tuning = RelatedTuning.objects.create(title=3 - 2 * others, text=others, tags=others, question=others)
        trial.try_out(tuning)
        trial.go_live(tuning)
        related.work()

    assert listed(lists) == before


def test_what_was_tried_is_not_changed_afterwards(lists, chief):
    tuning = tried(chief)
    chief.post(f"{URL}{tuning.pk}/change/", ONLY_TITLES | {"title": "1"})

    assert RelatedTuning.objects.get().title == 3
    assert chief.post(f"{URL}{tuning.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("factor", ["-0.1", "3.1", "很重"])
def test_a_factor_out_of_bounds_is_refused_next_to_its_field(chief, factor):
    page = chief.post(f"{URL}add/", ONLY_TITLES | {"tags": factor})

    assert page.status_code == 200
    assert list(page.context["adminform"].errors) == ["tags"]
    assert not RelatedTuning.objects.exists()


def test_an_editor_looks_and_only_a_chief_editor_puts_to_use(lists, client, chief, staff):
    tuning = tried(chief)
    client.force_login(staff("编辑", username="editor"))

    page = client.get(f"{URL}{tuning.pk}/change/")
    assert page.status_code == 200
    assert f"{URL}{tuning.pk}/use/" not in page.content.decode()
    assert client.post(f"{URL}{tuning.pk}/use/").status_code == 403
    assert client.get(f"{URL}add/").status_code == 403


def test_what_was_not_tried_yet_says_so_and_does_not_go_live(chief):
    tuning = RelatedTuning.objects.create(note="还没试算")

    assert "正在后台试算" in chief.get(f"{URL}{tuning.pk}/change/").content.decode()
    assert chief.post(f"{URL}{tuning.pk}/use/").status_code == 403


def test_a_sample_reaches_from_the_oldest_to_the_newest(publish, monkeypatch):
    monkeypatch.setattr(trial, "SAMPLE", 2)
    articles = [publish(f"门诊怎么报{number}") for number in range(5)]
    related.work()
    tuning = RelatedTuning.objects.create(note="试")
    trial.try_out(tuning)

    assert trial._sample() == [articles[0].pk, articles[3].pk]
    assert tuning.trial["sample"] == 2
