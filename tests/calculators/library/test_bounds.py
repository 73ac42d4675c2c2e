"""Bounds of shipped questions on the page and in the API: dates too far apart, and months that cannot all be local."""

import pytest

from tests.calculators.factories import library_live

pytestmark = pytest.mark.django_db
GAP = {"region": "110000", "person_type": "in_service", "as_of": "2026-11-29", "last_paid_month": "2015-01"}
YEARS = {"region": "310000", "as_of": "2026-11-29", "sex": "male", "retirement_month": "2026-12", "total_months": "120"}


@pytest.fixture(autouse=True)
def live():
    library_live()


@pytest.mark.parametrize(
    ("code", "answers", "name", "fits", "beyond"),
    [
        ("coverage_gap", GAP, "resume_month", "2024-07", "2024-08"),
        ("coverage_gap", GAP, "resume_month", "2015-02", "2026-06"),
        ("retirement_years_gap", YEARS, "local_actual_months", "120", "121"),
    ],
    ids=["gap of 114 months", "gap of eleven years", "local months above total months"],
)
def test_an_answer_beyond_another_is_refused_beside_its_field_in_a_sentence_of_its_own(
    client, code, answers, name, fits, beyond
):
    def told(value):
        answer = client.get(f"/api/v1/calculators/{code}/compute", answers | {name: value}).json()
        return answer.get("errors", {}).get(name, "")

    assert told(fits) == ""
    sentence = told(beyond)
    assert "要和" in sentence
    assert "一列" not in sentence  # of the formula that would fail
    page = client.get(f"/calculators/{code}/", answers | {name: beyond}).content.decode()
    assert sentence in page
    assert f'value="{beyond}"' in page  # nothing typed is lost
