import pytest

from articles.related.rules import MAX_REASON_LENGTH, Areas, Filed, preference, reason

GUANGDONG, GUANGZHOU, SHENZHEN, BEIJING = 1, 2, 3, 4
AREAS = Areas(
    {GUANGDONG: None, GUANGZHOU: GUANGDONG, SHENZHEN: GUANGDONG, BEIJING: None},
    {GUANGDONG: "广东", GUANGZHOU: "广州", SHENZHEN: "深圳", BEIJING: "北京"},
)


@pytest.mark.parametrize(
    ("area", "fitting"),
    [
        (None, None),
        (BEIJING, {BEIJING}),
        (GUANGZHOU, {GUANGZHOU, GUANGDONG}),
        (GUANGDONG, {GUANGDONG, GUANGZHOU, SHENZHEN}),
    ],
)
def test_areas_fit_along_one_line(area, fitting):
    assert AREAS.fitting(area) == fitting


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (GUANGZHOU, GUANGZHOU, GUANGZHOU),
        (GUANGZHOU, GUANGDONG, GUANGDONG),
        (GUANGDONG, GUANGZHOU, GUANGDONG),
        (GUANGZHOU, SHENZHEN, None),
        (None, BEIJING, None),
    ],
)
def test_the_wider_of_two_areas_is_what_both_share(one, other, shared):
    assert AREAS.shared(one, other) == shared


def test_a_reason_never_outgrows_its_column():
    filed = Filed(None, "待遇报销", ["很长的标签" * 6, "更长的标签" * 6, "短标签"])

    assert reason(filed, filed, AREAS) == f"都讲{'很长的标签' * 6}、短标签"
    assert len(reason(filed, filed, AREAS)) <= MAX_REASON_LENGTH


def test_a_circle_of_areas_ends():
    assert Areas({1: 2, 2: 1}, {}).chain(1) == [1, 2]


@pytest.mark.parametrize(
    ("asker", "other", "factor"),
    [
        (None, None, 1),
        (None, BEIJING, 0.9),
        (BEIJING, BEIJING, 1.1),
        (BEIJING, None, 1),
        (GUANGZHOU, GUANGDONG, 1),
    ],
    ids=["national", "local beside national", "same area", "national beside local", "wider area"],
)
def test_the_score_of_related_reading_prefers_the_area_of_the_asker(asker, other, factor):
    assert preference(asker, other) == factor
