import pytest

from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator


@pytest.fixture
def outpatient():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    fields = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition)}
    return Calculator.objects.update_or_create(code=definition.code, defaults=fields)[0]
