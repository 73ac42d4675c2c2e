import pytest

from calculators.values.conditions import canonical, is_ambiguous, lies_inside, matches, overlap

RETIRED = {"person_type": ["retired"]}
RETIRED_70 = {"person_type": ["retired"], "age": [70, None]}
HOSPITALS = {"hospital_level": ["level1", "level2", "level3"]}


def test_no_conditions_hold_for_everyone():
    assert matches({}, {})
    assert matches({}, {"person_type": "retired"})


@pytest.mark.parametrize(("age", "holds"), [(69, False), (70, True), (120, True)])
def test_an_open_range_starts_at_its_lowest_year(age, holds):
    assert matches(RETIRED_70, {"person_type": "retired", "age": age}) == holds


@pytest.mark.parametrize(("age", "holds"), [(34, False), (35, True), (44, True), (45, False)])
def test_a_closed_range_includes_both_its_ends(age, holds):
    assert matches({"age": [35, 44]}, {"age": age}) == holds


def test_a_condition_nobody_answered_is_not_met():
    assert not matches(RETIRED_70, {"person_type": "retired"})


def test_the_special_lies_inside_the_general_and_not_the_other_way():
    assert lies_inside(RETIRED_70, RETIRED)
    assert not lies_inside(RETIRED, RETIRED_70)


def test_one_level_lies_inside_a_group_of_levels():
    assert lies_inside({"hospital_level": ["level2"]}, HOSPITALS)
    assert not lies_inside({"hospital_level": ["community"]}, HOSPITALS)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"age": [None, 69]}, {"age": [70, None]}, False),
        ({"age": [None, 70]}, {"age": [70, None]}, True),
        ({"tier": ["1"]}, {"tier": ["2"]}, False),
        ({"tier": ["1"]}, {"sex": ["male"]}, True),
    ],
)
def test_conditions_overlap_where_somebody_could_meet_both(one, other, meet):
    assert overlap(one, other) == meet


def test_crossing_conditions_are_ambiguous_and_nested_or_disjoint_ones_are_not():
    assert is_ambiguous(RETIRED, HOSPITALS)
    assert not is_ambiguous(RETIRED, RETIRED_70)
    assert not is_ambiguous(RETIRED, {"person_type": ["in_service"]})


def test_the_order_of_writing_makes_no_difference():
    one = {"person_type": ["retired"], "hospital_level": ["level2", "level1"]}
    other = {"hospital_level": ["level1", "level2"], "person_type": ["retired"]}

    assert canonical(one) == canonical(other)
    assert canonical({}) == ""
