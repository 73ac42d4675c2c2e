"""Notes of shipped calculators that keep an answer from being read as a rule: each on both sides of its condition."""

from datetime import date

import pytest

from calculators.models import PoolingArea
from calculators.policies.in_force import values_by_area
from calculators.worksheet import compute
from calculators.worksheet.answers import parse_answers
from tests.calculators.library.test_cases import shipped

TODAY = date(2026, 11, 29)
STAY = {"eligible": "3000", "outside_share": "none", "hospital_level": "level3"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "area", "answers", "words", "is_said"),
    [
        (
            "participation_incentive",
            "450000",
            {"enrolled": "2025、2027", "zero_claim": "2025-2026"},
            "按保留估算",
            False,
        ),
        (
            "participation_incentive",
            "450000",
            {"enrolled": "2025-2026、2028", "zero_claim": "2025"},
            "按保留估算",
            True,
        ),
        ("participation_incentive", "450000", {"enrolled": "2025-2026", "zero_claim": "2025"}, "按保留估算", False),
        ("offsite_care", "110000", STAY | {"category": "unfiled"}, "视同已备案", True),
        ("offsite_care", "110000", STAY | {"category": "long_term_filed"}, "视同已备案", False),
        ("offsite_care", "500000", STAY | {"category": "unfiled"}, "视同已备案", False),
    ],
    ids=[
        "断保, and no zero-claim amount",
        "断保 after a year without a claim",
        "no 断保",
        "北京 in 京津冀",
        "北京 long-term filed",
        "elsewhere",
    ],
)
def test_a_calculator_says_what_it_assumed_of_a_gap_and_of_filing_in_jing_jin_ji(code, area, answers, words, is_said):
    definition = shipped(code)
    rates = values_by_area(definition.reads, [PoolingArea.objects.with_ancestors().get(code=area)], on=TODAY)[area]
    raw = {"region": area, "as_of": TODAY.isoformat()} | answers

    parsed = parse_answers(definition, raw, today=TODAY, rates=rates)
    assert not parsed.errors
    assert any(words in note for note in compute(definition, parsed, rates).notes) is is_said
