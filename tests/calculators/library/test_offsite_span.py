"""What 不知道 stands for in 异地就医报销: the lowest and highest that is recorded of any place."""

from datetime import date
from decimal import Decimal

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import PolicyValue

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)
OFFSITE_CARE = from_toml((LIBRARY_FOLDER / "calculators" / "offsite_care.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("ratio", ["职工住院支付比例"]),
        ("deductible", ["住院起付线", "职工住院起付线"]),
        ("resident_ratio", ["居民住院支付比例"]),
        ("resident_deductible", ["住院起付线", "居民住院起付线"]),
    ],
)
def test_a_rule_that_nobody_knows_spans_what_is_recorded_of_all_places(code, parameters):
    question = next(question for question in OFFSITE_CARE.questions if question.code == code)
    recorded = PolicyValue.objects.filter(parameter__name__in=parameters).current(TODAY)

    amounts = sorted(value.number for value in recorded if value.number is not None)

    ends = [question.question_kind.read(question, text)[0] for text in question.unknown_answers]
    assert ends == [Decimal(amounts[0]), Decimal(amounts[-1])]
