"""Every worked case of every shipped calculator, through the visitors' form and through the API."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

import pytest
from django.core.cache import cache
from django.utils import timezone

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.publishing.cases import result_in_case
from calculators.publishing.gate import publish
from calculators.values.types import UNLIMITED
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=365)
SHIPPED_DEFINITIONS = [
    from_toml(path.read_text(encoding="utf-8")) for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml"))
]
CASES = [
    pytest.param(definition, case, id=f"{definition.code}·{case.name}")
    for definition in SHIPPED_DEFINITIONS
    for case in definition.cases
]


@pytest.fixture(scope="module", autouse=True)
def shipped(django_db_setup, django_db_blocker):
    """The shipped calculators are live for every test of this module, stored once."""
    with django_db_blocker.unblock():
        made = [stored(definition) for definition in SHIPPED_DEFINITIONS]
        for calculator in made:
            publish(calculator, by=None, reason="试验")
        yield
        for calculator in made:
            calculator.delete()


@pytest.fixture(autouse=True)
def asks_as_often_as_it_likes(settings):
    settings.API_PER_MINUTE = 10_000
    cache.clear()


@pytest.fixture(autouse=True)
def on_the_day_of_a_later_case(request, monkeypatch):
    """Visitors ask about one year ahead at most: a case of a later day is asked on its day."""
    case = request.getfixturevalue("case")
    if case.on - timezone.localdate() > A_YEAR:
        monkeypatch.setattr(timezone, "localdate", lambda *_: case.on)


def answers(definition, case):
    own = {definition.area_question.code: case.area, definition.day_question.code: case.on.isoformat()}
    return own | dict(case.answers)


@pytest.mark.parametrize(("definition", "case"), CASES)
def test_a_case_holds_through_the_api(client, definition, case):
    response = client.get(f"/api/v1/calculators/{definition.code}/compute", answers(definition, case))
    result = response.json()

    if wanted := case.expected.get("refused"):
        assert response.status_code == 422
        assert wanted in result["detail"] + "".join(result.get("errors", {}).values())
    else:
        assert_outputs({code: by_scenario(result, code) for code in result["outputs"]}, case)


@pytest.mark.parametrize(("definition", "case"), CASES)
def test_a_case_holds_through_the_form(client, definition, case):
    response = client.get(f"/calculators/{definition.code}/", answers(definition, case))

    if wanted := case.expected.get("refused"):
        assert wanted in response.content.decode()
    else:
        outputs = response.context["form"].statement.outputs
        assert_outputs({code: result_in_case(output) for code, output in outputs.items()}, case)


def by_scenario(result, code):
    """The output; null where what somebody does not know decides it: then what each scenario gives."""
    if result["outputs"][code] is not None:
        return result["outputs"][code]
    each = (scenario["outputs"][code] for scenario in result["scenarios"])
    return " 或 ".join(dict.fromkeys("、".join(one) if isinstance(one, list) else str(one) for one in each))


def assert_outputs(outputs, case):
    assert {code: texts(outputs.get(code, "没有")) for code in case.expected} == {
        code: texts(text) for code, text in case.expected.items()
    }


def texts(value):
    """Both ways of writing an output: true and 是, a list and 甲、乙, 5 and 5.00, unlimited and 不设限额."""
    entries = value if isinstance(value, list | tuple) else str(value).replace(",", "、").split("、")
    words = {"True": "是", "False": "否", "unlimited": str(UNLIMITED)}
    return [number(words.get(str(entry).strip(), str(entry).strip())) for entry in entries] or ["无"]


def number(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
