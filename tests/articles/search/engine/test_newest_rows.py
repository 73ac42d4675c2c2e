"""Newest search rows of a common token: on PostgreSQL from the newest ranges of ids, with the same answer as without."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, SearchRow
from articles.models.search import SearchIndex
from articles.search.engine import candidates, statistics
from articles.search.engine.find import find
from articles.search.engine.newest_rows import SIZES
from articles.search.engine.statistics import TELLING_COUNT, Statistics

pytestmark = pytest.mark.django_db
IS_SQLITE = connection.vendor == "sqlite"
KEYS = range(2000, 50_000, 2000)


@pytest.fixture(autouse=True)
def few_are_looked_up(monkeypatch):
    monkeypatch.setattr(candidates, "LOOKED_UP", 3)
    monkeypatch.setattr(candidates, "ENOUGH_LITERAL_MATCHES", 3)


@pytest.fixture
def many(publish, monkeypatch):
    """many(title) publishes articles that all say 门诊, their ids far apart; the statistics know them."""

    def publish_many(title="第{}篇"):
        for key in KEYS:
            publish(title.format(key), "<p>门诊。</p>", pk=key, slug=f"n{key}")
        titles, texts = zip(*SearchRow.objects.values_list("title", "text"), strict=True)
        sample = Statistics(len(KEYS), titles, texts, range(KEYS[0], KEYS[-1] + 1))
        monkeypatch.setattr(statistics, "current", lambda: sample)

    return publish_many


def asked(text, chosen=None):
    """The ids found, newest first, and the statements that looked for them."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        keys = find(text, timezone.now(), chosen).keys
    return sorted(keys, reverse=True), [one["sql"] for one in queries if "articles_searchindex" in one["sql"]]


def test_a_common_word_is_looked_up_in_the_newest_ranges_of_ids(many):
    many()
    keys, [statement] = asked("门诊")

    assert keys == [48_000, 46_000, 44_000]
    assert ("#12:11'" in statement) is not IS_SQLITE


def test_a_word_of_the_titles_and_its_sound_are_too(many):
    many("门诊第{}篇")

    keys, [statement] = asked("门诊")

    assert keys == [48_000, 46_000, 44_000]
    assert statement.count("#12:11'") == (0 if IS_SQLITE else 3)


def test_where_the_newest_ranges_hold_too_few_that_are_public_older_ones_are_found(many):
    many()
    Article.objects.filter(pk__gt=10_000).update(status=Article.Status.ARCHIVED)

    keys, statements = asked("门诊")

    assert keys == [10_000, 8000, 6000]
    assert len(statements) == (1 if IS_SQLITE else 2)
    assert "#" not in statements[-1]


def test_what_is_published_after_the_statistics_were_read_is_found(many, publish):
    many()
    publish("新的", "<p>门诊。</p>", pk=KEYS[-1] + 5000, slug="new")

    assert asked("门诊")[0] == [53_000, 48_000, 46_000]


def test_a_filter_is_asked_of_all_ranges_at_once(many):
    many()
    keys, statements = asked("门诊", Q(article__pk__lt=8000))

    assert keys == [6000, 4000, 2000]
    assert len(statements) == 1


def test_a_rare_word_is_looked_up_among_all(many, publish):
    many()
    publish("别的", "<p>牙科。</p>", pk=1, slug="other")

    keys, [statement] = asked("牙科")

    assert keys == [1]
    assert "#" not in statement


@pytest.mark.skipif(IS_SQLITE, reason="SQLite needs no ranges")
def test_a_row_has_the_token_of_its_range_of_each_size(publish):
    key = 5 * 2 ** SIZES[-1] + 3
    publish(pk=key)

    for size in SIZES:
        for number, stands in ((key >> size, True), ((key >> size) + 1, False), ((key >> size) - 1, False)):
            assert SearchIndex.objects.filter(tokens__holds=f"#{size}:{number}").exists() is stands


@pytest.mark.parametrize(("texts", "is_told"), [(TELLING_COUNT, True), (TELLING_COUNT - 1, False)])
def test_a_sample_tells_which_part_of_the_texts_at_least_holds_all_of_a_query(texts, is_told):
    titles, bodies = ["门诊怎么报"] * texts + ["住院"] * texts, ["门诊起付线"] * texts + ["起付线"] * texts
    sample = Statistics(10_000, titles, bodies)

    for tokens in ("门诊 起付", "^门诊", "~men_zhen"):
        assert (0.2 < sample.share(tokens) < 0.5) is is_told
    assert sample.share("起付") > sample.share("门诊") or not is_told
    assert sample.share("牙科") == 0
