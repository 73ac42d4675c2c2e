"""What a page shows of a stored list: it stops in time, keeps places apart, and stands under heads."""

from types import SimpleNamespace

import pytest

from articles.models import Article, Category, RelatedArticle
from articles.related.rules import MAX_SHOWN_ENTRIES, PINNED_REASON
from articles.related.shown import NEXT_STEP, SAME_PLACE, SAME_QUESTION, grouped, shown_entries
from calculators.models import PoolingArea

BEIJING, SHANGHAI = (
    PoolingArea(pk=1, code="110000", short_name="北京"),
    PoolingArea(pk=2, code="310000", short_name="上海"),
)
NATIONAL = Article(title="起付线是多少", category=Category(name="待遇报销"))


def row(title, score, area=None, reason="都讲门诊"):
    return RelatedArticle(related=Article(title=title, area=area), score=score, reason=reason)


def titles(rows, article=NATIONAL, own_area="", examples=()):
    return [row.related.title for row in shown_entries(rows, article, own_area, examples)]


def test_the_list_stops_where_nothing_good_is_left():
    rows = [row("一", 4), row("二", 3), row("三", 2), row("四", 1.4), row("五", 1.39), row("六", 0.5)]

    assert titles(rows) == ["一", "二", "三", "四"]  # 1.4 is just 0.35 of 4


def test_what_shares_neither_place_nor_tag_must_be_nearer():
    rows = [row("一", 4), row("二", 3.9), row("三", 3.8), row("四", 2.4, reason=""), row("五", 2.39, reason="")]

    assert titles(rows) == ["一", "二", "三", "四"]


def test_three_are_shown_where_even_the_nearest_are_far_and_eight_at_most():
    assert titles([row(str(number), 0.2) for number in range(9)]) == ["0", "1", "2"]
    assert len(titles([row(str(number), 4) for number in range(12)])) == MAX_SHOWN_ENTRIES == 8


def test_a_local_article_beside_a_national_one_is_its_example_or_of_the_readers_place():
    rows = [row("全国", 4), row("北京的", 4, BEIJING), row("上海的", 4, SHANGHAI)]

    assert titles(rows) == ["全国"]
    assert titles(rows, own_area="110000") == ["全国", "北京的"]
    assert titles(rows, examples={"310000"}) == ["全国", "上海的"]
    assert titles([row("北京的", 0, BEIJING, PINNED_REASON)]) == ["北京的"]


def test_beside_a_local_article_the_stored_list_has_settled_the_places():
    assert titles([row("北京的", 4, BEIJING)], Article(title="北京门诊", area=BEIJING)) == ["北京的"]


def entry(title, area=None):
    return SimpleNamespace(article=Article(title=title, area=area))


def test_entries_stand_under_heads_where_each_has_enough():
    asker = Article(title="北京门诊起付线是多少", area=BEIJING)
    near = [entry("北京住院起付线是多少", BEIJING), entry("北京封顶线是多少", BEIJING)]
    same, steps = [entry("起付线是多少"), entry("起付线算几次")], [entry("怎么办理备案"), entry("手工报销流程")]

    assert [head for head, _ in grouped([*near, *same, *steps], asker)] == [SAME_QUESTION, SAME_PLACE, NEXT_STEP]
    assert grouped([*near, *same, steps[0]], asker)[0][0] == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_entries_stand_without_heads(count):
    groups = grouped([entry("怎么办理备案"), entry("起付线"), entry("封顶线")][:count], NATIONAL)

    assert [head for head, _ in groups] == ([""] if count else [])
